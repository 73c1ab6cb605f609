"""Acts about the same thing that is no row yet wait for each other."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def one_at_a_time(session: AsyncSession, key: str) -> None:
    """Go on once no other act with this `key` is under way; held until commit.

    SQLite's writers go one at a time anyway. On PostgreSQL it is an advisory lock: two keys that
    share its number wait for each other needlessly, which does no harm.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
