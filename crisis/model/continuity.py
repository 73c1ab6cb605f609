"""Whether things that replace one another in time leave a gap or hold on the same day."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import TypeVar

from crisis.model.day_word import day_words
from crisis.model.fault import Fault, fault
from crisis.model.validity import Dated
from crisis.model.words import Words, words

ONE_DAY = timedelta(days=1)

D = TypeVar("D", bound=Dated)

Placed = tuple[int, D]
"""A thing with its position in the file, so that a fault names the line."""

Named = Callable[[D], Words]
"""What a reader calls such a thing: its title and where it is written, never its id."""


def never(_one: Dated, _other: Dated) -> bool:
    """Nothing holds beside another."""
    return False


def overlaps(
    placed: Sequence[Placed[D]],
    *,
    named: Named[D],
    at: str,
    beside: Callable[[D, D], bool] = never,
) -> Iterator[Fault]:
    """Faults of the later ones that begin before an earlier one has ended.

    Those of which `beside` is true may hold on the same day.
    """
    for (_, early), (number, late) in combinations(sorted(placed, key=_begin), 2):
        if beside(early, late):
            continue
        if early.valid_to is None or late.valid_from <= early.valid_to:
            new, old = named(late), named(early)
            since, until = day_words(late.valid_from), _until(early.valid_to)
            yield fault(
                f"{new.vi} có hiệu lực từ {since.vi}, trong khi {old.vi} {until.vi}: hai nội dung "
                "này thay thế nhau nên không được cùng hiệu lực.",
                f"{new.en} holds from {since.en} while {old.en} {until.en}: one replaces the "
                "other, so they may not hold on the same day.",
                *(at, number, "valid_from"),
            )


def gaps(placed: Sequence[Placed[D]], *, named: Named[D], at: str) -> Iterator[Fault]:
    """Faults of those that begin later than the day after everything before them has ended."""
    last: D | None = None
    for number, one in sorted(placed, key=_begin):
        ended = last and last.valid_to
        if last and ended and one.valid_from > ended + ONE_DAY:
            new, old = named(one), named(last)
            since, first = day_words(ended + ONE_DAY), day_words(one.valid_from)
            until = day_words(one.valid_from - ONE_DAY)
            yield fault(
                f"Từ {since.vi} đến {until.vi} không có quy định nào: {old.vi} đã hết hiệu lực, "
                f"{new.vi} đến {first.vi} mới có hiệu lực.",
                f"Nothing is in force from {since.en} to {until.en}: {old.en} has ended, and "
                f"{new.en} holds only from {first.en}.",
                *(at, number, "valid_from"),
            )
        if last is None or _end(one) > _end(last):
            last = one


def _begin(placed: Placed[D]) -> tuple[date, int]:
    return placed[1].valid_from, placed[0]


def _end(one: Dated) -> date:
    return one.valid_to or date.max


def _until(day: date | None) -> Words:
    if day is None:
        return words("không ghi ngày hết hiệu lực", "has no last day")
    last = day_words(day)
    return words(f"còn hiệu lực đến hết {last.vi}", f"still holds until {last.en}")
