"""When people are reminded of the clock of a press request: before it is due, and at its end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from crisis.model.press_request import AT_CONCLUSION, AT_RECEIPT, Start
from crisis.model.reminder_moment import LATE, around

LEADS = (timedelta(days=3), timedelta(days=1))
"""How long before the due time a reminder goes out, where the limit is longer than that."""

_STARTS: tuple[Start, ...] = (*AT_RECEIPT.values(), AT_CONCLUSION)

FACTS = frozenset(start.fact.value for start in _STARTS)
"""The facts from which the clocks of press requests run, the office's own target included."""


def request_moments(starts_at: datetime, due_at: datetime) -> Sequence[datetime]:
    """Three days and one day before the end, half-way in a shorter limit, and once it is over."""
    before = sorted(due_at - lead for lead in LEADS if due_at - lead > starts_at)
    return (*(before or [starts_at + (due_at - starts_at) / 2]), due_at + LATE)


def request_moments_at(
    starts_at: datetime, due_at: datetime, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """The reminder that is due at `now`, also of a request recorded later, and the next one."""
    return around(request_moments(starts_at, due_at), now)


def first_look(fact: str, starts_at: datetime, due_at: datetime, now: datetime) -> datetime | None:
    """When people are to be told of a clock next: of a press request's; of no other (None)."""
    if fact not in FACTS:
        return None
    _, coming = request_moments_at(starts_at, due_at, now)
    return coming or due_at
