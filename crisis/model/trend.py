"""Tone over time, by body, topic and place: always beside the number of items it is a share of."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crisis.model.brief import ToneCount, counted
from crisis.model.words import Words

FEW = 5
"""With fewer items a share says nothing yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One item about the province: the day it was printed, its tone, whom and what it concerns."""

    day: date
    tone: str
    agencies: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One body, topic or place: its items in the period and in the one before it."""

    key: str
    now: ToneCount
    before: ToneCount

    @property
    def change(self) -> int | None:
        """How many per cent points more of it is negative; None where one period has too few."""
        if min(self.now.total, self.before.total) < FEW:
            return None
        return self.now.negative_percent - self.before.negative_percent


def by_day(items: Sequence[Told], start: date, days: int) -> tuple[tuple[date, ToneCount], ...]:
    """The items of each of `days` days from `start`, empty days included."""
    tones: dict[date, list[str]] = defaultdict(list)
    for one in items:
        tones[one.day].append(one.tone)
    every = [start + timedelta(days=n) for n in range(days)]
    return tuple((day, counted(day_words(day), tones[day])) for day in every)


def day_words(day: date) -> Words:
    """A day as a chart names it."""
    return Words(vi=f"{day:%d/%m}", en=f"{day.day} {day:%b}")


def rows_of(
    now: Sequence[Told],
    before: Sequence[Told],
    keys: Callable[[Told], tuple[str, ...]],
    names: Mapping[str, Words],
) -> tuple[Row, ...]:
    """One row for each key that stands in `now`, the most negative items first."""
    current, earlier = _tones(now, keys), _tones(before, keys)
    rows = [
        Row(
            key=key,
            now=counted(names.get(key, Words(vi=key, en=key)), tones),
            before=counted(names.get(key, Words(vi=key, en=key)), earlier.get(key, [])),
        )
        for key, tones in current.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.now.neg, -row.now.total, row.key)))


def _tones(items: Sequence[Told], keys: Callable[[Told], tuple[str, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in items:
        for key in keys(one):
            found[key].append(one.tone)
    return found
