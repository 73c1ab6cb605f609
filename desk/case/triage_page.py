"""What a coordinator does with an incident: confirm, judge, classify, amend, end, reopen."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.claim import Claim
from crisis.model.determination import STARTS
from crisis.model.errors import BadInput, Stale
from crisis.model.incident import Stage
from crisis.model.severity import Floor, Severity
from crisis.model.words import Words, words
from crisis.office import matter
from crisis.office.agency import steering
from crisis.office.agency.steering import Classification
from crisis.office.case import Standing
from crisis.office.incident import choosing, merging, triage
from crisis.office.incident.triage import NoResponse
from crisis.office.matter import Matter
from crisis.office.office import Office, local_day
from crisis.records.act import Act
from crisis.records.amendment import Amendment
from crisis.records.schema.incident import ClaimRow
from desk.case.act import Order, perform
from desk.case.incident_page import overview
from desk.door.form import Form, whole
from desk.door.gate import Person
from desk.door.page_time import field_value
from desk.intake.report_form import body_of

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}")


async def _confirm(office: Office, act: Act, standing: Standing, form: Form) -> None:
    await triage.confirm(office, act, standing.incident)


async def _judge(office: Office, act: Act, standing: Standing, form: Form) -> None:
    case = standing.incident
    if form.text("seen") != seen_judgement(standing):
        raise Stale(
            words(
                "Mức độ vừa được người khác xác định lại. Xin xem lại rồi gửi lại.",
                "Somebody has just judged it anew. Please look again, then send it once more.",
            )
        )
    severity = next((one for one in Severity if one.value == form.text("severity")), None)
    known = {floor.value for floor in Floor}
    if severity is None or not set(form.texts("floors")) <= known:
        raise BadInput(words("Xin chọn mức độ.", "Please choose a severity."), field="severity")
    # Once the incident is confirmed, each determination is an answer of its own.
    kept = {one for one in case.floors if Floor(one) in STARTS}
    told = {one for one in form.texts("floors") if Floor(one) not in STARTS}
    ripe = Stage(case.stage) is not Stage.CANDIDATE
    floors = frozenset(Floor(one) for one in (told | kept if ripe else form.texts("floors")))
    await triage.judge(office, act, case, severity, floors)


def seen_judgement(standing: Standing) -> str:
    """What was judged when the page was made, to tell an edit over another person's."""
    return " ".join([standing.incident.severity, *sorted(standing.incident.floors)])


async def _add_claim(office: Office, act: Act, standing: Standing, form: Form) -> None:
    about, day = form.text("about"), local_day(act.now)
    agency = body_of(standing.force.directory, about, day, "about") if about else None
    new = Claim(
        id="",
        number=0,
        text=Words(vi=form.text("vi"), en=form.text("en") or form.text("vi")),
        about=agency if form.checked("conduct") else None,
        opinion=form.text("kind") == "opinion",
    )
    await matter.add_claim(act, standing, new)


async def _classify(office: Office, act: Act, standing: Standing, form: Form) -> None:
    said = Classification(
        opinion=form.text("kind") == "opinion",
        out_of_scope=form.text("kind") == "out_of_scope",
        under_investigation=form.checked("under_investigation"),
        reason=form.text("reason"),
    )
    await steering.classify(act, standing, _claim(standing, form), said)


def _claim(standing: Standing, form: Form) -> ClaimRow:
    row = next((row for row in standing.claims if row.id == form.text("row")), None)
    if row is None:
        raise BadInput(words("Không có nội dung này.", "There is no such claim."), field="row")
    return row


MOST_OUTLETS = 99
"""More outlets than that do not report on one province."""


async def _no_response(office: Office, act: Act, standing: Standing, form: Form) -> None:
    typed, usual = form.text("outlets"), standing.playbook.no_response.reopen_at_outlets
    outlets = whole(typed, 0) if typed else usual
    if not 0 < outlets <= MOST_OUTLETS:
        raise BadInput(
            words(
                f"Số cơ quan báo chí để mở lại phải từ 1 đến {MOST_OUTLETS}.",
                f"The number of outlets that reopens it has to be from 1 to {MOST_OUTLETS}.",
            ),
            field="outlets",
        )
    decision = NoResponse(
        reason=form.text("reason"),
        recheck_at=form.moment("recheck_at") or act.now,
        reopen_at_outlets=outlets,
        owner=form.key("owner"),
    )
    await triage.decide_no_response(act, standing, decision)


