"""Which reminders of a task are due now, which are skipped and why, and when to look again.

A level is a share of the time allowed, in percent; 100 is the due time itself. Each level is sent
or skipped once per task, recipient and anchor (the fact that set the due time: a new due time is a
new anchor and begins a new series).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crisis.model.calendar import Calendar
from crisis.model.limit import Unit

AT_DUE = 100

QUIET_BELOW = 75

IN_WORKING_TIME = frozenset({Unit.WORKING_HOUR, Unit.WORKING_DAY})


class SkipReason(StrEnum):
    """Why a reminder was not sent."""

    OVERTAKEN = "overtaken"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """The instant at which a level is reached."""

    level: int
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminder:
    """One reminder to send, or to record as skipped for `reason`."""

    task: str
    recipient: str
    level: int
    anchor: str
    reason: SkipReason | None = None

    @property
    def key(self) -> str:
        """The business key: a reminder with this key goes out at most once."""
        return f"reminder:{self.task}:{self.recipient}:{self.level}:{self.anchor}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReminderSeries:
    """The reminders of one task to one recipient; `settled` are the levels sent or skipped so far.

    An acknowledgement silences levels below `quiet_below`: having received is not having answered.
    """

    task: str
    recipient: str
    anchor: str
    moments: tuple[Moment, ...]
    settled: frozenset[int] = frozenset()
    acknowledged_at: datetime | None = None
    done_at: datetime | None = None
    quiet_below: int = QUIET_BELOW


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminding:
    """What to do now, and the stored instant at which to ask again (none: the series is over)."""

    send: tuple[Reminder, ...]
    skipped: tuple[Reminder, ...]
    next_at: datetime | None


def reminder_moments(
    shares: Iterable[float],
    *,
    starts_at: datetime,
    due_at: datetime,
    unit: Unit,
    calendar: Calendar,
) -> tuple[Moment, ...]:
    """When each share (0.5 is half) of the time is used; working time is office hours only."""
    levels = sorted({round(share * AT_DUE) for share in shares})
    before = [level for level in levels if level < AT_DUE]
    if unit in IN_WORKING_TIME:
        whole = calendar.worked_between(starts_at, due_at)
        instants = [calendar.table.after_work(starts_at, whole * n / AT_DUE) for n in before]
    else:
        instants = [starts_at + (due_at - starts_at) * n / AT_DUE for n in before]
    instants += [due_at] * (len(levels) - len(before))
    return tuple(Moment(level=n, at=at) for n, at in zip(levels, instants, strict=True))


def due_reminders(series: ReminderSeries, now: datetime) -> Reminding:
    """What is due at `now`: of several levels reached at once only the latest is sent."""
    open_ = [moment for moment in series.moments if moment.level not in series.settled]
    if series.done_at is not None and series.done_at <= now:
        skipped = tuple(_reminder(series, moment, SkipReason.DONE) for moment in open_)
        return Reminding(send=(), skipped=skipped, next_at=None)
    reached = [moment for moment in open_ if moment.at <= now]
    waiting = [moment.at for moment in open_ if moment not in reached]
    wanted = [moment for moment in reached if not _is_quiet(series, moment, now)]
    latest = wanted[-1:]
    return Reminding(
        send=tuple(_reminder(series, moment) for moment in latest),
        skipped=tuple(
            _reminder(series, moment, _why(moment, wanted))
            for moment in reached
            if moment not in latest
        ),
        next_at=min(waiting, default=None),
    )


def _is_quiet(series: ReminderSeries, moment: Moment, now: datetime) -> bool:
    acknowledged = series.acknowledged_at is not None and series.acknowledged_at <= now
    return acknowledged and moment.level < series.quiet_below


def _why(moment: Moment, wanted: list[Moment]) -> SkipReason:
    return SkipReason.OVERTAKEN if moment in wanted else SkipReason.ACKNOWLEDGED


def _reminder(series: ReminderSeries, moment: Moment, reason: SkipReason | None = None) -> Reminder:
    return Reminder(
        task=series.task,
        recipient=series.recipient,
        level=moment.level,
        anchor=series.anchor,
        reason=reason,
    )
