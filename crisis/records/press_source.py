"""Press sources in the records: who is read, at which addresses, and whether anybody wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import NotFound
from crisis.model.words import words
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.base import new_id
from crisis.records.schema.press import PressFeed, PressSource
from crisis.records.upsert import put, put_new


@dataclass(frozen=True, kw_only=True, slots=True)
class NewSource:
    """A source; `addresses` maps each address to the rule of its list page, None for a feed."""

    id: str
    name: str
    tier: str = ""
    weight: int = 1
    user_agent: str = ""
    confidence: str = "medium"
    note: str = ""
    addresses: Mapping[str, dict[str, Any] | None]


async def put_source(act: Act, new: NewSource) -> int:
    """Add a source or bring it up to date; how many of its addresses are new.

    New addresses are not read until somebody asks for it; known ones keep their state.
    """
    row = {
        "id": new.id,
        "name": new.name,
        "tier": new.tier,
        "weight": new.weight,
        "user_agent": new.user_agent,
        "confidence": new.confidence,
        "note": new.note,
    }
    await put(act.session, PressSource, row)
    return await add_addresses(act, new.id, new.addresses)


async def add_addresses(
    act: Act, source_id: str, addresses: Mapping[str, dict[str, Any] | None]
) -> int:
    """Add addresses to a known source; how many of them are new."""
    fresh = 0
    for url, rule in addresses.items():
        made = {"id": new_id(), "source_id": source_id, "url": url, "rule": rule, "since": act.real}
        fresh += await put_new(act.session, PressFeed, made | _EMPTY)
    if fresh:
        told = {"source": source_id, "addresses": fresh, "change": "added"}
        await act.note(OFFICE_CHAIN, Action.PRESS_SOURCE_CHANGED, told)
    return fresh


_EMPTY = {
    "state": "new",
    "status": 0,
    "note": "",
    "etag": "",
    "last_modified": "",
    "pause_seconds": 600,
    "failures": 0,
    "items": 0,
}


async def read_it(act: Act, source_id: str, *, wanted: bool) -> None:
    """Begin or stop reading every address of a source. Raises NotFound."""
    await by_id(act.session, source_id)
    here = PressFeed.source_id == source_id
    if wanted:
        change = update(PressFeed).where(here, PressFeed.next_at.is_(None))
        await act.session.execute(
            change.values(next_at=act.real, watched_since=act.real, silent_since=None, failures=0)
        )
    else:
        stop = update(PressFeed).where(here)
        await act.session.execute(stop.values(next_at=None, watched_since=None, silent_since=None))
    told = {"source": source_id, "change": "on" if wanted else "off"}
    await act.note(OFFICE_CHAIN, Action.PRESS_SOURCE_CHANGED, told)


async def by_id(session: AsyncSession, source_id: str) -> PressSource:
    """The source with this id. Raises NotFound."""
    row = await session.get(PressSource, source_id)
    if row is None:
        raise NotFound(
            words(
                f"Không có nguồn báo chí “{source_id}”.",
                f"There is no press source “{source_id}”.",
            )
        )
    return row


async def everyone(session: AsyncSession) -> Sequence[PressSource]:
    """All sources in the order of their names."""
    rows = await session.scalars(select(PressSource).order_by(PressSource.name, PressSource.id))
    return rows.all()
