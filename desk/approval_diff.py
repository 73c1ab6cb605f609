"""What changed between two wordings, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Neighbouring words with the same fate."""

    change: Change
    text: str


def changes(before: str, after: str) -> tuple[Stretch, ...]:
    """How `before` became `after`; only SAME where nothing changed."""
    return tuple(_stretches(_words(before), _words(after)))


def _words(text: str) -> list[str]:
    return re.findall(r"\S+|\s+", text)


def _stretches(before: list[str], after: list[str]) -> Iterator[Stretch]:
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Stretch(change=Change.SAME, text="".join(after[k:m]))
            continue
        if i < j:
            yield Stretch(change=Change.REMOVED, text="".join(before[i:j]))
        if k < m:
            yield Stretch(change=Change.ADDED, text="".join(after[k:m]))
