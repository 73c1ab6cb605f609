"""Periodic duties: planned from the law, each a clock of the office with its reminders."""

from datetime import datetime

from crisis.model.action import Action
from crisis.model.calendar import HANOI
from crisis.model.duty_plan import PlannedDuty, is_periodic, moments_at, planned_duties
from crisis.model.law import Law
from crisis.model.law_rule import LawRule, Recurrence
from crisis.model.periodic_duty import CONTACTS
from crisis.office.clock_book import start_clock
from crisis.office.office import Office
from crisis.records import clock_told, deadline, duty, timer
from crisis.records.act import Act
from crisis.records.deadline import NewDeadline
from crisis.records.schema.deadline import DeadlineRow

REMIND = "remind"


def duty_rules(law: Law) -> tuple[str, ...]:
    """The rules whose clocks are duties of the office without any incident."""
    found = [rule.id for rule in law.rules if is_periodic(rule) or rule.purpose == CONTACTS]
    return tuple(found)


async def plan(office: Office, act: Act) -> int:
    """Start the clock of each duty that is owed now; one that runs already is left alone.

    Where the last one decides when the next is due and none was ever recorded, it is counted from
    the first planning: the office knows better, and records its last one.
    """
    force = await office.in_force(act.session)
    since: dict[str, datetime] = {}
    for rule in force.law.rules:
        if rule.recurrence is Recurrence.AT_LEAST_EVERY:
            since[rule.id] = await _since(act, rule)
    started = 0
    for one in planned_duties(force.law, force.calendar, act.now, since):
        started += await _start(act, force.law, one)
    return started


async def _since(act: Act, rule: LawRule) -> datetime:
    """When the last one was held; without any, when this office began to count."""
    last = await duty.last_done(act.session, rule.purpose)
    if last is not None:
        return last
    counted = [row.starts_at for row in await duty.clocks(act.session, [rule.id])]
    today = act.now.astimezone(HANOI).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(counted, default=today)


async def _start(act: Act, law: Law, one: PlannedDuty) -> bool:
    known = await duty.clocks(act.session, [one.rule.id])
    if any(row.subject_id == one.subject for row in known):
        return False
    if one.rule.recurrence is Recurrence.AT_LEAST_EVERY:
        await drop(act, [row for row in known if duty.is_owed(row)])
    row = await start_clock(
        act,
        None,
        NewDeadline(
            rule=one.rule.id,
            title=one.rule.title,
            legal=True,
            fact=one.rule.recurrence.value if one.rule.recurrence else "yearly",
            starts_at=one.due.starts_at,
            due_at=one.due.due_at,
            source=law.citation(one.rule.sources).vi,
            confidence=one.rule.confidence.value,
            subject=one.subject,
        ),
    )
    await watch(act, row)
    return True


async def drop(act: Act, rows: list[DeadlineRow]) -> None:
    """Counted from another day, so these are no longer what is owed."""
    for row in rows:
        row.state = deadline.CANCELLED
        await act.session.flush()
        await timer.clear_timer(act, flow=REMIND, subject=row.id)
        await clock_told.noted(act, None, row, Action.CLOCK_CANCELLED)


async def watch(act: Act, row: DeadlineRow) -> None:
    """Look at a duty when its next reminder is due, at once where one is due already."""
    gone, coming = moments_at(row.rule, row.starts_at, row.due_at, act.now)
    at = gone or coming
    if at is not None:
        await timer.set_timer(act, None, flow=REMIND, subject=row.id, at=at)


async def due_soon(office: Office, act: Act) -> list[DeadlineRow]:
    """Duties that are late, or of which people have been reminded, the earliest due first."""
    rules = duty_rules((await office.in_force(act.session)).law)
    return [
        row
        for row in await duty.clocks(act.session, rules)
        if duty.is_owed(row)
        and moments_at(row.rule, row.starts_at, row.due_at, act.now)[0] is not None
    ]
