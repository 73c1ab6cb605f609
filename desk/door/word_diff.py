"""What changed between two texts, word by word, as a reader follows it."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PIECES = re.compile(r"\s+|\w+|[^\w\s]")


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A run of text that stayed, went, or came."""

    change: Change
    text: str


def difference(before: str, after: str) -> tuple[Span, ...]:
    """`after` with what went and what came marked; words, not letters, are compared."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    spans: list[Span] = []
    for tag, i1, i2, j1, j2 in _runs(old, new):
        if tag == "equal":
            spans.append(Span(change=Change.SAME, text="".join(new[j1:j2])))
            continue
        if i2 > i1:
            spans.append(Span(change=Change.GONE, text="".join(old[i1:i2])))
        if j2 > j1:
            spans.append(Span(change=Change.NEW, text="".join(new[j1:j2])))
    return tuple(spans)


def _runs(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """The opcodes, where a blank between two changes belongs to them: “bức xúc” → “lo lắng”."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    runs: list[tuple[str, int, int, int, int]] = []
    for number, (tag, i1, i2, j1, j2) in enumerate(codes):
        inside = 0 < number < len(codes) - 1
        bare = tag == "equal" and inside and not "".join(new[j1:j2]).strip(" ")
        kind = "equal" if tag == "equal" and not bare else "replace"
        if runs and kind == "replace" == runs[-1][0]:
            _, start, _, there, _ = runs.pop()
            runs.append((kind, start, i2, there, j2))
        else:
            runs.append((kind, i1, i2, j1, j2))
    return runs


def changed(spans: tuple[Span, ...]) -> bool:
    """Whether anything differs."""
    return any(span.change is not Change.SAME for span in spans)
