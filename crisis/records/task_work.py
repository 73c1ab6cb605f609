"""Work on a task before its answer: received, drafted, evidence handed in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import BadInput
from crisis.model.words import words
from crisis.records import blob
from crisis.records.act import Act
from crisis.records.answer import check_may_write
from crisis.records.assignment import Status
from crisis.records.schema.assignment import EvidenceRow
from crisis.records.schema.incident import Incident
from crisis.records.task_link import Held


@dataclass(frozen=True, kw_only=True, slots=True)
class NewEvidence:
    """A file (its bytes) or a link that carries a finding."""

    title: str
    holder: str
    issuer: str | None
    issued_on: date | None
    file_name: str | None = None
    media_type: str = "application/octet-stream"
    content: bytes | None = None
    link: str | None = None


async def acknowledge(act: Act, held: Held) -> bool:
    """The agency says that it has the task; a second time changes nothing and is False."""
    check_may_write(held.assignment)
    if held.assignment.acknowledged_at is not None:
        return False
    held.assignment.acknowledged_at = held.assignment.progress_at = act.now
    held.assignment.status = Status.ACKNOWLEDGED.value
    await act.session.flush()
    await act.note(
        held.incident.code,
        Action.ASSIGNMENT_ACKNOWLEDGED,
        {"assignment": held.assignment.id, "agency": held.assignment.agency},
    )
    return True


async def save_draft(act: Act, held: Held, draft: dict[str, Any]) -> None:
    """Keep what the agency has typed so far; any work on the task counts as progress."""
    check_may_write(held.assignment)
    held.assignment.draft = draft
    held.assignment.progress_at = act.now
    await act.session.flush()


async def add_evidence(act: Act, held: Held, new: NewEvidence) -> EvidenceRow:
    """Keep a file or link as evidence, by its hash. Raises BadInput where it has neither."""
    check_may_write(held.assignment)
    content = new.content if new.content is not None else (new.link or "").encode()
    if not content:
        raise BadInput(
            words("Tệp rỗng. Xin chọn lại tệp.", "The file is empty. Please choose it again."),
            field="file",
        )
    row = EvidenceRow(
        incident_id=held.incident.id,
        assignment_id=held.assignment.id,
        title=new.title,
        file_name=new.file_name,
        media_type=new.media_type,
        sha256=await blob.keep(act, content, new.media_type),
        size=len(content),
        link=new.link,
        holder=new.holder,
        issuer=new.issuer,
        issued_on=new.issued_on,
        at=act.now,
    )
    act.session.add(row)
    held.assignment.progress_at = act.now
    await act.session.flush()
    await act.note(
        held.incident.code,
        Action.EVIDENCE_STORED,
        {"evidence": row.id, "assignment": row.assignment_id, "sha256": row.sha256},
    )
    return row


async def evidence_of(session: AsyncSession, incident: Incident) -> dict[str, EvidenceRow]:
    """All evidence of an incident by id."""
    rows = await session.scalars(select(EvidenceRow).where(EvidenceRow.incident_id == incident.id))
    return {row.id: row for row in rows}
