"""The addresses of press sources: claimed when due, their readings recorded, their health read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.errors import NotFound
from crisis.model.words import words
from crisis.records.act import Act
from crisis.records.conditional import won
from crisis.records.schema.press import PressFeed, PressPoll, PressSource

CLAIM = timedelta(minutes=5)
"""Real time in which the round that claimed an address has to record how its reading went."""

KEPT = 30
"""So many readings of one address stay readable."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """How one reading of an address went, and when the next one is due (None: not by itself)."""

    state: str
    good: bool
    status: int = 0
    note: str = ""
    listed: int = 0
    fresh: int = 0
    etag: str | None = None
    last_modified: str | None = None
    pause: timedelta = timedelta(minutes=10)
    failures: int = 0
    next_at: datetime | None = None
    newest: datetime | None = None


async def claim_due(
    act: Act, *, limit: int, every: bool = False
) -> Sequence[tuple[PressFeed, PressSource]]:
    """Claim the addresses that are due in real time, longest waiting first.

    With `every` all that are wanted are claimed, due or not.
    """
    free = or_(PressFeed.claimed_until.is_(None), PressFeed.claimed_until < act.real)
    due = PressFeed.next_at.is_not(None) if every else PressFeed.next_at <= act.real
    rows = await act.session.execute(
        select(PressFeed, PressSource)
        .join(PressSource, PressSource.id == PressFeed.source_id)
        .where(due, free)
        .order_by(PressFeed.next_at, PressFeed.id)
        .limit(limit)
    )
    claimed = []
    for feed, source in rows.all():
        take = update(PressFeed).where(PressFeed.id == feed.id, free)
        until = act.real + CLAIM
        if await won(act.session, take.values(claimed_until=until, next_at=until)):
            claimed.append((feed, source))
    return claimed


async def record(act: Act, feed_id: str, reading: Reading) -> None:
    """Record how a reading went; older ones than the newest few are forgotten."""
    row = await act.session.get_one(PressFeed, feed_id, populate_existing=True)
    if row.state != reading.state:
        row.state, row.since = reading.state, act.real
    row.status, row.note = reading.status, reading.note[:500]
    row.polled_at, row.claimed_until = act.real, None
    row.pause_seconds, row.failures = int(reading.pause.total_seconds()), reading.failures
    row.etag = reading.etag[:1000] if reading.etag is not None else row.etag
    if reading.last_modified is not None:
        row.last_modified = reading.last_modified[:1000]
    row.good_at = act.real if reading.good else row.good_at
    if reading.fresh:
        row.items, row.item_at = row.items + reading.fresh, act.real
        await _speaks(act, row.source_id)
    # Turned off meanwhile, an address stays off.
    row.next_at = reading.next_at if row.next_at is not None else None
    act.session.add(
        PressPoll(
            feed_id=feed_id,
            at=act.real,
            state=reading.state,
            status=reading.status,
            listed=reading.listed,
            fresh=reading.fresh,
            note=row.note,
        )
    )
    await act.session.flush()
    await _forget_old(act, feed_id)


async def silent(act: Act, source_id: str) -> None:
    """The addresses of a source that are read have been silent since now."""
    mine = (PressFeed.source_id == source_id, PressFeed.next_at.is_not(None))
    await act.session.execute(update(PressFeed).where(*mine).values(silent_since=act.real))


async def _speaks(act: Act, source_id: str) -> None:
    mine = (PressFeed.source_id == source_id, PressFeed.silent_since.is_not(None))
    await act.session.execute(update(PressFeed).where(*mine).values(silent_since=None))


async def _forget_old(act: Act, feed_id: str) -> None:
    kept = (
        select(PressPoll.at)
        .where(PressPoll.feed_id == feed_id)
        .order_by(PressPoll.at.desc())
        .offset(KEPT)
        .limit(1)
    )
    oldest = await act.session.scalar(kept)
    if oldest is not None:
        await act.session.execute(
            delete(PressPoll).where(PressPoll.feed_id == feed_id, PressPoll.at <= oldest)
        )


async def by_url(session: AsyncSession, url: str) -> PressFeed:
    """The address. Raises NotFound."""
    row = await session.scalar(select(PressFeed).where(PressFeed.url == url))
    if row is None:
        raise NotFound(words(f"Không có địa chỉ {url}.", f"There is no address {url}."))
    return row


async def health(session: AsyncSession) -> Sequence[tuple[PressFeed, PressSource]]:
    """Every address with its source, in the order of their names."""
    rows = await session.execute(
        select(PressFeed, PressSource)
        .join(PressSource, PressSource.id == PressFeed.source_id)
        .order_by(PressSource.name, PressSource.id, PressFeed.url)
    )
    return [(feed, source) for feed, source in rows]


async def readings(session: AsyncSession, feed_id: str) -> Sequence[PressPoll]:
    """The newest readings of an address, newest first."""
    rows = await session.scalars(
        select(PressPoll).where(PressPoll.feed_id == feed_id).order_by(PressPoll.at.desc())
    )
    return rows.all()
