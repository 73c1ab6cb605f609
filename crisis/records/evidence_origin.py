"""Who issued a document of evidence: confirmed by a person of the office, never by the agency."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.records.act import Act
from crisis.records.schema.assignment import EvidenceOrigin, EvidenceRow
from crisis.records.schema.incident import Incident


async def confirm(
    act: Act, incident: Incident, piece: EvidenceRow, *, body: str, name: str
) -> EvidenceOrigin:
    """Record that `body` (an id of the directory, or OUTSIDE) issued the document as `name`."""
    row = await act.session.get(EvidenceOrigin, piece.id)
    if row is None:
        row = EvidenceOrigin(evidence_id=piece.id)
        act.session.add(row)
    row.body, row.name, row.at, row.by = body, name, act.now, act.actor.id
    await act.session.flush()
    await act.note(
        incident.code,
        Action.EVIDENCE_ORIGIN_CONFIRMED,
        {"evidence": piece.id, "sha256": piece.sha256, "body": body},
    )
    return row


async def of_incident(session: AsyncSession, incident_id: str) -> dict[str, EvidenceOrigin]:
    """The confirmed origins of an incident's evidence, by the evidence's id."""
    rows = await session.scalars(
        select(EvidenceOrigin)
        .join(EvidenceRow, EvidenceRow.id == EvidenceOrigin.evidence_id)
        .where(EvidenceRow.incident_id == incident_id)
    )
    return {row.evidence_id: row for row in rows}
