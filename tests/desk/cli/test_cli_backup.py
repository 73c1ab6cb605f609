"""Backup and restore from the command line."""

from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[3] / "examples"
YARD = str(EXAMPLES / "01-plo-school-yard.yaml")


def test_an_office_moves_in_one_file(
    shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = shell("report", YARD).out.strip()
    shell("audit", "checkpoint")
    before = shell("show", code, "--json").data
    made = shell("backup", "b.zip", "--json").data
    assert made["engine"] == "sqlite"
    monkeypatch.setenv("PHATNGON_VAR", str(tmp_path / "new"))
    back = shell("restore", "b.zip", "--json").data
    assert (back["heads"], back["entries"]) == (made["heads"], made["entries"])
    assert back["holds"] is True
    assert back["site_files"] > 0
    assert shell("show", code, "--json").data == before
    assert "empty installation" in shell("restore", "b.zip", code=1).err


def test_restoring_says_that_every_chain_was_checked(
    shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "secret key is not in the file" in shell("backup", "b.zip").out
    monkeypatch.setenv("PHATNGON_VAR", str(tmp_path / "new"))
    assert "All chains checked: they hold." in shell("restore", "b.zip").out


@pytest.mark.parametrize(
    ("words", "content", "code", "says"),
    [
        (("restore", "b.zip"), b"", 1, "no whole backup"),
        (("restore", "b.zip"), b"PK\x05\x06" + bytes(18), 1, "no whole backup"),
        (("restore", "missing.zip"), b"", 1, "missing.zip"),
        (("backup", "nowhere/b.zip"), b"", 2, "no folder"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    bare: Any, words: tuple[str, ...], content: bytes, code: int, says: str
) -> None:
    Path("b.zip").write_bytes(content)
    said = bare(*words, code=code)
    assert says in said.err
    assert len(said.err.strip().splitlines()) == 1
