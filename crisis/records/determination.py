"""Determinations in the records: each answer a row and a ledger entry, the newest stands."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.determination import Determined
from crisis.model.ledger import instant
from crisis.model.severity import Floor
from crisis.records.act import Act, after
from crisis.records.schema.determination import Determination
from crisis.records.schema.incident import Incident, Report
from crisis.records.schema.publication import Publication


async def add(act: Act, incident: Incident, said: Determined, *, late: bool) -> None:
    """Write down who answered what, and since when; `late`: after triage had to be done."""
    before = await history(act.session, incident.id)
    act.session.add(
        Determination(
            incident_id=incident.id,
            question=said.question.value,
            answer=said.answer,
            made_at=said.made_at,
            recorded_at=after(act.now, before[-1].recorded_at if before else None),
            recorded_by=act.actor.id,
            reason=said.reason.strip(),
        )
    )
    await act.session.flush()
    data = {
        "determination": said.question.value,
        "answer": said.answer,
        "made_at": instant(said.made_at),
        "late": late,
        "reasoned": bool(said.reason.strip()),
    }
    await act.note(incident.code, Action.DETERMINATION_MADE, data)


async def history(session: AsyncSession, incident_id: str) -> list[Determination]:
    """Every answer of an incident, in the order in which they were recorded."""
    rows = await session.scalars(
        select(Determination)
        .where(Determination.incident_id == incident_id)
        .order_by(Determination.recorded_at, Determination.id)
    )
    return list(rows)


async def standing(session: AsyncSession, incident_id: str) -> dict[Floor, Determined]:
    """The answers that stand: the newest of each question."""
    return {
        Floor(row.question): Determined(
            question=Floor(row.question),
            answer=row.answer,
            made_at=row.made_at,
            reason=row.reason,
        )
        for row in await history(session, incident_id)
    }


async def receipts(session: AsyncSession, incident_id: str) -> list[datetime]:
    """When each report of the incident was received."""
    told = select(Report.received_at).where(Report.incident_id == incident_id)
    return list(await session.scalars(told))


async def first_statement_at(session: AsyncSession, incident_id: str) -> datetime | None:
    """When the incident's first statement went out, if one did."""
    earliest: datetime | None = await session.scalar(
        select(func.min(Publication.at)).where(Publication.incident_id == incident_id)
    )
    return earliest
