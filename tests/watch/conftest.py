"""The shipped lists, as the tests of this room use them."""

from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from crisis.watch.judge import Judge, load_judge

LISTS = Path(__file__).parents[2] / "playbooks" / "watch"


@pytest.fixture(scope="session")
def lists() -> Path:
    """The folder of the shipped lists."""
    return LISTS


@pytest.fixture(scope="session")
def judge() -> Judge:
    """The shipped judge."""
    return load_judge(LISTS)


@pytest.fixture(scope="session")
def headlines() -> dict[str, list[tuple[str, str]]]:
    """Invented headlines with leads, `accused` and `calm`, of both files."""
    both: dict[str, list[tuple[str, str]]] = {"accused": [], "calm": []}
    for name in ("invented.yaml", "fresh.yaml"):
        content = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf8"))
        for side, rows in content.items():
            both[side] += list(_pairs(rows))
    return both


def _pairs(rows: Iterable[list[str | None]]) -> Iterable[tuple[str, str]]:
    return ((str(title), lead or "") for title, lead in rows)
