"""Reading reports: those of an incident, as they came in."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.schema.incident import Report


async def of_incident(session: AsyncSession, incident_id: str) -> Sequence[Report]:
    """All reports of an incident, oldest first."""
    rows = await session.scalars(
        select(Report)
        .where(Report.incident_id == incident_id)
        .order_by(Report.received_at, Report.id)
    )
    return list(rows)
