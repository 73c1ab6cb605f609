"""Taking in a report by hand: the form, the warning of what is known already, the incident."""

from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.errors import BadInput, RuleBroken, Stale
from crisis.model.playbook_section import ReportKind
from crisis.model.report import ReportIn
from crisis.model.severity import Floor, Severity
from crisis.model.words import Words, words
from crisis.office.likeness import alike
from crisis.office.office import local_day
from crisis.office.reporting import Filing, file_report
from crisis.records.schema.incident import Incident
from desk.app_state import office_of, reading
from desk.board_page import SEVERITY_WORDS
from desk.form import Form, own_form
from desk.gate import ACTING, Person, actor_of, must
from desk.page import render, seen_after
from desk.page_time import field_value
from desk.report_form import Sheet, Wrong, report_of, sheet_of

router = APIRouter(include_in_schema=False)

KIND_WORDS: dict[ReportKind, Words] = {
    ReportKind.PRESS: words("Báo chí", "Press"),
    ReportKind.SOCIAL: words("Mạng xã hội", "Social network"),
    ReportKind.CITIZEN: words("Phản ánh của người dân", "Citizen"),
    ReportKind.HOTLINE: words("Đường dây nóng", "Hotline"),
    ReportKind.RUMOUR: words("Tin đồn, thông tin chưa rõ nguồn", "Rumour, source unknown"),
    ReportKind.PRESS_REQUEST: words(
        "Báo chí gửi câu hỏi, đề nghị trả lời", "A newspaper asks for an answer"
    ),
    ReportKind.POLICY: words(
        "Truyền thông dự thảo chính sách (có kế hoạch)", "Planned communication of a draft policy"
    ),
}
FLOOR_WORDS: dict[Floor, Words] = {
    Floor.LIFE_SAFETY: words("Có thương vong hoặc đe dọa tính mạng", "Deaths, or danger to life"),
    Floor.PUBLIC_HEALTH: words("Ảnh hưởng sức khỏe cộng đồng", "Public health is affected"),
    Floor.CHILD_VICTIM: words("Có trẻ em bị xâm hại, bị hại", "A child is a victim"),
    Floor.PRESS_REQUEST: words(
        "Báo chí đã gửi câu hỏi, yêu cầu trả lời", "A newspaper has asked for an answer"
    ),
    Floor.SEVERAL_PROVINCES: words("Liên quan nhiều tỉnh, thành", "Several provinces concerned"),
    Floor.MAJOR_EVENT: words(
        "Xác định là vụ việc lớn, được xã hội quan tâm", "Determined to be a major event"
    ),
    Floor.DIVIDED_OPINION: words(
        "Xác định gây dư luận trái chiều, ảnh hưởng xã hội",
        "Determined to divide public opinion",
    ),
}
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
        agencies = directory.in_force(local_day(act.now))
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
    )
