"""Open incidents that a report may belong to already."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.incident import ENDED
from crisis.model.link import canonical_link, title_key
from crisis.model.report import ReportIn
from crisis.records.schema.incident import Incident, Report


async def alike(session: AsyncSession, report: ReportIn) -> Sequence[Incident]:
    """Open incidents that already carry this link or title: offered for adding, never merged."""
    keys = [Report.title_key == title_key(report.title)]
    if report.link:
        keys.append(Report.link_key == canonical_link(report.link))
    found: dict[str, Incident] = {}
    for key in keys:
        rows = await session.scalars(
            select(Incident)
            .join(Report, Report.incident_id == Incident.id)
            .where(key, Incident.stage.not_in([stage.value for stage in ENDED]))
            .order_by(Incident.opened_at.desc())
            .limit(5)
        )
        found |= {row.id: row for row in rows}
    return tuple(found.values())
