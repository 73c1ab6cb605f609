"""The recorded determinations of S3 and S4, the clocks they start, and the shadow beside them."""

from dataclasses import replace
from datetime import datetime

from crisis.model import determination as determinations
from crisis.model.calendar import HANOI
from crisis.model.determination import (
    DETERMINATION,
    DETERMINATION_WORDS,
    STARTS,
    Determined,
    Timing,
    check_determined,
    in_time_until,
    is_late,
    unanswered,
)
from crisis.model.playbook_section import Step
from crisis.model.severity import Floor, Severity, lowest_allowed
from crisis.model.shadow import Shadow, shadow
from crisis.office import clock_book
from crisis.office.case import Standing, hold_case
from crisis.office.office import Office, local_day
from crisis.records import amendment, determination, incident
from crisis.records.act import Act
from crisis.records.deadline import NewDeadline
from crisis.records.schema.incident import Incident

ANSWER_BOTH = f"playbook.{DETERMINATION}"
PURPOSE = "initial_statement"


def count(standing: Standing) -> bool:
    """Whether this matter's 24 hours run from determinations: by the law of its day of receipt.

    What reached the office under the older law counts from the event, whenever it is entered or
    judged: a determination of today must not win it a fresh 24 hours.
    """
    received = local_day(standing.incident.received_at)
    return determinations.count(standing.force.law.rules, received)


def are_asked(standing: Standing) -> bool:
    """Whether both have to be answered for this matter."""
    received = local_day(standing.incident.received_at)
    return determinations.are_asked(standing.force.law.rules, received, standing.severity)


def timing_of(act: Act, standing: Standing) -> Timing:
    """What this incident's determinations are measured by."""
    case = standing.incident
    severity = max(standing.severity, Severity.S3, key=lambda one: one.rank)
    target = standing.playbook.target(severity, Step.TRIAGE)
    until = in_time_until(case.received_at, target)
    return Timing(received_at=case.received_at, in_time_until=until, now=act.now)


async def ask(act: Act, standing: Standing) -> None:
    """Start the office's own clock for answering both questions, where they are asked."""
    if not are_asked(standing):
        return
    case, timing = standing.incident, timing_of(act, standing)
    await clock_book.start_clock(
        act,
        case,
        NewDeadline(
            rule=ANSWER_BOTH,
            title=DETERMINATION_WORDS,
            legal=False,
            fact="received",
            starts_at=case.received_at,
            due_at=timing.in_time_until,
            source=standing.playbook.id,
            confidence="design",
            subject=case.id,
        ),
    )
    await _settle(act, standing)


async def determine(office: Office, act: Act, standing: Standing, said: Determined) -> None:
    """Record a yes or no; a yes starts its legal clock when it was made, a no ends it.

    Raises BadInput for an impossible time, RuleBroken for a later start or a change without reason.
    """
    case = standing.incident
    before = (await determination.standing(act.session, case.id)).get(said.question)
    check_determined(said, before, timing_of(act, standing))
    await _judge_anew(office, act, case, said)
    await record(act, await hold_case(office, act, case), said)


async def record(act: Act, standing: Standing, said: Determined) -> None:
    """Write an answer down with what follows from it, late or not."""
    late = said.answer and is_late(said.made_at, timing_of(act, standing))
    await determination.add(act, standing.incident, said, late=late)
    fact = STARTS[said.question].value
    if said.answer and count(standing):
        await clock_book.start_legal(act, standing, fact=fact, purpose=PURPOSE, at=said.made_at)
    elif not said.answer:
        await clock_book.end_legal(act, standing.incident, fact=fact)
    await ask(act, standing)


async def record_now(act: Act, standing: Standing, question: Floor) -> None:
    """Record the yes that a report or a judgement brings, as of now, unless it stands already."""
    found = (await determination.standing(act.session, standing.incident.id)).get(question)
    made_at = act.now
    if found is not None and found.answer:
        made_at = found.made_at
    said = Determined(question=question, answer=True, made_at=made_at)
    await record(act, standing, replace(said, reason=found.reason) if found else said)


async def _judge_anew(office: Office, act: Act, case: Incident, said: Determined) -> None:
    """A yes forbids a lower severity; a no takes that away, and lowers nothing by itself."""
    floors = {Floor(one) for one in case.floors}
    wanted = floors | {said.question} if said.answer else floors - {said.question}
    if wanted != floors:
        least = lowest_allowed(wanted)
        severity = max(Severity(case.severity), least, key=lambda one: one.rank)
        await incident.judge(act, case, severity, frozenset(wanted))
        judged = await hold_case(office, act, case)
        await clock_book.retarget(act, judged)
        await clock_book.event_moved(act, judged)


async def _settle(act: Act, standing: Standing) -> None:
    found = await determination.standing(act.session, standing.incident.id)
    if not unanswered(found, timing_of(act, standing)):
        await clock_book.met(act, standing.incident, ANSWER_BOTH)


async def shadow_of(act: Act, standing: Standing) -> Shadow:
    """The incident's shadow clock, from the earliest receipt that was ever recorded."""
    case, session = standing.incident, act.session
    receipts = [case.received_at, *await determination.receipts(session, case.id)]
    receipts += [
        datetime.fromisoformat(change.old).replace(tzinfo=HANOI)
        for change in await amendment.changes(session, case.id)
        if change.field == "received_at" and change.old
    ]
    said = await determination.first_statement_at(session, case.id)
    return shadow(receipts, standing.force.law.internal.legal_cap, said)


async def wanted_of(act: Act, standing: Standing) -> tuple[Floor, ...]:
    """The questions that wait for a person, none where they are not asked."""
    if not are_asked(standing):
        return ()
    found = await determination.standing(act.session, standing.incident.id)
    return unanswered(found, timing_of(act, standing))
