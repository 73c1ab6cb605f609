"""How the records stand, for an operator: the newest entry, the database's time."""

from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.schema.ledger import ChainHead, LedgerEntry


async def newest_entry_at(session: AsyncSession) -> datetime | None:
    """When the newest of all last entries was written; None for an empty ledger."""
    last = and_(LedgerEntry.chain == ChainHead.chain, LedgerEntry.seq == ChainHead.seq)
    newest = select(LedgerEntry.at).join(ChainHead, last).order_by(LedgerEntry.at.desc()).limit(1)
    found: datetime | None = await session.scalar(newest)
    return found


async def server_time(session: AsyncSession) -> datetime | None:
    """What time the database server has; None for SQLite, which has no clock of its own."""
    if session.get_bind().dialect.name == "sqlite":
        return None
    found: datetime | None = await session.scalar(select(func.clock_timestamp()))
    return found
