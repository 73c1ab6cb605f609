"""Open incidents that a report may belong to already: offered, or the very same article."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.incident import ENDED, Stage
from crisis.model.link import canonical_link, title_key
from crisis.model.report import ReportIn
from crisis.records import incident
from crisis.records.act import Act
from crisis.records.one_at_a_time import one_at_a_time
from crisis.records.schema.incident import Incident, Report


async def alike(session: AsyncSession, report: ReportIn) -> Sequence[Incident]:
    """Open incidents that already carry this link or title: offered for adding, never merged."""
    links = [canonical_link(report.link)] if report.link else []
    return await _alike(session, links, [title_key(report.title)])


async def waiting_with(act: Act, report: ReportIn) -> Incident | None:
    """The candidate that already carries the very article of `report`, held until commit.

    Only the same address is the same article, and only what nobody confirmed yet takes it in: a
    person has still to look at both. Calls with one article wait for each other, so that two at
    once do not open two. What is restricted is not told to other systems.
    """
    if not report.link:
        return None
    key = canonical_link(report.link)
    await one_at_a_time(act.session, key)
    code = await act.session.scalar(
        select(Incident.code)
        .join(Report, Report.incident_id == Incident.id)
        .where(
            Report.link_key == key,
            Incident.stage == Stage.CANDIDATE.value,
            Incident.restricted.is_(False),
        )
        .order_by(Incident.opened_at, Incident.id)
        .limit(1)
    )
    if code is None:
        return None
    # A coordinator may confirm it at this moment: what stands once it is held decides.
    row = await incident.held(act, code)
    return row if Stage(row.stage) is Stage.CANDIDATE and not row.restricted else None


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
