"""Open incidents that a report may belong to already."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.incident import ENDED
from crisis.model.link import canonical_link, title_key
from crisis.model.report import ReportIn
from crisis.records.schema.incident import Incident, Report


async def alike(session: AsyncSession, report: ReportIn) -> Sequence[Incident]:
    """Open incidents that already carry this link or title: offered for adding, never merged."""
    links = [canonical_link(report.link)] if report.link else []
    return await _alike(session, links, [title_key(report.title)])


async def alike_to(session: AsyncSession, incident_id: str) -> Sequence[Incident]:
    """Other open incidents that carry a link or title of this one's reports."""
    rows = list(await session.scalars(select(Report).where(Report.incident_id == incident_id)))
    links = [row.link_key for row in rows if row.link_key]
    found = await _alike(session, links, [row.title_key for row in rows])
    return tuple(row for row in found if row.id != incident_id)


async def _alike(
    session: AsyncSession, links: Collection[str], titles: Collection[str]
) -> Sequence[Incident]:
    found: dict[str, Incident] = {}
    for key in (Report.title_key.in_(titles), Report.link_key.in_(links)):
        rows = await session.scalars(
            select(Incident)
            .join(Report, Report.incident_id == Incident.id)
            .where(key, Incident.stage.not_in([stage.value for stage in ENDED]))
            .order_by(Incident.opened_at.desc())
            .limit(5)
        )
        found |= {row.id: row for row in rows}
    return tuple(found.values())
