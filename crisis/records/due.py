"""Whether anything is due at all: one question, asked every round by the dispatcher."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.clock import Clock
from crisis.records.act import clock_of
from crisis.records.schema.deadline import DeadlineRow, Timer, clock_runs
from crisis.records.schema.engine import WakeUp
from crisis.records.schema.mail import Mail
from crisis.records.schema.press import PressFeed, PressItem
from crisis.records.schema.publication import Delivery


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """What there is to do now, with the clock by which it was asked."""

    clock: Clock
    clocks: bool
    wake_ups: bool
    timers: bool
    mails: bool
    deliveries: bool
    press: bool

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        waiting = (self.clocks, self.wake_ups, self.timers, self.mails, self.deliveries, self.press)
        return True in waiting


async def anything(session: AsyncSession) -> Due:
    """Ask the indexes of everything that can be due; the cost does not grow with what is open."""
    clock = await clock_of(session)
    real, office = clock.real_now(), clock.now()
    earliest = await session.execute(
        select(
            select(DeadlineRow.id).where(clock_runs(), DeadlineRow.due_at < office).exists(),
            select(WakeUp.id).where(WakeUp.dispatched_at.is_(None)).exists(),
            select(Timer.id)
            .where(
                Timer.due_at <= office,
                or_(Timer.claimed_until.is_(None), Timer.claimed_until < real),
            )
            .exists(),
            select(func.min(Mail.next_at)).scalar_subquery(),
            select(func.min(Delivery.next_at)).scalar_subquery(),
            select(func.min(PressFeed.next_at)).scalar_subquery(),
            select(func.min(PressItem.read_next_at)).scalar_subquery(),
        )
    )
    clocks, wake_ups, timers, mail_at, delivery_at, feed_at, article_at = earliest.one()
    return Due(
        clock=clock,
        clocks=bool(clocks),
        wake_ups=bool(wake_ups),
        timers=bool(timers),
        mails=mail_at is not None and mail_at <= real,
        deliveries=delivery_at is not None and delivery_at <= real,
        press=(feed_at is not None and feed_at <= real)
        or (article_at is not None and article_at <= office),
    )
