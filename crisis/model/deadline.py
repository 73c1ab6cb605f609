"""A running limit: when it is due, and what is true of it now.

Counting (Civil Code 2015, articles 147 and 148, from memory):
hours are clock hours through nights and holidays; a limit in days, working days or months starts on
the day after its starting fact and ends at 24:00 of its last day, which is the midnight that begins
the next day; where the last day is a day off it ends at 24:00 of the next working day; a month
without the corresponding day ends on its last day. Working hours run inside office hours.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache

from crisis.model.calendar import Calendar
from crisis.model.errors import BadInput, RuleBroken
from crisis.model.limit import Direction, Limit, Unit
from crisis.model.words import words
from crisis.model.work_table import beyond_calendar


def _after_hours(limit: Limit, start: datetime, _: Calendar) -> datetime:
    if limit.direction is Direction.BEFORE_EVENT:
        return start - limit.span
    return start + limit.span


def _after_working_hours(limit: Limit, start: datetime, calendar: Calendar) -> datetime:
    return calendar.table.after_work(start, limit.span)


def _after_days(limit: Limit, start: datetime, calendar: Calendar) -> datetime:
    return calendar.table.closing_after_days(start, limit.count)


def _after_working_days(limit: Limit, start: datetime, calendar: Calendar) -> datetime:
    return calendar.table.closing_after_working_days(start, limit.count)


def _after_months(limit: Limit, start: datetime, calendar: Calendar) -> datetime:
    return calendar.table.closing_of(months_later(calendar.table.day_of(start), limit.count))


@lru_cache(maxsize=4096)
def months_later(day: date, months: int) -> date:
    """The corresponding day `months` later, or that month's last day where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= SHORTEST_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


SHORTEST_MONTH = 28

_DUE: dict[Unit, Callable[[Limit, datetime, Calendar], datetime]] = {
    Unit.HOUR: _after_hours,
    Unit.WORKING_HOUR: _after_working_hours,
    Unit.DAY: _after_days,
    Unit.WORKING_DAY: _after_working_days,
    Unit.MONTH: _after_months,
}


def due_at(limit: Limit, start: datetime, calendar: Calendar) -> datetime:
    """The UTC instant at which `limit` ends: not yet late at that instant, late after it.

    For a limit before an event, `start` is the event and the answer the last moment to act.
    Raises `BadInput` where `start` has no time zone or the calendar does not reach far enough.
    """
    try:
        return _DUE[limit.unit](limit, start if start.tzinfo is UTC else _in_utc(start), calendar)
    except (OverflowError, ValueError):
        beyond_calendar()


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise BadInput(
            words("Thời điểm phải có múi giờ.", "The instant must have a time zone."), field="start"
        )
    return instant.astimezone(UTC)


class Kind(StrEnum):
    """Whether missing it breaks the law or an aim of the office's own."""

    LAW = "law"
    INTERNAL = "internal"


class DeadlineState(StrEnum):
    """What is true of a deadline at one instant."""

    RUNNING = "running"
    MET = "met"
    MISSED = "missed"
    PAUSED = "paused"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """A limit that runs for one incident, task or report; `rule` is its id in the law or playbook.

    `source` is the citation and `confidence` how sure the office is of it. Facts recorded after an
    instant are unknown at that instant, so an old incident replays as it was.
    """

    rule: str
    starts_at: datetime
    due_at: datetime
    source: str
    confidence: str
    kind: Kind
    unit: Unit = Unit.HOUR
    met_at: datetime | None = None
    paused_at: datetime | None = None
    cancelled_at: datetime | None = None

    def state(self, now: datetime) -> DeadlineState:
        """What is true at `now`; once missed it stays missed, whatever is done afterwards."""
        facts = (
            (self.met_at, DeadlineState.MET),
            (self.cancelled_at, DeadlineState.CANCELLED),
            (self.paused_at, DeadlineState.PAUSED),
        )
        stands_still = self.paused_at is not None and self.paused_at <= min(now, self.due_at)
        in_time = now if stands_still else min(now, self.due_at)
        for at, state in facts:
            if at is not None and at <= in_time:
                return state
        return DeadlineState.MISSED if now > self.due_at else DeadlineState.RUNNING

    def met(self, at: datetime) -> "Deadline":
        """The same deadline, fulfilled at `at`; the first fulfilment counts."""
        return self if self.met_at else replace(self, met_at=at)

    def cancelled(self, at: datetime) -> "Deadline":
        """The same deadline, no longer owed from `at` on."""
        return replace(self, cancelled_at=at)

    def paused(self, at: datetime) -> "Deadline":
        """The same deadline, standing still from `at`; raises `RuleBroken` for a legal one."""
        if self.kind is Kind.LAW:
            raise RuleBroken(
                words(
                    "Thời hạn luật định không tạm dừng được.",
                    "A deadline set by law cannot be paused.",
                ),
                rule=self.rule,
            )
        return replace(self, paused_at=at)

    def resumed(self, at: datetime, calendar: Calendar) -> "Deadline":
        """The same deadline running again at `at`, later by as much time as it stood still."""
        if self.paused_at is None:
            return self
        if self.unit is Unit.WORKING_HOUR:
            left = calendar.worked_between(self.paused_at, self.due_at)
            return replace(self, paused_at=None, due_at=calendar.table.after_work(at, left))
        due = self.due_at + (at - self.paused_at)
        if self.unit is not Unit.HOUR:
            due = calendar.closing_of(calendar.last_day(due))
        return replace(self, paused_at=None, due_at=due)
