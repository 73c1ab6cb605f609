"""Assignments: who is asked to verify what, by when, frozen to the directory of that moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.words import Words
from crisis.records.act import Act
from crisis.records.schema.assignment import Assignment
from crisis.records.schema.incident import Incident
from crisis.records.task_link import Recipient, issue, revoke
from crisis.records.timer import clear_subjects


class Status(StrEnum):
    """Where a task stands."""

    AWAITING_ACK = "awaiting_ack"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    DECLINED = "declined"
    RECALLED = "recalled"
    UNREACHABLE = "unreachable"


STANDING = frozenset({Status.AWAITING_ACK, Status.ACKNOWLEDGED, Status.ANSWERED})
"""Statuses of a task that is in its agency's hands or was answered."""

OPEN = frozenset({Status.AWAITING_ACK, Status.ACKNOWLEDGED, Status.UNREACHABLE})
"""Statuses in which the office still waits for an answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewAssignment:
    """A task about to be given; `recipient` None where the directory has no address."""

    agency: str
    name: Words
    directory_sha: str
    lead: bool
    relation: str
    claims: tuple[str, ...]
    recipient: Recipient | None
    ack_due_at: datetime
    due_at: datetime


async def assign(act: Act, incident: Incident, new: NewAssignment) -> tuple[Assignment, str | None]:
    """Give a task. Returns the row and the token of its link, None where there is no address."""
    to = new.recipient
    row = Assignment(
        incident_id=incident.id,
        agency=new.agency,
        name_vi=new.name.vi,
        name_en=new.name.en,
        directory_sha=new.directory_sha,
        lead=new.lead,
        relation=new.relation,
        claims=list(new.claims),
        status=(Status.AWAITING_ACK if to else Status.UNREACHABLE).value,
        contact_name=to.name if to else "",
        contact_title=to.title if to else "",
        contact_email=to.email if to else None,
        made_at=act.now,
        ack_due_at=new.ack_due_at,
        due_at=new.due_at,
    )
    act.session.add(row)
    await act.session.flush()
    await act.note(
        incident.code,
        Action.ASSIGNMENT_MADE,
        {
            "assignment": row.id,
            "agency": row.agency,
            "directory": row.directory_sha,
            "lead": row.lead,
            "relation": row.relation,
            "claims": row.claims,
            "reachable": to is not None,
        },
    )
    token = await issue(act, incident, row, to) if to else None
    return row, token


async def recall(act: Act, incident: Incident, row: Assignment, *, why: str) -> None:
    """Take a task back: its links and timers end; what was already answered stays on record."""
    row.status, row.closed_at = Status.RECALLED.value, act.now
    await act.session.flush()
    await revoke(act, incident, row.id, "recalled")
    await clear_subjects(act, [row.id])
    await act.note(
        incident.code,
        Action.ASSIGNMENT_RECALLED,
        {"assignment": row.id, "agency": row.agency, "why": sha256(why.encode()).hexdigest()},
    )


async def of_incident(session: AsyncSession, incident_id: str) -> Sequence[Assignment]:
    """All tasks of an incident, the lead's first."""
    rows = await session.scalars(
        select(Assignment)
        .where(Assignment.incident_id == incident_id)
        .order_by(Assignment.lead.desc(), Assignment.made_at, Assignment.id)
    )
    return list(rows)


def is_open(row: Assignment) -> bool:
    """Whether the office still waits for this agency."""
    return Status(row.status) in OPEN
