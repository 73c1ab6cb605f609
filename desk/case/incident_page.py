"""An incident at a glance: where it stands, its clocks, claims, tasks and reports."""

from collections import defaultdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.claim import BLOCK_WORDS, Block
from crisis.model.deadline import due_at
from crisis.model.determination import STARTS
from crisis.model.incident import MOVES, Stage
from crisis.model.severity import Floor, Severity
from crisis.model.verdict import VERDICT_WORDS, Verdict
from crisis.model.words import Words
from crisis.office.case import Standing
from crisis.office.content import law_signing
from crisis.office.incident import choosing
from crisis.office.intake.likeness import alike_to
from crisis.office.office import local_day
from crisis.records import (
    amendment,
    answer_version,
    claim,
    evidence_origin,
    person,
    protected_name,
    report_list,
    task_link,
    task_message,
    viewing,
)
from crisis.records.act import Act
from crisis.records.assignment import Status
from crisis.records.task_work import evidence_of
from desk.case.clock_view import clock_values
from desk.case.frame import shown, standing_of
from desk.case.words import ENDS, FIELD_WORDS, STATUS_WORDS
from desk.door.app_state import office_of, reading
from desk.door.failed_form import Failed
from desk.door.gate import ACTING, Person
from desk.intake.words import FLOOR_WORDS, KIND_WORDS, SEVERITY_WORDS
from desk.press.card import articles_of
from desk.press.words import STANDING_WORDS

router = APIRouter(include_in_schema=False)


@router.get("/vu-viec/{code}")
async def page(request: Request, signed: Person, code: str) -> Response:
    """The incident."""
    return await overview(request, code, None)


async def overview(request: Request, code: str, failed: Failed | None) -> Response:
    """The incident, with a form that was refused, if any, as it was typed."""
    office = office_of(request)
    async with reading(office) as act:
        standing = await standing_of(office, act, code)
        values = await _values(act, standing)
        values["articles"] = await articles_of(act.session, standing.incident.id)
        values["links"] = await task_link.live(act.session, standing.incident.id)
        values["alike"] = await alike_to(act.session, standing.incident.id)
        values["standings"] = STANDING_WORDS
        values["offer"] = await choosing.offer_for(office, act.session, standing.incident)
        law = standing.force.law
        values["unsigned_rules"] = await law_signing.unsigned_rules(act.session, law)
    return shown(request, "incident.html", standing, values, failed)


async def _values(act: Act, standing: Standing) -> dict[str, Any]:
    case, session = standing.incident, act.session
    directory, silence = standing.force.directory, standing.playbook.no_response
    tasks = [row.id for row in standing.assignments]
    messages = {key: await task_message.of_assignment(session, key) for key in tasks}
    answers = {key: await answer_version.of_task(session, key) for key in tasks}
    findings: dict[str, Any] = defaultdict(list, await claim.findings_of(session, case))
    return {
        **await clock_values(act, standing),
        "now": act.now,
        "recheck_at": due_at(silence.recheck_every, act.now, standing.force.calendar),
        "reopen_at": silence.reopen_at_outlets,
        "reports": await report_list.of_incident(session, case.id),
        "steering": await person.with_role(session, *ACTING),
        "findings": findings,
        "evidence": await evidence_of(session, case),
        "origins": await evidence_origin.of_incident(session, case.id),
        "messages": messages,
        "answers": answers,
        "protected": await protected_name.of_incident(session, case.id),
        "changes": await amendment.changes(session, case.id),
        "names": await person.names(act.session),
        "viewers": await viewing.named(session, case.id),
        "conclusions": {one.claim.id: one for one in standing.conclusions},
        "agencies": directory.in_force(local_day(act.now)),
        "agency_names": {body.id: body.name for body in directory.bodies},
        "topics": directory.topics,
        "claim_numbers": {row.id: row.number for row in standing.claims},
        **_WORDS,
        "judged": _floors(standing),
        "ends": [(stage, title) for stage, title in ENDS.items() if _may_end(standing, stage)],
    }


_WORDS: dict[str, Any] = {
    "verdicts": VERDICT_WORDS,
    "verdict_of": Verdict,
    "blocks": BLOCK_WORDS,
    "block_of": Block,
    "statuses": STATUS_WORDS,
    "status_of": Status,
    "severities": SEVERITY_WORDS,
    "severity_of": Severity,
    "floors": FLOOR_WORDS,
    "floor_of": Floor,
    "kinds": KIND_WORDS,
    "fields": FIELD_WORDS,
}


def _may_end(standing: Standing, there: Stage) -> bool:
    return there in MOVES[Stage(standing.incident.stage)]


def _floors(standing: Standing) -> dict[Floor, Words]:
    """The facts of the judgement form; determinations have their own once it is confirmed."""
    if Stage(standing.incident.stage) is Stage.CANDIDATE:
        return FLOOR_WORDS
    return {floor: told for floor, told in FLOOR_WORDS.items() if floor not in STARTS}
