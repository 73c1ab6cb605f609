"""Which chains there are: those with a head, and those that only have entries."""

from sqlalchemy import select, union
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.schema.ledger import ChainHead, LedgerEntry


async def every_chain(session: AsyncSession) -> tuple[str, ...]:
    """The names of all chains in order; one whose head row was taken away is among them."""
    with_head = select(ChainHead.chain).where(ChainHead.seq > 0)
    with_entry = select(LedgerEntry.chain).where(LedgerEntry.seq == 1)
    rows = await session.scalars(union(with_head, with_entry))
    return tuple(sorted(rows))
