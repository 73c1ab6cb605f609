"""Which chains there are, with a head or only with entries; and every line of them all."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import literal, select, tuple_, union
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.schema.ledger import ChainHead, LedgerEntry


async def every_chain(session: AsyncSession) -> tuple[str, ...]:
    """The names of all chains in order; one whose head row was taken away is among them."""
    with_head = select(ChainHead.chain).where(ChainHead.seq > 0)
    with_entry = select(LedgerEntry.chain).where(LedgerEntry.seq == 1)
    rows = await session.scalars(union(with_head, with_entry))
    return tuple(sorted(rows))


AT_A_TIME = 2_000


class Line(NamedTuple):
    """An entry as it is stored: `body` is its canonical JSON, the rest is what is searched by."""

    chain: str
    seq: int
    at: datetime
    action: str
    hash: str
    body: str


async def every_line(session: AsyncSession) -> AsyncIterator[Line]:
    """Every entry, chain by chain in order, read in pages by key."""
    place = tuple_(LedgerEntry.chain, LedgerEntry.seq)
    page = select(
        LedgerEntry.chain,
        LedgerEntry.seq,
        LedgerEntry.at,
        LedgerEntry.action,
        LedgerEntry.hash,
        LedgerEntry.body,
    ).order_by(LedgerEntry.chain, LedgerEntry.seq)
    after: tuple[str, int] | None = None
    while True:
        behind = page if after is None else page.where(place > tuple_(*map(literal, after)))
        rows = (await session.execute(behind.limit(AT_A_TIME))).all()
        for row in rows:
            yield Line._make(row)
        if len(rows) < AT_A_TIME:
            return
        after = rows[-1].chain, rows[-1].seq
