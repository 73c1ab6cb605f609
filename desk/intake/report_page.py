"""Taking in a report by hand: the form, the warning of what is known already, the incident."""

from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.errors import BadInput, RuleBroken, Stale
from crisis.model.playbook_section import ReportKind
from crisis.model.report import ReportIn
from crisis.model.severity import Severity
from crisis.office.intake.likeness import alike
from crisis.office.intake.reporting import Filing, file_report
from crisis.office.office import local_day
from crisis.records.schema.incident import Incident
from desk.door.app_state import office_of, reading
from desk.door.form import Form, own_form
from desk.door.gate import ACTING, Person, actor_of, must
from desk.door.page import render, seen_after
from desk.door.page_time import field_value
from desk.intake.report_form import Sheet, Wrong, report_of, sheet_of
from desk.intake.words import FLOOR_WORDS, KIND_WORDS, SEVERITY_WORDS

router = APIRouter(include_in_schema=False)

NEW = "new"


@router.get("/tin-bao")
async def page(request: Request, signed: Person) -> Response:
    """An empty form."""
    must(signed, *ACTING)
    now = request.state.now
    typed = {"received_at": field_value(now), "kind": ReportKind.PRESS.value, "key": str(uuid4())}
    return await _shown(request, Sheet(typed=typed))


@router.post("/tin-bao")
async def take(request: Request, signed: Person) -> Response:
    """Open an incident, add to a known one, or show the form again."""
    form = await own_form(request)
    must(signed, *ACTING)
    if form.get("act") == "more":
        return await _shown(request, sheet_of(form, more=True))
    office = office_of(request)
    async with reading(office) as act:
        report = report_of(form, (await office.in_force(act.session)).directory, local_day(act.now))
        if isinstance(report, Wrong):
            return await _shown(request, sheet_of(form, wrong=report), status=422)
        known = await alike(act.session, report)
    if known and not form.text("into"):
        return await _shown(request, sheet_of(form), known=known)
    return await _file(request, signed, form, report)


async def _file(request: Request, signed: Person, form: Form, report: ReportIn) -> Response:
    office, into = office_of(request), form.text("into")
    chosen = "" if into == NEW else into
    filing = Filing(
        confirmed=True, key=f"form:{form.text('key')}:{chosen}"[:190], into=chosen or None
    )
    try:
        async with office.records.act(actor_of(signed)) as act:
            filed = await file_report(office, act, report, filing)
    except BadInput as error:
        wrong = Wrong(faults=((error.field.partition("[")[0], error.sentence),))
        return await _shown(request, sheet_of(form, wrong=wrong), status=422)
    except (RuleBroken, Stale) as error:
        fresh = Form([(k, v) for k, v in form.pairs if k != "key"] + [("key", str(uuid4()))])
        wrong = Wrong(faults=(("", error.sentence),))
        return await _shown(request, sheet_of(fresh, wrong=wrong), status=409)
    done = "added" if chosen else "opened"
    return seen_after(f"/vu-viec/{filed.code}", done if filed.created else "known")


async def _shown(request: Request, sheet: Sheet, *, known: Any = (), status: int = 200) -> Response:
    office = office_of(request)
    async with reading(office) as act:
        directory = (await office.in_force(act.session)).directory
        today = local_day(act.now)
        agencies = directory.in_force(today)
        former = [body for body in directory.bodies if body.valid_to and body.valid_to < today]
    offered: tuple[Incident, ...] = tuple(known)
    return render(
        request,
        "report.html",
        status=status,
        sheet=sheet,
        known=offered,
        kinds=KIND_WORDS,
        floors=FLOOR_WORDS,
        severities=SEVERITY_WORDS,
        severity_of=Severity,
        topics=directory.topics,
        agencies=agencies,
        former=former,
    )