async def _end(office: Office, act: Act, standing: Standing, form: Form) -> None:
    there = next((one for one in Stage if one.value == form.text("stage")), None)
    if there is None:
        raise BadInput(words("Xin chọn cách kết thúc.", "Please choose how to end."), field="stage")
    await triage.end(act, standing.incident, there, form.text("reason"))


async def _merge(office: Office, act: Act, standing: Standing, form: Form) -> None:
    await merging.merge(office, act, standing, form.text("into"), form.text("reason"))


async def _reopen(office: Office, act: Act, standing: Standing, form: Form) -> None:
    why = Words(vi=form.text("reason"), en=form.text("reason"))
    await triage.reopen(office, act, standing.incident, why)


async def _amend_times(office: Office, act: Act, standing: Standing, form: Form) -> None:
    case, field, at = standing.incident, form.text("field"), form.moment("at")
    before = {"event_at": case.event_at, "received_at": case.received_at}
    if at is None or field not in before:
        raise BadInput(words("Xin ghi thời điểm đúng.", "Please give the right time."), field="at")
    if form.text(f"seen-{field}") != field_value(before[field]):
        raise Stale(
            words(
                "Mốc này vừa được người khác sửa. Xin xem lại rồi gửi lại.",
                "Somebody has just amended this time. Please look again, then send it once more.",
            )
        )
    old = field_value(before[field])
    change = Amendment(field=field, old=old, new=field_value(at), reason=form.text("reason"))
    await steering.amend_times(act, standing, change, at)


async def _amend_matter(office: Office, act: Act, standing: Standing, form: Form) -> None:
    topics = [form.text("topic"), *form.texts("topics")]
    told = tuple(dict.fromkeys(topic for topic in topics if topic))
    if not set(told) <= set(standing.force.directory.topics):
        raise BadInput(words("Không có lĩnh vực này.", "There is no such topic."), field="topics")
    new = Matter(
        title=Words(vi=form.text("vi"), en=form.text("en")),
        topics=told,
        places=tuple(line.strip() for line in form.text("places").split("\n") if line.strip()),
    )
    await matter.amend_matter(act, standing, new, form.text("reason"))


async def _playbook(office: Office, act: Act, standing: Standing, form: Form) -> None:
    name, reason = form.text("playbook"), form.text("reason")
    await choosing.change_playbook(office, act, standing, name, reason)


ORDERS = {
    "xac-nhan": Order(name="confirm", do=_confirm, show=overview),
    "muc-do": Order(name="judge", do=_judge, show=overview, anchor="can-lam"),
    "kich-ban": Order(name="playbook", do=_playbook, show=overview, anchor="can-lam"),
    "noi-dung": Order(name="claim", do=_add_claim, show=overview, anchor="noi-dung"),
    "phan-loai": Order(name="classify", do=_classify, show=overview, anchor="noi-dung"),
    "chua-phat-ngon": Order(name="no-response", do=_no_response, show=overview),
    "ket-thuc": Order(name="end", do=_end, show=overview),
    "nhap-vao": Order(name="merge", do=_merge, show=overview),
    "mo-lai": Order(name="reopen", do=_reopen, show=overview),
    "moc-thoi-gian": Order(name="times", do=_amend_times, show=overview, anchor="thoi-han"),
    "du-kien": Order(name="matter", do=_amend_matter, show=overview),
}
"""The acts of this page by the last part of their address."""


def _route(path: str, order: Order) -> None:
    async def take(request: Request, signed: Person, code: str) -> Response:
        return await perform(request, signed, code, order)

    router.add_api_route(f"/{path}", take, methods=["POST"])


for _path, _order in ORDERS.items():
    _route(_path, _order)
