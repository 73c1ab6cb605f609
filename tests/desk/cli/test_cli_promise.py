"""What every command promises: help with an example, exit codes, one clear line for errors."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click import Context
from typer.main import get_command

from desk.cli.entry import app
from desk.cli.table import COMMANDS
from desk.cli.tongue import language_of, without_flag

PROGRAM = [sys.executable, "-c", "from desk.cli import main; main()"]


def leaves() -> list[tuple[str, ...]]:
    """Every command as it is called."""
    root: Any = get_command(app)
    found: list[tuple[str, ...]] = []
    for name in COMMANDS:
        command = root.get_command(None, name)
        inner = getattr(command, "commands", None)
        found += [(name, one) for one in inner] if inner else [(name,)]
    return found


@pytest.mark.parametrize("words", leaves(), ids=" ".join)
def test_every_command_has_help_with_an_example(bare: Any, words: tuple[str, ...]) -> None:
    said = bare(*words, "--help")
    assert "Example" in said.out
    assert f"phatngon {' '.join(words)}" in said.out


@pytest.mark.parametrize("words", leaves(), ids=" ".join)
def test_every_example_is_a_call_that_the_command_takes(bare: Any, words: tuple[str, ...]) -> None:
    said = bare(*words, "--help").out
    examples = re.findall(rf"^ *phatngon {' '.join(words)}(?: (.*))?$", said, re.MULTILINE)
    command: Any = get_command(app)
    for name in words:
        command = command.get_command(None, name)
    for example in examples:
        parser = command.make_parser(Context(command))
        typed = re.split(r" [|<>] ", example)[0]
        left = parser.parse_args(shlex.split(typed))[1]
        assert left == []
    assert examples


def test_help_loads_nothing_heavy() -> None:
    told = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
    done = subprocess.run(
        [sys.executable, "-c", f"{told} from desk.cli import main; main()", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stderr.split())
    assert "desk.cli.entry" in loaded
    assert {"prefect", "sqlalchemy", "fastapi", "lxml", "sklearn"} & loaded == set()
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nothing-like-this"], 2),
        (["show"], 2),
        (["law", "due", "internal_regulation", "--from", "yesterday"], 2),
        (["law", "due", "no_such_rule", "--from", "2026-11-05"], 1),
        (["show", "DT-2026-9999"], 1),
        (["report", "missing.yaml"], 1),
        (["report", "--as", "nobody@vanphong.example", "good.yaml"], 1),
        (["audit", "export", "DT-2026-9999", "--out", "p.zip"], 1),
        (["audit", "export", "DT-2026-9999", "--out", "nowhere/p.zip"], 2),
        (["clock", "set", "noon"], 2),
        (["key", "revoke", "7d4c3f0e-0000-4000-8000-000000000000"], 1),
        (["key", "add", "x", "--scope", "all of it"], 1),
        (["user", "password", "nobody@vanphong.example"], 1),
        (["advance", "DT-2026-9999"], 1),
    ],
)
def test_an_error_is_one_line_and_its_exit_code_says_whose_it_is(
    shell: Any, words: list[str], code: int
) -> None:
    report = "title: T\noutlet: O\npublished_at: 2026-11-05\n"
    Path("good.yaml").write_text(report, encoding="utf8")
    said = shell(*words, code=code)
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert said.err.startswith("phatngon: ")
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("shell_says", "language"),
    [({"LANG": "vi_VN.UTF-8"}, "vi"), ({"LANG": "en_US.UTF-8"}, "en"), ({}, "en")],
)
def test_the_shell_says_which_language_unless_the_command_does(
    shell_says: dict[str, str], language: str
) -> None:
    assert language_of(["incidents"], shell_says) == language
    assert language_of(["incidents", "--lang", "vi"], shell_says) == "vi"
    assert language_of(["--lang=en", "incidents"], shell_says) == "en"
    assert without_flag(["a", "--lang", "vi", "b", "--lang=en"]) == ["a", "b"]


def test_errors_and_help_speak_vietnamese_where_that_is_asked(tmp_path: Path) -> None:
    def told(*words: str) -> str:
        done = subprocess.run(
            [*PROGRAM, *words, "--lang", "vi"],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
        return done.stdout + done.stderr

    assert "Ví dụ:" in told("law", "due", "--help")
    assert "không phải thời điểm" in told("law", "due", "x", "--from", "hôm qua")


def test_a_wrong_setting_is_named(bare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHATNGON_CODE_PREFIX", "quảng trị")
    said = bare("incidents", code=1)
    assert "PHATNGON_CODE_PREFIX" in said.err


def test_a_database_that_is_not_migrated_is_said_so(
    bare: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PHATNGON_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'own.db'}")
    assert "phatngon migrate" in bare("incidents", code=1).err
    bare("migrate")
    assert bare("incidents", "--json").data == []
