"""Counts for monitoring: how many of what, without a name or a code."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.incident import ENDED, Stage
from crisis.records.deadline import MISSED, RUNNING
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.engine import WakeUp
from crisis.records.schema.incident import Incident, runs
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
    """Count, with clocks due within `soon` of the office time `now` told apart.

    What an incident missed that has ended stays on its record; nobody can act on it any more.
    """
    # Stage by stage: what has ended, years of it, is not walked through.
    running = [stage.value for stage in set(Stage) - ENDED]
    stages = select(Incident.stage, func.count()).where(Incident.stage.in_(running))
    mails = select(Mail.state, func.count())
    waiting = select(func.count()).select_from(WakeUp).where(WakeUp.dispatched_at.is_(None))
    # Every chain counts its entries itself, so none has to be read.
    entries = select(func.sum(ChainHead.seq))
    near = (DeadlineRow.state == RUNNING, DeadlineRow.due_at.between(now, now + soon))
    late = (DeadlineRow.state.in_((RUNNING, MISSED)), DeadlineRow.due_at < now)
    return Tally(
        stages=dict((await session.execute(stages.group_by(Incident.stage))).tuples().all()),
        due_soon=await _clocks(session, now + soon, *near),
        overdue=await _clocks(session, now, *late),
        mails=dict((await session.execute(mails.group_by(Mail.state))).tuples().all()),
        waiting=await session.scalar(waiting) or 0,
        entries=await session.scalar(entries) or 0,
    )


async def _clocks(session: AsyncSession, before: datetime, *wanted: ColumnElement[bool]) -> int:
    """How many clocks are so: the office's own, and those of incidents that run.

    An incident whose first clock is due after `before` has none.
    """
    # Asked within the count, so that the search begins at the incidents and not at all clocks.
    many = func.count(DeadlineRow.id).filter(*wanted)
    own = select(many).where(DeadlineRow.incident_id.is_(None))
    of_incidents = (
        select(many)
        .join(Incident, Incident.id == DeadlineRow.incident_id)
        .where(runs(), Incident.clock_at <= before)
    )
    return (await session.scalar(own) or 0) + (await session.scalar(of_incidents) or 0)
