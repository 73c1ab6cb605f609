"""Approval in the records: asked of named people, decided once, for the bytes they saw."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.approval import (
    Authority,
    Decision,
    Given,
    Subject,
    check_four_eyes,
    check_reason,
    check_seen,
)
from crisis.model.errors import NotAllowed, Stale
from crisis.model.statement import Lifecycle, check_lifecycle
from crisis.model.words import words
from crisis.records.act import Act
from crisis.records.approval_request import of_version
from crisis.records.conditional import won
from crisis.records.schema.incident import Incident
from crisis.records.schema.statement import ApprovalRow, StatementRow
from crisis.records.wording import subject_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What an approver decided, having seen `digest`."""

    decision: Decision
    reason: str
    digest: str


def given(rows: Sequence[ApprovalRow]) -> tuple[Given, ...]:
    """The approvals among `rows`."""
    return tuple(
        Given(step=r.step, person=r.person_id, version=r.number, digest=r.digest)
        for r in rows
        if r.decision == Decision.APPROVE.value
    )


async def may_decide(
    session: AsyncSession, incident: Incident, row: StatementRow, person_id: str
) -> tuple[Subject, ApprovalRow]:
    """What this person would decide about; the same question the page asks before the click.

    Raises NotAllowed (not asked, an author, decided a step already) or Stale (not pending).
    """
    if row.lifecycle != Lifecycle.PENDING.value:
        raise Stale(
            words(
                "Phát ngôn này không còn chờ phê duyệt.",
                "This statement is no longer waiting for approval.",
            )
        )
    rows = await of_version(session, row.id, row.current)
    subject = await subject_of(session, incident, row)
    mine = _asked_now(rows, person_id)
    check_four_eyes(subject, person_id, given(rows))
    return subject, mine


def _asked_now(rows: Sequence[ApprovalRow], person_id: str) -> ApprovalRow:
    """What this person is asked at the step that is open now; raises Stale or NotAllowed."""
    asked = [r for r in rows if r.person_id == person_id]
    decided = {r.step for r in rows if r.decision is not None}
    open_step = min((r.step for r in rows if r.step not in decided), default=None)
    mine = next((r for r in asked if r.step == open_step), None)
    if mine is not None:
        return mine
    if asked:
        raise Stale(
            words(
                "Bước phê duyệt này đã được quyết định.",
                "This approval step has already been decided.",
            )
        )
    raise NotAllowed(
        words(
            "Ông/bà không được giao phê duyệt phát ngôn này.",
            "You were not asked to approve this statement.",
        )
    )


async def decide(
    act: Act, incident: Incident, row: StatementRow, answered: Answered, authority: Authority
) -> ApprovalRow:
    """Record the decision of the acting person under `authority`; the first to decide wins.

    Raises what `may_decide` raises, RuleBroken without a reason, Stale for other bytes.
    """
    check_reason(answered.decision, answered.reason)
    # Two approvers of one step decide one after the other, on PostgreSQL too.
    await act.session.refresh(row, with_for_update=True)
    subject, mine = await may_decide(act.session, incident, row, act.actor.id)
    check_seen(subject, answered.digest)
    await _put_decision(act, mine, answered, authority)
    await act.session.refresh(mine)
    await act.note(
        incident.code,
        _ACTION[answered.decision],
        {
            "approval": mine.id,
            "statement": row.id,
            "version": row.current,
            "step": mine.step,
            "person": mine.person_id,
            "digest": subject.digest,
        },
    )
    there = _LIFECYCLE.get(answered.decision)
    if there is not None:
        check_lifecycle(Lifecycle(row.lifecycle), there)
        row.lifecycle = there.value
        await act.session.flush()
    return mine


async def _put_decision(
    act: Act, mine: ApprovalRow, answered: Answered, authority: Authority
) -> None:
    """Write the decision where nobody has decided meanwhile; raises Stale where somebody has."""
    if not await won(
        act.session,
        update(ApprovalRow)
        .where(ApprovalRow.id == mine.id, ApprovalRow.decision.is_(None))
        .values(
            decision=answered.decision.value,
            reason=answered.reason.strip(),
            decided_at=act.now,
            authority=authority.document,
        ),
    ):
        raise Stale(words("Bước này vừa được quyết định.", "This step has just been decided."))


_ACTION = {
    Decision.APPROVE: Action.APPROVAL_GIVEN,
    Decision.RETURN: Action.STATEMENT_RETURNED,
    Decision.REJECT: Action.STATEMENT_REJECTED,
}

_LIFECYCLE = {Decision.RETURN: Lifecycle.DRAFT, Decision.REJECT: Lifecycle.REJECTED}
