"""The clocks of an incident: which deadlines start from which recorded fact, what meets them."""

from collections.abc import Iterator
from datetime import datetime

from crisis.model.deadline import due_at
from crisis.model.law import Law, rules_in_force
from crisis.model.law_rule import LawRule, StartingFact
from crisis.model.request_reminder import first_look
from crisis.model.severity import Severity
from crisis.model.task_time import STEP_WORDS, target_dues
from crisis.model.words import Words, words
from crisis.office.case import Standing
from crisis.office.office import local_day
from crisis.records import deadline, report_list, timer
from crisis.records.act import Act
from crisis.records.deadline import NewDeadline
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import Incident
from crisis.records.schema.statement import StatementRow

_TARGETS = frozenset(f"playbook.{step.value}" for step in STEP_WORDS)

EVENT = StartingFact.EVENT_OCCURRED.value

INITIAL_STATEMENT = (
    "initial_statement_old",
    *(
        "initial_statement_major_event",
        "initial_statement_divided_opinion",
    ),
)
"""The legal clocks that a first public statement meets."""


NEXT_UPDATE = "playbook.next_update_every"
"""The update that a published statement promises; the next publication meets it."""


async def start_targets(act: Act, standing: Standing) -> None:
    """Start the office's own targets, counted from the receipt of the report."""
    for new in _targets(standing):
        await start_clock(act, standing.incident, new)


async def retarget(act: Act, standing: Standing) -> None:
    """Another severity or another time of receipt: what is still owed is due by the new targets."""
    case, targets = standing.incident, {new.rule: new for new in _targets(standing)}
    for row in await owed(act, case):
        new = targets.get(row.rule)
        if new is not None and (row.due_at, row.starts_at) != (new.due_at, new.starts_at):
            await deadline.postpone(act, case, row, new.due_at, starts_at=new.starts_at)
            await rewatch(act, row)
        elif new is None and row.rule in _TARGETS:
            await deadline.cancel(act, case, row.rule)
    await start_targets(act, standing)


async def event_moved(act: Act, standing: Standing) -> None:
    """Another time of the event: the legal clocks of that day's law run from it, others end."""
    case = standing.incident
    starts_at = await report_list.happened_at(act.session, case)
    rules = {rule.id: rule for rule in _from_event(standing, starts_at)}
    for row in await owed(act, case):
        rule = rules.get(row.rule)
        if row.fact != EVENT or (rule and row.starts_at == starts_at):
            continue
        if rule is None or rule.limit is None:
            await deadline.cancel(act, case, row.rule)
            continue
        moved = due_at(rule.limit, starts_at, standing.force.calendar)
        await deadline.postpone(act, case, row, moved, starts_at=starts_at)
        await rewatch(act, row)
    if Severity(case.severity).at_least(Severity.S3):
        await start_legal(act, standing, fact=EVENT, purpose="initial_statement")


def _from_event(standing: Standing, starts_at: datetime) -> list[LawRule]:
    found = rules_in_force(standing.force.law.rules, "initial_statement", local_day(starts_at))
    return [rule for rule in found if rule.starts_at == EVENT]


def _targets(standing: Standing) -> Iterator[NewDeadline]:
    incident = standing.incident
    dues = target_dues(
        standing.playbook,
        Severity(incident.severity),
        received_at=incident.received_at,
        calendar=standing.force.calendar,
    )
    for step, due in dues.items():
        yield NewDeadline(
            rule=f"playbook.{step.value}",
            title=STEP_WORDS[step],
            legal=False,
            fact="received",
            starts_at=incident.received_at,
            due_at=due,
            source=standing.playbook.id,
            confidence="design",
            subject=incident.id,
        )


async def start_legal(
    act: Act, standing: Standing, *, fact: str, purpose: str, at: datetime | None = None
) -> None:
    """Start the legal clocks named `purpose` that are in force on the day of their starting fact.

    `fact` is the id of the fact (`law.yaml`, `starts_at`), of the time `at` or now, unless the law
    counts from the event itself. A running clock of another time is moved, a missed one no later.
    """
    incident = standing.incident
    starts_at = at or act.now
    if fact == EVENT:
        starts_at = await report_list.happened_at(act.session, incident)
    for rule in rules_in_force(standing.force.law.rules, purpose, local_day(starts_at)):
        if rule.limit is None or rule.starts_at != fact:
            continue
        row = await start_clock(
            act,
            incident,
            NewDeadline(
                rule=rule.id,
                title=rule.title,
                legal=True,
                fact=fact,
                starts_at=starts_at,
                due_at=due_at(rule.limit, starts_at, standing.force.calendar),
                source=cited(standing.force.law, rule).vi,
                confidence=rule.confidence.value,
                subject=incident.id,
            ),
        )
        given_more = row.state == deadline.MISSED and starts_at > row.starts_at
        if row.starts_at != starts_at and row.met_at is None and not given_more:
            moved = due_at(rule.limit, starts_at, standing.force.calendar)
            await deadline.postpone(act, incident, row, moved, starts_at=starts_at)
            await rewatch(act, row)


async def end_legal(act: Act, incident: Incident, *, fact: str) -> None:
    """The fact does not hold: clocks that run from it are no longer owed, but for a missed one."""
    for row in await owed(act, incident):
        if row.legal and row.fact == fact:
            await deadline.miss(act, incident, row)
            await deadline.cancel(act, incident, row.rule)


def cited(law: Law, rule: LawRule) -> Words:
    """The citation of a rule in both languages."""
    return law.citation(rule.sources)


async def start_clock(act: Act, incident: Incident | None, new: NewDeadline) -> DeadlineRow:
    """Start a clock, of the office itself where there is no incident."""
    row = await deadline.start(act, incident, new)
    if row.state == deadline.RUNNING:
        await rewatch(act, row)
    return row


async def met(act: Act, incident: Incident, *rules: str) -> None:
    """What these clocks ask for is done now."""
    await deadline.meet(act, incident, *rules)


async def owed(act: Act, incident: Incident) -> list[DeadlineRow]:
    """What is still owed, the earliest due first."""
    return list(await deadline.open_ones(act.session, incident.id))


async def rewatch(act: Act, row: DeadlineRow) -> None:
    """A deadline was started or moved: set when people are told of it, where they are."""
    at = first_look(row.fact, row.starts_at, row.due_at, act.now)
    if at is not None:
        await timer.set_timer(act, row.incident_id, flow="remind", subject=row.id, at=at)


async def promise_update(act: Act, standing: Standing, row: StatementRow) -> None:
    """A published statement promised the next update: the promise is a deadline like any other."""
    if row.next_update_at is None:
        return
    await start_clock(
        act,
        standing.incident,
        NewDeadline(
            rule=NEXT_UPDATE,
            title=words("Cập nhật đã hứa với công chúng", "Update promised to the public"),
            legal=False,
            fact="statement_published",
            starts_at=act.now,
            due_at=row.next_update_at,
            source=standing.playbook.id,
            confidence="design",
            subject=row.id,
        ),
    )
