"""The answers of a task, version by version, with what each says about each claim."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.schema.assignment import Answer, FindingRow


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerVersion:
    """One version of an answer and its findings by claim."""

    answer: Answer
    findings: dict[str, FindingRow]


async def of_task(session: AsyncSession, assignment_id: str) -> Sequence[AnswerVersion]:
    """Every version that was sent, the newest first."""
    answers = await session.scalars(
        select(Answer).where(Answer.assignment_id == assignment_id).order_by(Answer.version.desc())
    )
    versions = []
    for made in answers:
        rows = await session.scalars(select(FindingRow).where(FindingRow.answer_id == made.id))
        versions.append(AnswerVersion(answer=made, findings={row.claim_id: row for row in rows}))
    return versions
