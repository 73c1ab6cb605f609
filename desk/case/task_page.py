"""What a coordinator does with agencies' tasks: answer, grant time, recall, name another."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.errors import BadInput, NotFound
from crisis.model.words import words
from crisis.office.agency import reaching, steering
from crisis.office.case import Standing
from crisis.office.office import Office, local_day
from crisis.records import task_link
from crisis.records.act import Act
from crisis.records.handover import Way
from crisis.records.schema.assignment import Assignment, TaskMessage
from crisis.records.task_link import Recipient
from crisis.records.task_message import Reply, Saying
from desk.agency.check import Faults, address, line
from desk.case.act import Order, perform
from desk.case.incident_page import overview
from desk.door.form import Form
from desk.door.gate import Person
from desk.intake.report_form import agency_of

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}")


async def _reply(office: Office, act: Act, standing: Standing, form: Form) -> None:
    key = form.key("row")
    message = await act.session.get(TaskMessage, key) if key else None
    if message is None or not _is_own(standing, message.assignment_id):
        raise NotFound(words("Không có tin nhắn này.", "There is no such message."))
    text, ruling = form.text("text"), form.text("ruling")
    granted = {"grant": True, "refuse": False}.get(ruling)
    if message.kind != Saying.EXTENSION.value:
        granted = None
    elif granted is None:
        raise BadInput(
            words("Xin chọn đồng ý hay không.", "Please grant it or not."), field="ruling"
        )
    if not text:
        raise BadInput(words("Xin ghi nội dung, lý do.", "Please say what and why."), field="text")
    said = Reply(text=text, granted=granted, due_at=form.moment("due_at") if granted else None)
    await steering.answer_message(office, act, standing, message, said)


async def _recall(office: Office, act: Act, standing: Standing, form: Form) -> None:
    row = _task(standing, form)
    await steering.recall(office, act, standing, row, form.text("reason"))


async def _name(office: Office, act: Act, standing: Standing, form: Form) -> None:
    written = form.text("agency")
    if not written:
        raise BadInput(words("Xin chọn cơ quan.", "Please choose an agency."), field="agency")
    agency = agency_of(standing.force.directory, written, local_day(act.now), "agency")
    await steering.name_agency(office, act, standing, agency, form.texts("claims"))


async def _hand_over(office: Office, act: Act, standing: Standing, form: Form) -> None:
    way = next((one for one in Way if one.value == form.text("way")), None)
    if way is None:
        raise BadInput(words("Xin chọn cách giao.", "Please choose how."), field="way")
    await reaching.hand_over(act, standing, _task(standing, form), way, form.text("told"))


async def _send_again(office: Office, act: Act, standing: Standing, form: Form) -> None:
    row, found = _task(standing, form), Faults()
    name = line(form.text("name"), "name", found, needed=_NAME)
    title = line(form.text("title"), "title", found)
    to = Recipient(name=name, title=title, email=address(form.text("email"), "email", found))
    for field, sentence in found.items():
        raise BadInput(sentence, field=field)
    await reaching.send_again(office, act, standing, row, to)


async def _revoke(office: Office, act: Act, standing: Standing, form: Form) -> None:
    row, email = _task(standing, form), form.text("email")
    if not email:
        raise BadInput(words("Xin chọn đường dẫn.", "Please choose a link."), field="email")
    await task_link.revoke(act, standing.incident, row.id, "withdrawn", of=email)


_NAME = words("Xin ghi họ tên đầu mối.", "Please give the contact's name.")


def _task(standing: Standing, form: Form) -> Assignment:
    row = next((row for row in standing.assignments if row.id == form.text("row")), None)
    if row is None:
        raise NotFound(words("Không có việc này.", "There is no such task."))
    return row


def _is_own(standing: Standing, assignment_id: str) -> bool:
    return any(row.id == assignment_id for row in standing.assignments)


REPLY = Order(name="reply", do=_reply, show=overview, anchor="giao-viec")
RECALL = Order(name="recall", do=_recall, show=overview, anchor="giao-viec")
HAND_OVER = Order(name="hand-over", do=_hand_over, show=overview, anchor="giao-viec")
SEND_AGAIN = Order(name="send-again", do=_send_again, show=overview, anchor="giao-viec")
REVOKE = Order(name="revoke", do=_revoke, show=overview, anchor="giao-viec")
NAME = Order(name="name", do=_name, show=overview, anchor="giao-viec")


@router.post("/tra-loi")
async def reply(request: Request, signed: Person, code: str) -> Response:
    """Answer a question of an agency, or decide about more time."""
    return await perform(request, signed, code, REPLY)


@router.post("/thu-hoi")
async def recall(request: Request, signed: Person, code: str) -> Response:
    """Take a task back by letter, with a reason."""
    return await perform(request, signed, code, RECALL)


@router.post("/giao-truc-tiep")
async def hand_over(request: Request, signed: Person, code: str) -> Response:
    """Record that a task was handed over by phone or on paper."""
    return await perform(request, signed, code, HAND_OVER)


@router.post("/gui-lai-viec")
async def send_again(request: Request, signed: Person, code: str) -> Response:
    """Give a task once more by mail, to a corrected address where one is given."""
    return await perform(request, signed, code, SEND_AGAIN)


@router.post("/huy-duong-dan")
async def revoke(request: Request, signed: Person, code: str) -> Response:
    """End the links of a task that one address was sent."""
    return await perform(request, signed, code, REVOKE)


@router.post("/giao-co-quan")
async def name(request: Request, signed: Person, code: str) -> Response:
    """Give claims to an agency that the coordinator names."""
    return await perform(request, signed, code, NAME)
