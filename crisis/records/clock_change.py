"""What happened to running limits: extended, paused, resumed, done; by whom, when and why."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.act import Act
from crisis.records.schema.deadline import ClockChange, DeadlineRow


async def add(act: Act, row: DeadlineRow, kind: str, *, before: datetime, reason: str = "") -> None:
    """Write a change down; `before` was the due time before it."""
    act.session.add(
        ClockChange(
            deadline_id=row.id,
            kind=kind,
            at=act.now,
            before=before,
            after=row.due_at,
            reason=reason.strip(),
            by=act.actor.id,
        )
    )
    await act.session.flush()


async def of(
    session: AsyncSession, deadlines: Sequence[str]
) -> defaultdict[str, list[ClockChange]]:
    """The changes of these limits, by limit, oldest first."""
    rows = await session.scalars(
        select(ClockChange)
        .where(ClockChange.deadline_id.in_(deadlines))
        .order_by(ClockChange.at, ClockChange.id)
    )
    found: defaultdict[str, list[ClockChange]] = defaultdict(list)
    for row in rows:
        found[row.deadline_id].append(row)
    return found
