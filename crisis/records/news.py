"""What an incident learned after a statement was submitted, read from its ledger."""

import json
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.verdict import Verdict
from crisis.records.schema.ledger import LedgerEntry

LEARNED = frozenset(
    {
        Action.REPORT_ADDED,
        Action.REPORT_AMENDED,
        Action.CLAIM_ADDED,
        Action.CLAIM_AMENDED,
        Action.CLAIM_CLASSIFIED,
        Action.CLAIM_CONCLUDED,
        Action.ASSIGNMENT_ANSWERED,
        Action.ASSIGNMENT_ANSWER_AMENDED,
    }
)
"""What gives a further statement something to say; opening an incident again does not."""

_READ = LEARNED | {Action.STATEMENT_SUBMITTED}


@dataclass(kw_only=True)
class Learned:
    """Whether anything came after, and what stood about each claim when it was submitted."""

    news: bool = True
    verdicts: dict[str, Verdict] = field(default_factory=dict)


async def since(session: AsyncSession, code: str, statement_id: str) -> Learned:
    """What was learned since `statement_id` was last submitted."""
    rows = await session.scalars(
        select(LedgerEntry.body)
        .where(LedgerEntry.chain == code, LedgerEntry.action.in_([a.value for a in _READ]))
        .order_by(LedgerEntry.seq)
    )
    now: dict[str, Verdict] = {}
    learned = Learned()
    for body in rows:
        entry = json.loads(body)
        data = entry["data"]
        if entry["action"] == Action.STATEMENT_SUBMITTED:
            if data["statement"] == statement_id:
                learned = Learned(news=False, verdicts=dict(now))
            continue
        learned.news = True
        if entry["action"] == Action.CLAIM_ADDED:
            now[data["claim"]] = Verdict.UNVERIFIED_YET
        elif entry["action"] == Action.CLAIM_CONCLUDED:
            now[data["claim"]] = Verdict(data["verdict"])
    return learned
