"""`bench law`: what the law costs to compute, each line beside a floor measured in the same run."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any

from crisis.model.calendar import Calendar
from crisis.model.deadline import due_at
from crisis.model.law import Law
from crisis.model.limit import Limit

ROUNDS = 5
"""The best of so many rounds counts, both sides in turn; seconds of our own work, so that another
process which takes the machine away is not measured."""

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
APART = timedelta(minutes=37)
SPREAD = 14_000
"""Starting facts every 37 minutes over about a year, then again from its beginning."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One line: so many `count` in `seconds`, the floor's seconds for as many, and their ratio."""

    bench: str
    count: int
    seconds: float
    floor: str
    floor_seconds: float
    ratio: float

    def as_json(self) -> dict[str, Any]:
        """The line as one JSON object."""
        return asdict(self)


Sample = Sequence[tuple[Limit, datetime]]


def due_times(law: Law, calendar: Calendar, count: int) -> Measured:
    """`count` due times over every limit of the law in turn, beside as many plain additions."""
    limits = [rule.counted for rule in law.rules if rule.limit is not None]
    sample = [(limits[n % len(limits)], FIRST + APART * (n % SPREAD)) for n in range(max(count, 1))]
    due_at(*sample[0], calendar)  # The calendar's table is built once in the life of a process.
    rounds = [
        (_seconds(lambda: _count(sample, calendar)), _seconds(lambda: _add(sample)))
        for _ in range(ROUNDS)
    ]
    measured, floor = (min(side) for side in zip(*rounds, strict=True))
    return Measured(
        bench="law_due_times",
        count=len(sample),
        seconds=round(measured, 4),
        floor="datetime + timedelta",
        floor_seconds=round(floor, 4),
        ratio=round(measured / floor, 2),
    )


def _count(sample: Sample, calendar: Calendar) -> None:
    for limit, start in sample:
        due_at(limit, start, calendar)


def _add(sample: Sample) -> None:
    for limit, start in sample:
        _ = start + limit.span


def _seconds(work: Callable[[], None]) -> float:
    began = process_time()
    work()
    return process_time() - began
