"""Incidents as a list, newest first."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.incident import Stage
from crisis.records.schema.incident import Incident


async def newest(
    session: AsyncSession, *, stage: Stage | None = None, limit: int = 50
) -> Sequence[Incident]:
    """The incidents that were opened last, of one stage or of all."""
    wanted = select(Incident).order_by(Incident.opened_at.desc(), Incident.id).limit(limit)
    if stage is not None:
        wanted = wanted.where(Incident.stage == stage.value)
    return list(await session.scalars(wanted))
