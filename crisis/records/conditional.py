"""A conditional update decides a race: zero rows means someone else got there first."""

from typing import Any, cast

from sqlalchemy import CursorResult
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import UpdateBase


async def won(session: AsyncSession, statement: UpdateBase) -> bool:
    """Whether `statement` changed at least one row."""
    result = cast("CursorResult[Any]", await session.execute(statement))
    return result.rowcount > 0
