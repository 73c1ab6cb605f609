"""Clocks that a person starts by recording a fact, and what happens to a clock on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crisis.model.calendar import Calendar
from crisis.model.deadline import Deadline, Kind, due_at
from crisis.model.errors import BadInput, NotFound, RuleBroken
from crisis.model.law import Law
from crisis.model.law_rule import LawRule
from crisis.model.limit import Direction, Target, Unit
from crisis.model.playbook_section import Step
from crisis.model.press_request import AT_CONCLUSION, AT_RECEIPT
from crisis.model.startable import Startable, startable, started_by
from crisis.model.words import Words, words
from crisis.office import clock_book
from crisis.office.case import Standing
from crisis.office.incident.determining import PURPOSE
from crisis.office.office import local_day
from crisis.records import clock_change, deadline, timer
from crisis.records.act import Act
from crisis.records.deadline import NewDeadline
from crisis.records.schema.deadline import ClockChange, DeadlineRow

ELSEWHERE = frozenset(
    {PURPOSE, AT_CONCLUSION.purpose, *(start.purpose for start in AT_RECEIPT.values())}
)
"""Purposes that are started by a determination or a press request."""

INSTANT = timedelta(microseconds=1)


def offered(law: Law, since: date = date.min) -> tuple[Startable, ...]:
    """What a person may start on an incident whose facts begin on the day `since`."""
    return startable(law, ELSEWHERE, since)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A fact as a person records it: what it starts (`Startable.value`), and when it was."""

    starts: str
    at: datetime


async def record(act: Act, standing: Standing, told: Fact) -> DeadlineRow:
    """Start the limit that the law of the fact's day sets, recorded by a named person.

    Raises NotFound where no rule was in force that day, BadInput for a fact in the future.
    """
    law = standing.force.law
    if told.starts not in {one.value for one in offered(law)}:
        raise BadInput(words("Xin chọn thời hạn.", "Please choose a limit."), field="rule")
    found = started_by(law, told.starts, local_day(told.at))
    rule, counted = found.rule, found.counts_by.counted
    if told.at > act.now and counted.direction is not Direction.BEFORE_EVENT:
        raise BadInput(
            words("Mốc này còn ở tương lai.", "This fact lies in the future."), field="at"
        )
    title = rule.title if found.counts_by is rule else found.counts_by.title
    return await clock_book.start_clock(
        act,
        standing.incident,
        NewDeadline(
            rule=told.starts.replace("/", ".") if found.counts_by is not rule else rule.id,
            title=title,
            legal=rule.kind.value == "law",
            fact=str(found.counts_by.starts_at),
            starts_at=told.at,
            due_at=due_at(counted, told.at, standing.force.calendar),
            source=clock_book.cited(law, rule).vi,
            confidence=rule.confidence.value,
            subject=standing.incident.id,
        ),
    )


async def done(act: Act, standing: Standing, row: DeadlineRow, at: datetime) -> None:
    """What the clock asks for was done at `at`: in time, or late. Raises BadInput."""
    if at > act.now or (at < row.starts_at and row.starts_at <= row.due_at):
        raise BadInput(
            words(
                "Thời điểm hoàn thành phải sau mốc bắt đầu và không ở tương lai.",
                "It has to be done after its start, and not in the future.",
            ),
            field="at",
        )
    await timer.clear_timer(act, flow="remind", subject=row.id)
    await deadline.done(act, standing.incident, row, at=at)
    await clock_change.add(act, row, "done", before=row.due_at)


async def extend(act: Act, standing: Standing, row: DeadlineRow, reason: str) -> None:
    """Extend a limit as the law allows it: once, before it ends, with a reason.

    Raises RuleBroken or BadInput.
    """
    changes = await clock_change.of(act.session, [row.id])
    limit = extension_of(standing.force.law, row, changes[row.id], act.now)
    if limit is None:
        raise RuleBroken(
            words(
                "Luật không cho gia hạn thời hạn này, hoặc đã gia hạn, hoặc đã quá hạn.",
                "The law allows no extension here, or it was used, or the limit has passed.",
            ),
            rule=row.rule,
        )
    _check_reason(reason)
    before = row.due_at
    after = due_at(limit, before - INSTANT, standing.force.calendar)
    await deadline.postpone(act, standing.incident, row, after)
    await clock_book.rewatch(act, row)
    await clock_change.add(act, row, "extended", before=before, reason=reason)


