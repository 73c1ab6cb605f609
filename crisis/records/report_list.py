"""Reading reports: those of an incident, as they came in."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.schema.incident import Incident, Report, runs


async def of_incident(session: AsyncSession, incident_id: str) -> Sequence[Report]:
    """All reports of an incident, oldest first."""
    rows = await session.scalars(
        select(Report)
        .where(Report.incident_id == incident_id)
        .order_by(Report.received_at, Report.id)
    )
    return list(rows)


async def first_published(session: AsyncSession, incident_id: str) -> datetime | None:
    """When the first of an incident's reports was published, as far as it is known."""
    found: datetime | None = await session.scalar(
        select(func.min(Report.published_at)).where(Report.incident_id == incident_id)
    )
    return found


async def happened_at(session: AsyncSession, case: Incident) -> datetime:
    """When it happened; while that is unknown, the first publication is assumed to be the time."""
    return case.event_at or await first_published(session, case.id) or case.received_at


async def incidents_with(
    session: AsyncSession, links: Collection[str], titles: Collection[str]
) -> Sequence[str]:
    """Ids of running incidents with a report that has one of these link keys or title keys."""
    rows = await session.scalars(
        select(Report.incident_id)
        .join(Incident, Incident.id == Report.incident_id)
        .where(
            or_(Report.link_key.in_(list(links)), Report.title_key.in_(list(titles))),
            runs(),
        )
        .distinct()
    )
    return rows.all()


async def outlets(session: AsyncSession, incident_id: str) -> int:
    """How many outlets have reported the incident, capital letters aside."""
    told = await session.scalars(
        select(Report.outlet).where(Report.incident_id == incident_id).distinct()
    )
    return len({" ".join(name.casefold().split()) for name in told})
