"""Tone over time, by body, topic and place: always beside the number of items it is a share of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crisis.model.brief import KIND_WORDS, Course, Kind, ToneCount, counted
from crisis.model.words import Words

FEW = 5
"""With fewer items a share says nothing yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One item about the province: the day of its brief, its tone, whom and what it concerns."""

    day: date
    tone: str
    agencies: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def of(self, kind: Kind) -> tuple[str, ...]:
        """The bodies, topics or places that it concerns."""
        return {
            Kind.AGENCY: self.agencies,
            Kind.TOPIC: self.topics,
            Kind.PLACE: self.places,
        }[kind]


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Some days one after the other."""

    first: date
    days: int


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


def by_day(items: Sequence[Told], span: Span) -> tuple[ToneCount, ...]:
    """The items of each day, empty days included."""
    tones: dict[date, list[str]] = defaultdict(list)
    for one in items:
        tones[one.day].append(one.tone)
    every = [span.first + timedelta(days=n) for n in range(span.days)]
    return tuple(counted(day_words(day), tones[day]) for day in every)


def day_words(day: date) -> Words:
    """A day as a chart names it."""
    return Words(vi=f"{day:%d/%m}", en=f"{day.day} {day:%b}")


Names = Mapping[str, Words]


def rows_of(
    now: Sequence[Told], before: Sequence[Told], kind: Kind, names: Names
) -> tuple[Row, ...]:
    """One row for each body, topic or place of `now`, the most negative items first."""
    current, earlier = _tones(now, kind), _tones(before, kind)
    rows = [
        Row(
            key=key,
            now=counted(_name(key, names), tones),
            before=counted(_name(key, names), earlier.get(key, [])),
        )
        for key, tones in current.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.now.neg, -row.now.total, row.key)))


def course_of(items: Sequence[Told], kind: Kind, key: str, span: Span, names: Names) -> Course:
    """Tone over the days of `span` for one body, topic or place."""
    mine = [one for one in items if key in one.of(kind)]
    days = by_day(mine, span)
    return Course(
        kind=KIND_WORDS[kind],
        key=key,
        all=counted(_name(key, names), [one.tone for one in mine]),
        days=days,
        most=max((day.total for day in days), default=0),
    )


def worst_courses(items: Sequence[Told], span: Span, names: Names, most: int) -> tuple[Course, ...]:
    """Of each kind up to `most`, those with the most negative items; none where nothing was."""
    return tuple(
        course_of(items, kind, row.key, span, names)
        for kind in Kind
        for row in rows_of(items, (), kind, names)[:most]
        if row.now.neg
    )


def _name(key: str, names: Names) -> Words:
    return names.get(key, Words(vi=key, en=key))


def _tones(items: Sequence[Told], kind: Kind) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in items:
        for key in one.of(kind):
            found[key].append(one.tone)
    return found
