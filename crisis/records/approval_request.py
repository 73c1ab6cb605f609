"""Asking for approval: which named people are asked which step of which version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crisis.model.action import Action
from crisis.model.approval import Subject
from crisis.model.statement import Lifecycle
from crisis.records.act import Act
from crisis.records.schema.incident import Incident
from crisis.records.schema.statement import ApprovalRow, StatementRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """One step of approval asked of one person."""

    step: int
    role: str
    person: str
    due_at: datetime


async def ask(
    act: Act, incident: Incident, row: StatementRow, subject: Subject, asks: Sequence[Ask]
) -> list[ApprovalRow]:
    """Ask the people of one step; whoever was asked already for this version is not asked again."""
    known = {(a.step, a.person_id) for a in await of_version(act.session, row.id, row.current)}
    fresh = [
        ApprovalRow(
            incident_id=incident.id,
            statement_id=row.id,
            number=row.current,
            step=one.step,
            role=one.role,
            person_id=one.person,
            digest=subject.digest,
            asked_at=act.now,
            due_at=one.due_at,
        )
        for one in asks
        if (one.step, one.person) not in known
    ]
    act.session.add_all(fresh)
    await act.session.flush()
    for asked in fresh:
        await act.note(
            incident.code,
            Action.APPROVAL_REQUESTED,
            {
                "approval": asked.id,
                "statement": row.id,
                "version": row.current,
                "step": asked.step,
                "person": asked.person_id,
                "digest": asked.digest,
            },
        )
    return fresh


async def of_version(
    session: AsyncSession, statement_id: str, number: int
) -> Sequence[ApprovalRow]:
    """Everything asked and decided about one version, in order."""
    # Read anew: whoever waited for the statement's lock has the rows of before in this session.
    rows = await session.scalars(
        select(ApprovalRow)
        .where(ApprovalRow.statement_id == statement_id, ApprovalRow.number == number)
        .order_by(ApprovalRow.step, ApprovalRow.asked_at, ApprovalRow.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def waiting_for(session: AsyncSession, person_id: str) -> Sequence[ApprovalRow]:
    """What waits for this person's decision, the earliest due first: steps still undecided."""
    other = aliased(ApprovalRow)
    decided = (
        select(other.id)
        .where(
            other.statement_id == ApprovalRow.statement_id,
            other.number == ApprovalRow.number,
            other.step == ApprovalRow.step,
            other.decision.is_not(None),
        )
        .exists()
    )
    rows = await session.scalars(
        select(ApprovalRow)
        .join(StatementRow, StatementRow.id == ApprovalRow.statement_id)
        .where(
            ApprovalRow.person_id == person_id,
            ApprovalRow.decision.is_(None),
            ~decided,
            ApprovalRow.number == StatementRow.current,
            StatementRow.lifecycle == Lifecycle.PENDING.value,
        )
        .order_by(ApprovalRow.due_at)
    )
    return list(rows)
