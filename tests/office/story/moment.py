"""What happens next by itself in an office that is left alone, and when."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.office.office import Office
from crisis.records import timer
from crisis.records.deadline import RUNNING
from crisis.records.lapse import record_lapses
from crisis.records.schema.deadline import DeadlineRow, Timer


async def next_due(session: AsyncSession) -> datetime | None:
    """Office time of the earliest timer; None where there is none."""
    earliest: datetime | None = await session.scalar(select(func.min(Timer.due_at)))
    return earliest


async def next_moment(office: Office) -> datetime | None:
    """The earliest timer, or the moment at which the next deadline has just passed."""
    earliest = select(func.min(DeadlineRow.due_at)).where(DeadlineRow.state == RUNNING)
    async with office.records.look() as session:
        times = [await next_due(session)]
        ends = await session.scalar(earliest)
    times += [ends + timedelta(seconds=1)] if ends else []
    return min((at for at in times if at), default=None)


async def fallen_due(office: Office) -> list[timer.Due]:
    """As the dispatcher does: what passed unmet is recorded; the timers that are due."""
    lapsed = await record_lapses(office.records)
    async with office.records.act() as act:
        due = await timer.claim_due(act)
    assert due or lapsed, "what is due is neither recorded, nor moved or removed by its run"
    return due
