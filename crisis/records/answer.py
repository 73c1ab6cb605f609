"""What an agency does with its task: acknowledge, save a draft, hand in evidence, answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import BadInput, Stale
from crisis.model.verdict import Verdict
from crisis.model.words import words
from crisis.records.act import Act
from crisis.records.assignment import Status
from crisis.records.schema.assignment import Answer, Assignment, FindingRow
from crisis.records.schema.incident import ClaimRow
from crisis.records.task_link import Held

ACTING = frozenset({Status.AWAITING_ACK, Status.ACKNOWLEDGED, Status.ANSWERED})
"""Statuses in which an agency may still write; an answer is amended as a new version."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewFinding:
    """What the agency says about one claim. `fact_en` may be empty; `remedy` is what/who/by."""

    claim: str
    verdict: Verdict
    fact_vi: str
    fact_en: str = ""
    remedy: dict[str, Any] | None = None
    evidence: tuple[str, ...] = ()


def check_may_write(row: Assignment) -> None:
    """Refuse writing to a task that is recalled, declined or closed. Raises Stale."""
    if Status(row.status) not in ACTING:
        raise Stale(
            words(
                "Việc này đã được thu hồi hoặc đã chuyển cơ quan khác; không cần trả lời nữa.",
                "This task was recalled or passed to another agency; no answer is needed.",
            )
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed:
    """Who answers for the agency."""

    name: str
    title: str
    note: str = ""


async def answer(act: Act, held: Held, signed: Signed, findings: Sequence[NewFinding]) -> Answer:
    """Record the agency's answer as the next version, with its finding on each claim.

    Raises BadInput where a claim of the task is missing or foreign, or the name is empty.
    """
    row = held.assignment
    check_may_write(row)
    _check_signed(signed, findings)
    await _check_complete(act.session, row, findings)
    made = await _put_version(act, row, signed, findings)
    row.status, row.draft = Status.ANSWERED.value, None
    row.acknowledged_at = row.acknowledged_at or act.now
    row.progress_at = act.now
    await act.session.flush()
    await act.note(
        held.incident.code,
        Action.ASSIGNMENT_ANSWERED,
        {
            "assignment": row.id,
            "agency": row.agency,
            "version": made.version,
            "findings": [{"claim": f.claim, "verdict": f.verdict.value} for f in findings],
        },
    )
    return made


async def _put_version(
    act: Act, row: Assignment, signed: Signed, findings: Sequence[NewFinding]
) -> Answer:
    last = await act.session.scalar(
        select(func.max(Answer.version)).where(Answer.assignment_id == row.id)
    )
    made = Answer(
        assignment_id=row.id,
        version=(last or 0) + 1,
        by_name=signed.name.strip(),
        by_title=signed.title.strip(),
        note=signed.note,
        at=act.now,
    )
    act.session.add(made)
    await act.session.flush()
    act.session.add_all(
        FindingRow(
            answer_id=made.id,
            claim_id=finding.claim,
            verdict=finding.verdict.value,
            fact_vi=finding.fact_vi,
            fact_en=finding.fact_en,
            remedy=finding.remedy,
            evidence=list(finding.evidence),
        )
        for finding in findings
    )
    return made


def _check_signed(signed: Signed, findings: Sequence[NewFinding]) -> None:
    if not signed.name.strip():
        raise BadInput(
            words("Xin ghi họ tên người trả lời.", "Please give the name of who answers."),
            field="name",
        )
    for finding in findings:
        if not finding.fact_vi.strip():
            raise BadInput(
                words(
                    "Xin ghi rõ kết quả xác minh của từng nội dung.",
                    "Please say what you found on each claim.",
                ),
                field=f"fact-{finding.claim}",
            )


async def _check_complete(
    session: AsyncSession, row: Assignment, findings: Sequence[NewFinding]
) -> None:
    """The lead answers every claim of its task, a supporting agency at least those about itself."""
    answered = [finding.claim for finding in findings]
    own = await session.scalars(
        select(ClaimRow.id).where(ClaimRow.id.in_(row.claims), ClaimRow.about == row.agency)
    )
    required = set(row.claims) if row.lead else set(own)
    whole = required <= set(answered) <= set(row.claims)
    if not answered or not whole or len(answered) != len(set(answered)):
        raise BadInput(
            words(
                "Xin trả lời đủ từng nội dung được giao.",
                "Please answer every claim of the task.",
            ),
            field="findings",
        )
