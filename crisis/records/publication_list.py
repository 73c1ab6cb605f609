"""Reading publications: of an incident, of a statement, of the whole office."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.schema.incident import Incident
from crisis.records.schema.publication import Publication


async def of_incident(session: AsyncSession, incident_id: str) -> Sequence[Publication]:
    """All publications of an incident, oldest first."""
    rows = await session.scalars(
        select(Publication)
        .where(Publication.incident_id == incident_id)
        .order_by(Publication.at, Publication.slug)
    )
    return list(rows)


async def everything(session: AsyncSession) -> Sequence[tuple[Publication, str]]:
    """Every publication with its incident's code, oldest first: what a site is rebuilt from."""
    rows = await session.execute(
        select(Publication, Incident.code)
        .join(Incident, Incident.id == Publication.incident_id)
        .order_by(Publication.at, Publication.slug)
    )
    return [(publication, code) for publication, code in rows]


async def of_statement(session: AsyncSession, statement_id: str) -> Sequence[Publication]:
    """The publications of a statement, oldest first."""
    rows = await session.scalars(
        select(Publication).where(Publication.statement_id == statement_id).order_by(Publication.at)
    )
    return list(rows)
