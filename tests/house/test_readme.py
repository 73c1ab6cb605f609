"""The README promises nothing that is not there."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from desk.cli.entry import app

ROOT = Path(__file__).parents[2]
PAGES = [
    "README.md",
    "README.vi.md",
    *sorted(f"docs/{f.name}" for f in (ROOT / "docs").glob("*.md")),
]
TEXTS = {name: (ROOT / name).read_text(encoding="utf8") for name in PAGES}
SPAN = re.compile(r"```sh\n(?P<block>.*?)```|`(?P<span>[^`\n]+)`", re.DOTALL)


def _code(text: str) -> str:
    return "\n".join(found["block"] or found["span"] for found in SPAN.finditer(text))


def _named(text: str, tool: str) -> set[str]:
    """What follows `tool` in code: one or two plain words, such as `audit export`."""
    word = r"[a-z][a-z-]*"
    return set(re.findall(rf"(?:^|\s){tool} ({word}(?: {word})?)", _code(text), re.MULTILINE))


def _exists(words: list[str]) -> bool:
    command: Any = get_command(app)
    for word in words:
        if not hasattr(command, "get_command"):
            return True
        command = command.get_command(typer.Context(command), word)
        if command is None:
            return False
    return True


@pytest.mark.parametrize("page", PAGES)
def test_every_command_it_names_is_there(page: str) -> None:
    missing = {said for said in _named(TEXTS[page], "phatngon") if not _exists(said.split())}
    assert missing == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_it_names_is_there(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {said.split()[0] for said in _named(TEXTS[page], "make")}
    assert named <= targets


@pytest.mark.parametrize("page", PAGES)
def test_every_file_it_points_to_is_there(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", TEXTS[page])
    gone = {link for link in links if not ((ROOT / page).parent / link).exists()}
    assert gone == set()


def test_the_twins_promise_the_same() -> None:
    first, second = (TEXTS[name] for name in PAGES[:2])
    for tool in ("phatngon", "make"):
        assert _named(first, tool) == _named(second, tool) != set()
    settings = re.compile(r"PHATNGON_[A-Z_]+")
    assert set(settings.findall(first)) == set(settings.findall(second))


def test_a_reader_finds_every_target_of_the_makefile_explained() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf8")
    targets = re.findall(r"^([a-z]+):(.*)$", text, re.MULTILINE)
    assert {name for name, rest in targets if "## " not in rest} == set()
    assert {"demo", "test", "check", "up", "lock", "format", "install", "help"} <= dict(
        targets
    ).keys()
