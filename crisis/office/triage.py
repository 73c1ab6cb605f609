"""Triage: confirm or dismiss, judge, determine, decide not to respond, close and reopen."""

from dataclasses import dataclass
from datetime import datetime

from crisis.model.action import Action
from crisis.model.errors import RuleBroken
from crisis.model.incident import Stage
from crisis.model.law_rule import StartingFact
from crisis.model.ledger import instant
from crisis.model.rule import inv12_no_response_has_owner
from crisis.model.severity import Floor, Severity
from crisis.model.words import words
from crisis.office import clock_book, watchman
from crisis.office.case import Standing, read_case
from crisis.office.office import Office, local_day
from crisis.records import deadline, incident, press_request, timer, turn
from crisis.records.act import Act
from crisis.records.schema.incident import Incident

RECHECK = "respond"

STARTS = {
    Floor.MAJOR_EVENT: StartingFact.AGENCY_RECEIVED_AND_HANDLING,
    Floor.DIVIDED_OPINION: StartingFact.AGENCY_DETERMINED_PUBLIC_IMPACT,
}
"""The recorded determination that starts each 24-hour clock (Decree 244/2026, 7.3 and 7.4)."""


async def begin(office: Office, act: Act, row: Incident) -> None:
    """A named person has confirmed the incident: its clocks start, triage is done."""
    standing = await read_case(office, act, row)
    await clock_book.start_targets(act, standing)
    await clock_book.met(act, row, "playbook.triage")
    await _count_from_event(act, standing)
    for floor in sorted(set(row.floors)):
        await _determined(act, office, row, Floor(floor))


async def _count_from_event(act: Act, standing: Standing) -> None:
    """Until 30/6/2026 the 24 hours run from the event itself (Decree 09/2017, 6.3a), from S3 on."""
    if standing.severity.at_least(Severity.S3):
        await clock_book.start_legal(
            act,
            standing,
            fact=StartingFact.EVENT_OCCURRED.value,
            purpose="initial_statement",
        )


async def _determined(act: Act, office: Office, row: Incident, floor: Floor) -> None:
    fact = STARTS.get(floor)
    if fact is None:
        return
    await act.note(
        row.code,
        Action.DETERMINATION_MADE,
        {"determination": floor.value, "answer": True, "made_at": instant(act.now)},
    )
    standing = await read_case(office, act, row)
    await clock_book.start_legal(act, standing, fact=fact.value, purpose="initial_statement")


async def confirm(office: Office, act: Act, row: Incident) -> None:
    """A named person confirms a candidate; only now may an agency be mailed."""
    await incident.confirm(act, row)
    await begin(office, act, row)
    await turn.wake(act, row, because="confirmed")


async def judge(
    office: Office, act: Act, row: Incident, severity: Severity, floors: frozenset[Floor]
) -> None:
    """Set severity and the facts behind it; a new determination starts its legal clock now."""
    fresh = floors - {Floor(f) for f in row.floors}
    await incident.judge(act, row, severity, floors)
    if Stage(row.stage) is not Stage.CANDIDATE:
        standing = await read_case(office, act, row)
        await clock_book.retarget(act, standing)
        await clock_book.event_moved(act, standing)
        await _count_from_event(act, standing)
        for floor in sorted(fresh):
            await _determined(act, office, row, floor)
    await turn.wake(act, row, because="judged anew")


@dataclass(frozen=True, kw_only=True, slots=True)
class NoResponse:
    """The decision not to answer publicly: why, until when, and what reopens it."""

    reason: str
    recheck_at: datetime
    reopen_at_outlets: int = 2


async def decide_no_response(act: Act, row: Incident, decision: NoResponse) -> None:
    """Record that nothing is said for now; the incident is looked at again at `recheck_at`.

    Raises RuleBroken (INV12): no reason, or a newspaper waits for an answer.
    """
    inv12_no_response_has_owner(
        reason=decision.reason,
        owner=act.actor.id,
        recheck_on=local_day(decision.recheck_at),
        open_press_request=await press_request.is_asked(act.session, row.id),
    )
    await incident.move(act, row, Stage.MONITORING, reason=decision.reason)
    row.outcome = {
        "no_response": decision.reason,
        "owner": act.actor.id,
        "recheck_at": instant(decision.recheck_at),
        "reopen_at_outlets": decision.reopen_at_outlets,
    }
    await deadline.cancel(act, row, subject=row.id)
    await timer.set_timer(act, row.id, flow=RECHECK, subject=row.id, at=decision.recheck_at)
    await act.note(
        row.code,
        Action.NO_RESPONSE_DECIDED,
        {
            "recheck_at": instant(decision.recheck_at),
            "reopen_at_outlets": decision.reopen_at_outlets,
        },
    )


async def end(act: Act, row: Incident, there: Stage, reason: str) -> None:
    """Close, dismiss or refer with a recorded reason. Raises RuleBroken."""
    if there not in {Stage.CLOSED, Stage.DISMISSED, Stage.REFERRED}:
        raise RuleBroken(
            words("Đây không phải cách kết thúc vụ việc.", "This does not end an incident."),
            rule="moves",
        )
    await incident.move(act, row, there, reason=reason)
    row.outcome = {**(row.outcome or {}), "ended": there.value, "reason": reason}
    await deadline.cancel(act, row)


async def reopen(office: Office, act: Act, row: Incident, reason: str) -> None:
    """Take up an ended or monitored incident again, with a recorded reason."""
    await incident.move(
        act, row, Stage.VERIFYING if _was_worked(row) else Stage.OPEN, reason=reason
    )
    if row.confirmed_at is None:
        row.confirmed_at, row.coordinator_id = act.now, act.actor.id
    await begin(office, act, row)
    await watchman.resume(act, await read_case(office, act, row))
    await turn.wake(act, row, because="reopened")


def _was_worked(row: Incident) -> bool:
    return Stage(row.stage) in {Stage.CLOSED, Stage.REFERRED, Stage.MONITORING}
