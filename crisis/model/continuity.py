"""Whether things that replace one another in time leave a gap or hold on the same day."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import TypeVar

from crisis.model.fault import Fault, fault
from crisis.model.validity import Dated

ONE_DAY = timedelta(days=1)

D = TypeVar("D", bound=Dated)

Placed = tuple[int, D]
"""A thing with its position in the file, so that a fault names the line."""


def never(_one: Dated, _other: Dated) -> bool:
    """Nothing holds beside another."""
    return False


def overlaps(
    placed: Sequence[Placed[D]], *, of: str, at: str, beside: Callable[[D, D], bool] = never
) -> Iterator[Fault]:
    """Faults of the later ones that begin before an earlier one has ended.

    Those of which `beside` is true may hold on the same day.
    """
    for (_, early), (number, late) in combinations(sorted(placed, key=_begin), 2):
        if beside(early, late):
            continue
        if early.valid_to is None or late.valid_from <= early.valid_to:
            until = _shown(early.valid_to) if early.valid_to else ("không có ngày hết", "no end")
            yield fault(
                f"“{of}” có hai quy định cùng hiệu lực từ {late.valid_from:%d/%m/%Y}: quy định "
                f"trước có hiệu lực đến {until[0]}.",
                f"“{of}” has two in force from {late.valid_from}: the one before holds until "
                f"{until[1]}.",
                *(at, number, "valid_from"),
            )


def gaps(placed: Sequence[Placed[D]], *, of: str, at: str) -> Iterator[Fault]:
    """Faults of those that begin later than the day after everything before them has ended."""
    covered: date | None = None
    for number, one in sorted(placed, key=_begin):
        if covered is not None and one.valid_from > covered + ONE_DAY:
            yield fault(
                f"“{of}” không có quy định nào từ {covered + ONE_DAY:%d/%m/%Y} đến "
                f"{one.valid_from - ONE_DAY:%d/%m/%Y}.",
                f"“{of}” has nothing in force from {covered + ONE_DAY} to "
                f"{one.valid_from - ONE_DAY}.",
                *(at, number, "valid_from"),
            )
        end = one.valid_to or date.max - ONE_DAY
        covered = end if covered is None else max(covered, end)


def _begin(placed: Placed[D]) -> tuple[date, int]:
    return placed[1].valid_from, placed[0]


def _shown(day: date) -> tuple[str, str]:
    return f"{day:%d/%m/%Y}", day.isoformat()
