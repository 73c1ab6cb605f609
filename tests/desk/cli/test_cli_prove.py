"""`phatngon prove`: what it refuses before any part is started."""

from pathlib import Path
from typing import Any

import pytest

from desk.prove.defect import DEFECTS
from desk.prove.fault import FAULTS


@pytest.mark.parametrize("more", [("--self-test", "--only", "none"), ("--only", "lease_for_ever")])
def test_only_names_defects_of_the_self_test(bare: Any, more: tuple[str, ...]) -> None:
    said = bare("prove", "crash", *more, code=2)
    assert "--only" in said.err
    assert all(name in said.err for name in DEFECTS)


def test_only_names_faults_that_there_are(bare: Any) -> None:
    said = bare("prove", "faults", "--only", "none", code=2)
    assert all(name in said.err for name in FAULTS)


def test_what_lies_in_a_folder_is_not_written_over(bare: Any, tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "file"
    kept.parent.mkdir()
    kept.write_text("kept", encoding="utf8")
    bare("prove", "crash", "--dir", str(kept.parent), code=2)
    assert [one.name for one in kept.parent.iterdir()] == ["file"]
