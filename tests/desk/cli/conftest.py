"""The command line on a seeded exercise of its own, run in this process."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from crisis.settings import settings
from desk.cli.entry import run

HOUSE = Path(__file__).parents[3]
SECRET = "for-tests-only-" * 4


@dataclass(frozen=True, kw_only=True)
class Said:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)


@dataclass(kw_only=True)
class Shell:
    """Runs commands in one installation."""

    var: Path
    people: dict[str, Any]
    read: Callable[[], tuple[str, str]]
    last: Said | None = field(default=None)

    def __call__(self, *words: str, code: int = 0) -> Said:
        """Run `phatngon words…`, which must end with `code`."""
        settings.cache_clear()
        ended = run(list(words))
        out, err = self.read()
        self.last = Said(code=ended, out=out, err=err)
        assert ended == code, f"{words} ended with {ended}:\n{out}\n{err}"
        return self.last


@pytest.fixture
def bare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Shell:
    """A shell in an empty folder, where nothing was ever set up."""
    for name, value in {
        "VAR": str(tmp_path / "var"),
        "INSTALLATION": "exercise",
        "SECRET_KEY": SECRET,
        "DATABASE_URL": "",
        "PLAYBOOKS": str(HOUSE / "playbooks"),
        "TEMPLATES": str(HOUSE / "templates"),
        # Nobody listens there, so the engine counts as down at once.
        "PREFECT_API_URL": "http://127.0.0.1:9/api",
    }.items():
        monkeypatch.setenv(f"PHATNGON_{name}", value)
    monkeypatch.chdir(tmp_path)

    def read() -> tuple[str, str]:
        told = capfd.readouterr()
        return told.out, told.err

    return Shell(var=tmp_path / "var", people={}, read=read)


@pytest.fixture
def shell(bare: Shell, seeded: Any) -> Shell:
    """A shell in an exercise with people, content and outlets."""
    bare.var.mkdir()
    shutil.copy(seeded.file, bare.var / "records.db")
    bare.people = seeded.people
    return bare


@pytest.fixture(autouse=True)
def _forget_settings() -> Any:
    """No settings of a test outlive it."""
    yield
    settings.cache_clear()
