"""How often a source is asked: 10 minutes to 24 hours, by how much is new and how it answers."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from crisis.intake.fetched import FetchState

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
QUIET = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """The pause before the next poll, and how many failures stand in a row."""

    pause: timedelta = SHORTEST
    failures: int = 0


def after_reading(pace: Pace, *, new: int, listed: int) -> Pace:
    """The pace after a good answer: faster when much is new (items could be missed), slower when
    nothing is.
    """
    share = new / listed if listed else 0.0
    if share >= 0.5:
        pause = pace.pause / 3
    elif share >= 0.2:
        pause = pace.pause / 1.5
    elif new:
        pause = pace.pause
    else:
        pause = pace.pause * 1.5
    return Pace(pause=_within(pause))


def after_failure(pace: Pace, state: FetchState, *, retry_after: timedelta | None = None) -> Pace:
    """The pace after a failure: doubled each time, at least what the server asked; a gone page
    waits a day.
    """
    failures = pace.failures + 1
    if state is FetchState.GONE and failures >= 3:
        return Pace(pause=LONGEST, failures=failures)
    pause = SHORTEST * 2 ** min(failures, 8)
    return Pace(pause=_within(max(pause, retry_after or SHORTEST)), failures=failures)


def next_poll(pace: Pace, *, last: datetime, source: str) -> datetime:
    """When to ask again; sources are spread over a tenth of their pause so that they do not all
    come at once.
    """
    spread = sum(source.encode()) % 100 / 1000
    return last + pace.pause * (1 + spread)


def retry_pause(header: str, *, now: datetime) -> timedelta | None:
    """The pause a `Retry-After` header asks for (seconds or a date); None when it says nothing
    readable.
    """
    if header.strip().isdecimal():
        return timedelta(seconds=min(int(header), 10**7))
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(until - now, timedelta())


def is_silent(last_item: datetime | None, *, watched_since: datetime, now: datetime) -> bool:
    """Whether a source has had no new item for 24 hours: silence is an alarm of its own."""
    return now - (last_item or watched_since) >= QUIET


def _within(pause: timedelta) -> timedelta:
    return min(max(pause, SHORTEST), LONGEST)
