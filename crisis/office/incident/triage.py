"""Triage: confirm or dismiss, judge, determine, decide not to respond, close and reopen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from crisis.model.action import Action
from crisis.model.determination import STARTS
from crisis.model.errors import RuleBroken
from crisis.model.incident import Stage
from crisis.model.law_rule import StartingFact
from crisis.model.ledger import instant
from crisis.model.no_response import check_recheck, check_severity
from crisis.model.playbook_section import ReportKind
from crisis.model.press_request import RequestStatus
from crisis.model.rule import inv12_no_response_has_owner
from crisis.model.severity import Floor, Severity
from crisis.model.words import Words, words
from crisis.office import clock_book, watchman
from crisis.office.case import Standing, hold_case
from crisis.office.incident import determining
from crisis.office.office import Office, local_day
from crisis.records import deadline, incident, press_request, report_list, timer, turn
from crisis.records.act import Act
from crisis.records.schema.incident import Incident

RECHECK = "respond"


async def begin(office: Office, act: Act, row: Incident) -> None:
    """A named person has confirmed the incident: its clocks start, triage is done."""
    standing = await hold_case(office, act, row)
    await clock_book.start_targets(act, standing)
    await clock_book.met(act, row, "playbook.triage")
    await _count_from_event(act, standing)
    await _record(act, standing, (Floor(floor) for floor in sorted(set(row.floors))))


async def _record(act: Act, standing: Standing, floors: Iterable[Floor]) -> None:
    """Record the determinations among `floors`, and ask for those that are still owed."""
    for floor in floors:
        if floor in STARTS:
            await determining.record_now(act, standing, floor)
    await determining.ask(act, standing)


async def _count_from_event(act: Act, standing: Standing) -> None:
    """Until 30/6/2026 the 24 hours run from the event itself (Decree 09/2017, 6.3a), from S3 on."""
    if standing.severity.at_least(Severity.S3):
        await clock_book.start_legal(
            act,
            standing,
            fact=StartingFact.EVENT_OCCURRED.value,
            purpose="initial_statement",
        )


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
        standing = await hold_case(office, act, row)
        await clock_book.retarget(act, standing)
        await clock_book.event_moved(act, standing)
        await _count_from_event(act, standing)
        await _record(act, standing, sorted(fresh))
    await turn.wake(act, row, because="judged anew")


@dataclass(frozen=True, kw_only=True, slots=True)
class NoResponse:
    """The decision not to answer publicly: why, who answers for it, until when, what reopens it.

    Without an `owner` it is whoever decides. So many further outlets reopen the incident.
    """

    reason: str
    recheck_at: datetime
    reopen_at_outlets: int = 2
    owner: str = ""


async def decide_no_response(act: Act, standing: Standing, decision: NoResponse) -> None:
    """Record that nothing is said for now, or still not; it is looked at again at `recheck_at`.

    Raises RuleBroken (INV12): no reason, too grave, or a newspaper waits for an answer; BadInput
    for a time to look again that cannot be.
    """
    row = standing.incident
    check_recheck(decision.recheck_at, act.now)
    check_severity(standing.severity, standing.playbook.no_response.up_to)
    owner = decision.owner or act.actor.id
    inv12_no_response_has_owner(
        reason=decision.reason,
        owner=owner,
        recheck_on=local_day(decision.recheck_at),
        open_press_request=await _is_owed(act, standing),
    )
    if Stage(row.stage) is not Stage.MONITORING:
        await incident.move(act, row, Stage.MONITORING, reason=decision.reason)
    outlets = await report_list.outlets(act.session, row.id)
    row.outcome = {
        "no_response": decision.reason,
        "owner": owner,
        "decided_at": instant(act.now),
        "recheck_at": instant(decision.recheck_at),
        "reopen_at_outlets": decision.reopen_at_outlets,
        "outlets": outlets,
    }
    await deadline.cancel(act, row, subject=row.id)
    await timer.set_timer(act, row.id, flow=RECHECK, subject=row.id, at=decision.recheck_at)
    await act.note(
        row.code,
        Action.NO_RESPONSE_DECIDED,
        {
            "owner": owner,
            "recheck_at": instant(decision.recheck_at),
            "outlets": outlets,
            "reopen_at_outlets": decision.reopen_at_outlets,
        },
    )


async def _is_owed(act: Act, standing: Standing) -> bool:
    """Whether the press waits: by an open request, or it asked and no answer was ever recorded."""
    key = standing.incident.id
    requests = await press_request.of_incident(act.session, key)
    if requests:
        return any(line.request.status == RequestStatus.OPEN.value for line in requests)
    reports = await report_list.of_incident(act.session, key)
    asking = standing.incident.kind == ReportKind.PRESS_REQUEST.value
    return asking or any(report.press_request for report in reports)


async def look_at_threshold(office: Office, act: Act, row: Incident) -> None:
    """A report came to a monitored incident: enough further outlets, or a question, reopen it."""
    if Stage(row.stage) is not Stage.MONITORING or not (row.outcome or {}).get("no_response"):
        return
    decided = row.outcome or {}
    further = await report_list.outlets(act.session, row.id) - int(decided.get("outlets", 0))
    asked = await press_request.is_asked(act.session, row.id)
    if asked:
        await reopen(office, act, row, words("Có báo chí hỏi", "A newspaper has asked"))
    elif further >= int(decided["reopen_at_outlets"]):
        why = words(f"Thêm {further} báo đăng tin", f"{further} further outlets reported")
        await reopen(office, act, row, why)


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


async def reopen(office: Office, act: Act, row: Incident, reason: Words) -> None:
    """Take up an ended or monitored incident again, with a recorded reason."""
    there = Stage.VERIFYING if _was_worked(row) else Stage.OPEN
    await incident.move(act, row, there, reason=reason.vi)
    row.outcome = {
        "reopened": {"vi": reason.vi, "en": reason.en},
        "reopened_at": instant(act.now),
        "before": row.outcome,
    }
    if row.confirmed_at is None:
        row.confirmed_at, row.coordinator_id = act.now, act.actor.id
    await begin(office, act, row)
    await watchman.resume(act, await hold_case(office, act, row))
    await turn.wake(act, row, because="reopened")


def _was_worked(row: Incident) -> bool:
    return Stage(row.stage) in {Stage.CLOSED, Stage.REFERRED, Stage.MONITORING}
