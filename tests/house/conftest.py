"""The house itself: its rooms, its modules, and the written exceptions to its rules."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ROOMS = ("flows", "tasks", "desk", "crisis")
EXCEPTIONS = yaml.safe_load((Path(__file__).parent / "exceptions.yaml").read_text(encoding="utf8"))


@dataclass(frozen=True)
class Module:
    """A Python file of the house, `name` as seen from its root."""

    name: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @property
    def stem(self) -> str:
        return Path(self.name).stem

    @property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]


def _modules(*rooms: str) -> list[Module]:
    files = sorted(file for room in rooms for file in (ROOT / room).rglob("*.py"))
    return [
        Module(name=file.relative_to(ROOT).as_posix(), source=file.read_text(encoding="utf8"))
        for file in files
    ]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    """Every module of the rooms."""
    return _modules(*ROOMS)


@pytest.fixture(scope="session")
def written_tests() -> list[Module]:
    """Every module of the tests."""
    return _modules("tests")


@pytest.fixture(scope="session")
def exceptions() -> Any:
    return EXCEPTIONS


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what the rules do not hold of yet, so that nobody forgets it."""
    terminalreporter.section("exceptions to the house rules")
    for rule, listed in EXCEPTIONS.items():
        for what, why in listed.items():
            terminalreporter.write_line(f"{rule}: {what} ({why})")
