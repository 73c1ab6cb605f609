"""Words and their weights: what was learned from labelled items, readable word by word."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from crisis.model.errors import BadContent
from crisis.model.words import words
from crisis.watch.telling import TITLE_MARK

_BIAS = "⟨nền⟩"
_PLAIN = "⟨nền cộng thẳng⟩"


@dataclass(frozen=True, kw_only=True, slots=True)
class Learned:
    """A linear model: what each feature adds, and what an item starts from.

    A `plain` model adds its weights as they are, another divides by the root of their number.
    """

    bias: float = 0.0
    weights: Mapping[str, float] = field(default_factory=dict)
    plain: bool = False

    def points(self, told: Iterable[str]) -> float:
        """What the features add, with what an item starts from."""
        known = [self.weights[feature] for feature in told if feature in self.weights]
        return self.bias + sum(known) / self._share(len(known))

    def _share(self, known: int) -> float:
        return 1.0 if self.plain or not known else math.sqrt(known)

    def heaviest(self, told: Iterable[str]) -> list[tuple[str, float]]:
        """The words with their share of the points, those that added or took most in front."""
        known = [(f, self.weights[f]) for f in told if f in self.weights]
        root = self._share(len(known))
        merged: dict[str, float] = {}
        for feature, weight in known:
            word = feature.removeprefix(TITLE_MARK)
            merged[word] = merged.get(word, 0.0) + weight / root
        return sorted(merged.items(), key=lambda one: (-abs(one[1]), one[0]))

    def as_text(self) -> str:
        """One line per feature: weight, tab, feature; the bias first."""
        rows = [(_PLAIN if self.plain else _BIAS, self.bias), *sorted(self.weights.items())]
        return "".join(f"{weight:.3f}\t{feature}\n" for feature, weight in rows)


def read_learned(text: str) -> Learned:
    """The model of a text as `as_text` writes it; raises ValueError."""
    rows: dict[str, float] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            weight, feature = line.split("\t")
            rows[feature] = float(weight)
    plain = _PLAIN in rows
    bias = rows.pop(_PLAIN if plain else _BIAS, 0.0)
    return Learned(bias=bias, weights=rows, plain=plain)


def load_learned(path: Path) -> Learned:
    """The model in a file; none when there is no file; raises `BadContent`."""
    if not path.is_file():
        return Learned()
    try:
        return read_learned(path.read_text(encoding="utf8"))
    except (OSError, ValueError) as error:
        raise BadContent(
            words("Tệp trọng số từ sai cấu trúc.", "The list of word weights is malformed."),
            place=str(path),
        ) from error


class Said(NamedTuple):
    """What the words at large say: about a local body, bad news, good news."""

    body: float = 0.0
    bad: float = 0.0
    good: float = 0.0


class Shipped:
    """The three models that come with the lists, learned together from invented headlines."""

    def __init__(self, *, body: Learned, bad: Learned, good: Learned) -> None:
        self.body, self.bad, self.good = body, bad, good
        self._start = (body.bias, bad.bias, good.bias)
        known = sorted({*body.weights, *bad.weights, *good.weights})
        self._rows = {
            f: (body.weights.get(f, 0.0), bad.weights.get(f, 0.0), good.weights.get(f, 0.0))
            for f in known
        }

    def points(self, told: frozenset[str]) -> Said:
        """The points of an item's features in each."""
        rows = self._rows
        known = [rows[feature] for feature in told if feature in rows]
        if not known:
            return Said(*self._start)
        root = math.sqrt(len(known))
        body, bad, good = (sum(column) / root for column in zip(*known, strict=True))
        start = self._start
        return Said(start[0] + body, start[1] + bad, start[2] + good)


def load_shipped(folder: Path) -> Shipped:
    """The models of `body.tsv`, `bad.tsv` and `good.tsv`; empty ones where there is no file."""
    return Shipped(
        body=load_learned(folder / "body.tsv"),
        bad=load_learned(folder / "bad.tsv"),
        good=load_learned(folder / "good.tsv"),
    )
