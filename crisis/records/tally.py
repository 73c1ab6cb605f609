"""Counts for monitoring: how many of what, without a name or a code."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.incident import ENDED
from crisis.records.deadline import MISSED, RUNNING
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.engine import WakeUp
from crisis.records.schema.incident import Incident
from crisis.records.schema.ledger import ChainHead
from crisis.records.schema.mail import Mail


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How much there is of everything that is watched. `due_soon` and `overdue` count clocks."""

    stages: dict[str, int]
    due_soon: int
    overdue: int
    mails: dict[str, int]
    waiting: int
    entries: int


async def tally(session: AsyncSession, *, now: datetime, soon: timedelta) -> Tally:
    """Count, with clocks due within `soon` of the office time `now` told apart."""
    stages = await session.execute(
        select(Incident.stage, func.count().label("many"))
        .where(Incident.stage.not_in([stage.value for stage in ENDED]))
        .group_by(Incident.stage)
    )
    mails = await session.execute(
        select(Mail.state, func.count().label("many")).group_by(Mail.state)
    )
    # What an incident missed that has ended stays on its record; nobody can act on it any more.
    clocks = (
        select(func.count())
        .select_from(DeadlineRow)
        .outerjoin(Incident, Incident.id == DeadlineRow.incident_id)
        .where(func.coalesce(Incident.stage, "").not_in([stage.value for stage in ENDED]))
    )
    near = clocks.where(
        DeadlineRow.state == RUNNING, DeadlineRow.due_at >= now, DeadlineRow.due_at < now + soon
    )
    late = clocks.where(DeadlineRow.state.in_((RUNNING, MISSED)), DeadlineRow.due_at < now)
    waiting = select(func.count()).select_from(WakeUp).where(WakeUp.dispatched_at.is_(None))
    # Every chain counts its entries itself, so none has to be read.
    entries = select(func.sum(ChainHead.seq))
    return Tally(
        stages={str(one.stage): int(one.many) for one in stages},
        due_soon=await session.scalar(near) or 0,
        overdue=await session.scalar(late) or 0,
        mails={str(one.state): int(one.many) for one in mails},
        waiting=await session.scalar(waiting) or 0,
        entries=await session.scalar(entries) or 0,
    )