async def pause(act: Act, standing: Standing, row: DeadlineRow, reason: str) -> None:
    """Let a target of the office's own stand still. Raises RuleBroken for one of the law."""
    if row.legal or row.state != deadline.RUNNING:
        raise RuleBroken(
            words(
                "Chỉ tạm dừng được mục tiêu nội bộ đang tính; thời hạn luật định không dừng.",
                "Only a running target of the office stands still; a legal limit never does.",
            ),
            rule=row.rule,
        )
    _check_reason(reason)
    await timer.clear_timer(act, flow="remind", subject=row.id)
    await deadline.pause(act, standing.incident, row)
    await clock_change.add(act, row, "paused", before=row.due_at, reason=reason)


async def resume(act: Act, standing: Standing, row: DeadlineRow) -> None:
    """Let a target run on, later by as much time as it stood still. Raises RuleBroken."""
    changes = await clock_change.of(act.session, [row.id])
    paused = [one for one in changes[row.id] if one.kind == "paused"]
    if row.state != deadline.PAUSED or not paused:
        raise RuleBroken(
            words("Thời hạn này không tạm dừng.", "This clock does not stand still."), rule=row.rule
        )
    before = row.due_at
    after = _later(standing, row, paused_at=paused[-1].at, now=act.now)
    await deadline.resume(act, standing.incident, row, after)
    await clock_book.rewatch(act, row)
    await clock_change.add(act, row, "resumed", before=before)


def _later(standing: Standing, row: DeadlineRow, *, paused_at: datetime, now: datetime) -> datetime:
    """The due time after a pause; a target in office hours lost only those."""
    step = next((one for one in Step if row.rule == f"playbook.{one.value}"), None)
    target = standing.playbook.target(standing.severity, step) if step else None
    clock = Deadline(
        rule=row.rule,
        starts_at=row.starts_at,
        due_at=row.due_at,
        source=row.source,
        confidence=row.confidence,
        kind=Kind.INTERNAL,
        unit=target.unit if target else Unit.HOUR,
    )
    return clock.paused(paused_at).resumed(now, standing.force.calendar).due_at


def extension_of(
    law: Law, row: DeadlineRow, changes: Sequence[ClockChange], now: datetime
) -> Target | None:
    """By how much the law still lets the clock be extended; None once it was, or has ended."""
    rule = rule_of(law, row)
    running = row.state == deadline.RUNNING and now <= row.due_at
    used = any(one.kind == "extended" for one in changes)
    return rule.extends_by if rule is not None and running and not used else None


def rule_of(law: Law, row: DeadlineRow) -> LawRule | None:
    """The rule of law that a clock counts by, if it is one of the law."""
    return next((rule for rule in law.rules if rule.id == row.rule), None)


def row_among(rows: list[DeadlineRow], key: str) -> DeadlineRow:
    """The clock with this id. Raises NotFound."""
    found = next((row for row in rows if row.id == key), None)
    if found is None:
        raise NotFound(words("Không có thời hạn này.", "There is no such clock."))
    return found


def question_of(calendar: Calendar, row: DeadlineRow) -> Words | None:
    """What must be confirmed of a due time that depends on days off not yet published."""
    if row.due_at - row.starts_at in _WHOLE_HOURS or row.due_at <= row.starts_at:
        return None
    return calendar.question_about(calendar.last_day(row.due_at))


_WHOLE_HOURS = frozenset(timedelta(hours=hours) for hours in (12, 24, 72))
"""The limits in clock hours, which no day off moves."""


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise BadInput(words("Xin ghi lý do.", "Please give a reason."), field="reason")
