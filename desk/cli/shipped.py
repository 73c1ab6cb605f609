"""Content folders: those of the configuration, else the ones that came with the program."""

from pathlib import Path

from crisis.settings import settings

HOUSE = Path(__file__).resolve().parents[2]


def playbooks() -> Path:
    """Where playbooks, law, directory and calendar lie, from whatever folder we are called."""
    return _found(settings().playbooks, "playbooks")


def templates() -> Path:
    """Where letters, statements and pages lie."""
    return _found(settings().templates, "templates")


def examples() -> Path:
    """Where the example reports, their answers and the invented contacts lie."""
    return HOUSE / "examples"


def _found(given: Path, name: str) -> Path:
    return given.resolve() if given.is_dir() else HOUSE / name
