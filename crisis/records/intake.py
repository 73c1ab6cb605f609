"""Calls that were taken in, by their keys."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.schema.incident import Intake


async def known(session: AsyncSession, keys: Sequence[str]) -> frozenset[str]:
    """Which of these keys were used."""
    rows = await session.scalars(select(Intake.key).where(Intake.key.in_(keys)))
    return frozenset(rows)
