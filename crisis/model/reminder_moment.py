"""Of the moments at which people are reminded of a due time: which one is due, which is next."""

from collections.abc import Iterable
from datetime import datetime, timedelta

LATE = timedelta(seconds=1)
"""So long after its due time a thing is told as overdue."""


def around(moments: Iterable[datetime], now: datetime) -> tuple[datetime | None, datetime | None]:
    """The latest moment that is due at `now`, and the next one to come; None where there is none.

    Reminders that were slept through are not sent one after the other: the latest says it all.
    """
    ordered = sorted(moments)
    gone = [one for one in ordered if one <= now]
    coming = [one for one in ordered if one > now]
    return (gone[-1] if gone else None, coming[0] if coming else None)
