"""The ledger in the database: append at the locked head, read back, list heads."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.ledger import NOTHING, Actor, Entry, Head, next_entry
from crisis.records.schema.ledger import ChainHead, LedgerEntry
from crisis.records.upsert import put_new


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What an entry says, before it has a place in its chain."""

    chain: str
    at: datetime
    actor: Actor
    action: Action
    run: str | None
    data: Mapping[str, Any]


async def append(session: AsyncSession, line: Line) -> Entry:
    """Write `line` as the next entry of its chain, holding the chain's head until commit."""
    entry = next_entry(
        chain=line.chain,
        head=await _locked_head(session, line.chain),
        at=line.at,
        actor=line.actor,
        action=line.action,
        run=line.run,
        data=dict(line.data),
    )
    session.add(
        LedgerEntry(
            chain=entry.chain,
            seq=entry.seq,
            at=line.at,
            action=line.action.value,
            body=entry.line.decode(),
            hash=entry.hash,
        )
    )
    await session.execute(
        update(ChainHead)
        .where(ChainHead.chain == entry.chain)
        .values(seq=entry.seq, hash=entry.hash)
    )
    await session.flush()
    return entry


async def hold(session: AsyncSession, chain: str) -> None:
    """Wait for whoever writes to `chain`, and let nobody else write to it until commit."""
    await _locked_head(session, chain)


async def _locked_head(session: AsyncSession, chain: str) -> Head | None:
    """The head that the next entry follows, locked until commit; None before the first entry."""
    place = select(ChainHead.seq, ChainHead.hash).where(ChainHead.chain == chain).with_for_update()
    row = (await session.execute(place)).one_or_none()
    if row is None:
        # Two first writers of a chain meet on this row, not on the first entry.
        await put_new(session, ChainHead, {"chain": chain, "seq": 0, "hash": NOTHING})
        row = (await session.execute(place)).one()
    return Head(seq=row.seq, hash=row.hash) if row.seq else None


async def entries(session: AsyncSession, chain: str) -> tuple[dict[str, Any], ...]:
    """All entries of `chain` in order, as parsed JSON."""
    rows = await session.scalars(
        select(LedgerEntry.body).where(LedgerEntry.chain == chain).order_by(LedgerEntry.seq)
    )
    return tuple(json.loads(body) for body in rows)


async def chains(session: AsyncSession) -> tuple[tuple[str, Head], ...]:
    """Every chain that has an entry, with its head, by name."""
    rows = await session.execute(
        select(ChainHead.chain, ChainHead.seq, ChainHead.hash)
        .where(ChainHead.seq > 0)
        .order_by(ChainHead.chain)
    )
    return tuple((row.chain, Head(seq=row.seq, hash=row.hash)) for row in rows)


async def bodies(session: AsyncSession, chain: str) -> AsyncIterator[str]:
    """The canonical JSON of each entry of `chain`, streamed in order."""
    rows = await session.stream_scalars(
        select(LedgerEntry.body).where(LedgerEntry.chain == chain).order_by(LedgerEntry.seq)
    )
    async for body in rows:
        yield body
