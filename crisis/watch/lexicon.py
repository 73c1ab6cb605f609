"""Phrases to look for, found in one pass over tokens; the longest phrase at a position wins."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from crisis.model.errors import BadContent
from crisis.model.words import Words, words
from crisis.watch.wording import Sentence, tokens_of

Kind = Literal[
    "act", "wrong", "probe", "complaint", "failing", "works", "harm", "hazard", "pollution",
    "disorder", "good", "calm", "solved", "explain", "drill", "private", "sport", "centre",
    "abroad", "nature", "void", "body", "police", "official", "people", "local",
]  # fmt: skip


GAP = "…"
MOST_BETWEEN = 4
_STOPS = frozenset(":;.!?()")
_SWALLOWS = frozenset({"void", "private", "solved", "calm", "explain", "good", "abroad", "centre"})


class Cue(BaseModel):
    """Phrases that mean the same to the judge."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Kind
    words: Words
    phrases: tuple[str, ...]
    weight: float = 0.0
    tone: float | None = None
    severity: int = 0
    cased: bool = False
    rank: int = 0


class Hit(NamedTuple):
    """A phrase found: its cue, the sentence's number, and the tokens `[start, end)`."""

    cue: Cue
    sentence: int
    start: int
    end: int


class Lexicon:
    """An index of phrases by their first token; `…` in a phrase stands for up to four tokens."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        found: dict[str, dict[tuple[str, ...], Cue]] = {}
        for cue in cues:
            for phrase in cue.phrases:
                first, *rest = tokens_of(phrase)
                found.setdefault(first, {}).setdefault(tuple(rest), cue)
        self._index = {first: _by_second(ends) for first, ends in found.items()}

    def hits(self, number: int, said: Sentence) -> Iterator[Hit]:
        """The phrases of one sentence from left to right, not overlapping."""
        tokens, index = said.tokens, self._index
        free = 0
        for place, token in enumerate(tokens):
            table = index.get(token)
            if table is None or place < free:
                continue
            second = tokens[place + 1] if place + 1 < len(tokens) else ""
            ends = table.get(second) or table[""]
            for rest, length, cue, open_ in ends:
                if open_:
                    end = _stretch(tokens, place + 1, rest)
                else:
                    end = place + 1 + length
                    end = end if tokens[place + 1 : end] == rest else 0
                if end and (not cue.cased or _alone(said, place)):
                    free = place + 1 + rest.index(GAP) if open_ and _opens(cue) else end
                    yield Hit(cue, number, place, end)
                    break


def _opens(cue: Cue) -> bool:
    """Whether what stands in the gap is read too: what accuses leaves its target to be found."""
    return cue.kind not in _SWALLOWS


class _End(NamedTuple):
    rest: list[str]
    length: int
    cue: Cue
    open: bool


def _by_second(ends: dict[tuple[str, ...], Cue]) -> dict[str, list[_End]]:
    """The rests of phrases by their first token, longest first; under '' those that fit any."""
    every = [_End(list(rest), len(rest), cue, GAP in rest) for rest, cue in ends.items()]
    any_ = [end for end in every if not end.rest or end.rest[0] == GAP]
    seconds = {end.rest[0] for end in every if end.rest} - {GAP}
    table = {
        second: sorted(
            [end for end in every if end.rest[:1] == [second]] + any_, key=lambda e: -e.length
        )
        for second in seconds
    }
    return {**table, "": sorted(any_, key=lambda e: -e.length)}


def _stretch(tokens: list[str], start: int, rest: list[str]) -> int:
    """Where a phrase with gaps ends when its rest begins at `start`; 0 where it does not fit."""
    gap = rest.index(GAP)
    if tokens[start : start + gap] != rest[:gap]:
        return 0
    start, rest = start + gap, rest[gap + 1 :]
    for jump in range(MOST_BETWEEN + 1):
        at = start + jump
        end = _stretch(tokens, at, rest) if GAP in rest else at + len(rest)
        if end and (GAP in rest or tokens[at:end] == rest):
            return end
        if at >= len(tokens) or tokens[at] in _STOPS:
            return 0
    return 0


def _alone(said: Sentence, place: int) -> bool:
    """Whether a capitalised token stands alone: `Mỹ` is a country, `Mỹ Tho` is not."""
    capital = said.capital
    if not capital[place] or (place + 1 < len(capital) and capital[place + 1]):
        return False
    before = said.tokens[place - 1] if place else ""
    return not (place and capital[place - 1]) and before not in {"ông", "bà", "anh", "chị"}


def read_yaml(path: Path) -> dict[str, object]:
    """A YAML mapping from a content file; raises `BadContent` naming the file."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf8"))
    except (OSError, yaml.YAMLError) as error:
        raise BadContent(
            words("Không đọc được tệp danh mục.", "The list cannot be read."), place=str(path)
        ) from error
    if not isinstance(content, dict):
        raise BadContent(
            words("Tệp danh mục phải là một bảng khóa.", "The list must be a mapping."),
            place=str(path),
        )
    return content


def load_cues(folder: Path) -> list[Cue]:
    """The cues of `cues.yaml` and the bodies of `bodies.yaml`; raises `BadContent`."""
    path = folder / "cues.yaml"
    try:
        rows = read_yaml(path).get("cues")
        found = [Cue.model_validate(row) for row in rows if row] if isinstance(rows, list) else []
        path = folder / "bodies.yaml"
        return found + list(_bodies(read_yaml(path)))
    except (ValidationError, KeyError, TypeError) as error:
        raise BadContent(
            words("Danh mục từ khóa sai cấu trúc.", f"The cue list is malformed: {error}"),
            place=str(path),
        ) from error


_NAMES = {
    "body": words("cơ quan của địa phương", "a local body"),
    "police": words("công an, tư pháp", "police or justice"),
    "official": words("người có chức vụ", "an office holder"),
    "local": words("ở địa phương", "in a locality"),
    "people": words("nhân viên dịch vụ công", "public service staff"),
}


def _bodies(content: dict[str, object]) -> Iterator[Cue]:
    levels = content["levels"]
    rows = content["bodies"]
    if not isinstance(levels, list) or not isinstance(rows, list):
        raise TypeError
    for number, row in enumerate(rows):
        phrases = [
            phrase.replace("<level>", level)
            for phrase in row["phrases"]
            for level in (levels if "<level>" in phrase else [""])
        ]
        yield Cue(
            id=f"{row['kind']}-{number}",
            kind=row["kind"],
            words=_NAMES[row["kind"]],
            phrases=tuple(phrases),
            rank=row.get("rank", 0),
        )
