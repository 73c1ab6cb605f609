"""How a reading went, as the source's page shows it, and when the address is read next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from crisis.intake.feed import FeedReading, FeedState
from crisis.intake.feed_item import FeedItem
from crisis.intake.fetched import Fetched, FetchState
from crisis.intake.politeness import Pace, after_failure, after_reading, next_poll, retry_pause
from crisis.office.press.taking import Taken
from crisis.records.act import Act
from crisis.records.press_feed import Reading
from crisis.records.schema.press import PressFeed

YEAR_APART = timedelta(days=300)
GOOD = frozenset({FeedState.OK, FeedState.NO_ITEMS})
DATES = "odd_dates"
"""The items of a feed are suddenly dated far from now: kept, but they raise nothing."""


def failed(act: Act, feed: PressFeed, found: Fetched) -> Reading:
    """An answer without a body: nothing new, or a failure after which we come less often."""
    pace = Pace(pause=timedelta(seconds=feed.pause_seconds), failures=feed.failures)
    if found.state is FetchState.NOT_MODIFIED:
        pace = after_reading(pace, new=0, listed=1)
    else:
        pace = after_failure(
            pace, found.state, retry_after=retry_pause(found.retry_after, now=act.real)
        )
    return Reading(
        state=found.state.value,
        good=found.state.good,
        status=found.status,
        note=found.note,
        pause=pace.pause,
        failures=pace.failures,
        next_at=next_poll(pace, last=act.real, source=feed.url),
    )


def taken_in(act: Act, feed: PressFeed, found: Fetched, read: FeedReading, taken: Taken) -> Reading:
    """An answer whose items were taken in; what is no whole feed counts as a failure."""
    pace = Pace(pause=timedelta(seconds=feed.pause_seconds), failures=feed.failures)
    whole = read.state in GOOD
    if whole or read.items:
        pace = after_reading(pace, new=taken.fresh, listed=len(read.items))
    else:
        pace = after_failure(pace, FetchState.BAD_ANSWER)
    odd = whole and dates_are_odd(read.items, act.now)
    # A broken body must not be taken for the newest: it is asked for again without validators.
    return Reading(
        state=DATES if odd else read.state.value,
        good=whole,
        status=found.status,
        note=_note(taken),
        listed=len(read.items),
        fresh=taken.fresh,
        etag=found.etag if whole else "",
        last_modified=found.last_modified if whole else "",
        pause=pace.pause,
        failures=pace.failures,
        next_at=next_poll(pace, last=act.real, source=feed.url),
    )


def dates_are_odd(items: Sequence[FeedItem], now: datetime) -> bool:
    """Whether most dated items lie in the future or about a year from now."""
    dated = [item for item in items if item.published_utc is not None]
    odd = [item for item in dated if item.future or is_far(item.published_utc, now)]
    return bool(dated) and 2 * len(odd) >= len(dated)


def is_far(at: datetime | None, now: datetime) -> bool:
    """Whether a printed time lies so far from now that it is an old article or a wrong date."""
    return at is not None and abs(now - at) >= YEAR_APART


def _note(taken: Taken) -> str:
    return f"shared_links={taken.sharing}" if taken.sharing else ""
