"""What an agency does besides answering: ask back, ask for time, pass the task on, decline it."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter, ValidationError

from crisis.model.agency import Agency
from crisis.model.canonical import instant
from crisis.model.errors import PhatngonError
from crisis.model.moment import Moment
from crisis.model.words import words
from crisis.office.agency import passing_on, verification
from crisis.office.office import Office
from crisis.records import task_message
from crisis.records.act import Act
from crisis.records.assignment import Status
from crisis.records.link_issue import issued_since
from crisis.records.task_link import Held, Recipient
from crisis.records.task_message import Saying
from desk.agency.check import Faults, address, line, paragraph
from desk.agency.decline import decline_task
from desk.agency.link import acting, check_own
from desk.agency.sent import Sent, read_sent
from desk.agency.show import show_refused, show_task, task_path
from desk.door.app_state import office_of
from desk.door.page import seen_after

router = APIRouter(include_in_schema=False)

LATEST = timedelta(days=60)
"""An agency cannot ask for more time than this."""
SAME_PERSON = timedelta(minutes=10)
"""Real time in which passing on to the same address again is a second click."""

_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)

Deed = Callable[[Office, Act, Held, Sent, Faults], Awaitable[tuple[Agency, ...]]]
"""Does what a form asks or notes what is wrong; agencies where one has to be chosen."""


@router.post("/viec/{token}/hoi")
async def ask(request: Request, token: str) -> Response:
    """Ask the coordinator back."""
    return await _done(request, token, "hoi", _ask)


@router.post("/viec/{token}/gia-han")
async def ask_time(request: Request, token: str) -> Response:
    """Ask for more time."""
    return await _done(request, token, "gia-han", _ask_time)


@router.post("/viec/{token}/chuyen")
async def pass_on(request: Request, token: str) -> Response:
    """Hand the task to a named colleague."""
    return await _done(request, token, "chuyen", _pass_on)


@router.post("/viec/{token}/tu-choi")
async def decline(request: Request, token: str) -> Response:
    """The agency is not competent and names another; its links end with this."""
    return await _done(request, token, "tu-choi", decline_task)


async def _done(request: Request, token: str, what: str, deed: Deed) -> Response:
    office, said, found = office_of(request), dict[str, Any](), Faults()
    try:
        sent = await read_sent(request, limit=1)
        said = {name: values[0] for name, values in sent.fields.items()} | {"form": what}
        check_own(request, token, sent)
        async with acting(office, token) as (act, held):
            choices = await deed(office, act, held, sent, found)
    except PhatngonError as error:
        return await show_refused(request, token, error, said=said)
    if found:
        return await show_task(request, token, faults=found, said=said, choices=choices)
    return seen_after(task_path(token), what, "xong")


async def _ask(
    office: Office, act: Act, held: Held, sent: Sent, found: Faults
) -> tuple[Agency, ...]:
    by = line(sent.text("by"), "hoi-by", found, needed=_BY)
    text = paragraph(sent.text("text"), "hoi-text", found, needed=_QUESTION)
    _check_unanswered(held, "hoi-text", found)
    if not found and not await _said_before(act, held, Saying.QUESTION, text, None):
        await verification.ask(office, act, held, by, text)
    return ()


async def _ask_time(
    office: Office, act: Act, held: Held, sent: Sent, found: Faults
) -> tuple[Agency, ...]:
    by = line(sent.text("by"), "gia-han-by", found, needed=_BY)
    why = paragraph(sent.text("text"), "gia-han-text", found, needed=_WHY)
    until = _until(act, held, sent.text("until"), found)
    if until is None or found:
        return ()
    wants = {"until": instant(until)}
    if not await _said_before(act, held, Saying.EXTENSION, why, wants):
        await verification.ask_time(office, act, held, by, (why, until))
    return ()


def _check_unanswered(held: Held, field: str, found: Faults) -> None:
    """Who has answered amends the answer; more time may still be needed for what is unverified."""
    if held.assignment.status == Status.ANSWERED.value:
        found[field] = _ANSWERED


def _until(act: Act, held: Held, written: str, found: Faults) -> datetime | None:
    try:
        until = _MOMENT.validate_python(written)
    except ValidationError:
        found["gia-han-until"] = _WHEN
        return None
    if not max(act.now, held.assignment.due_at) < until <= act.now + LATEST:
        found["gia-han-until"] = _LATER
        return None
    return until


async def _pass_on(
    office: Office, act: Act, held: Held, sent: Sent, found: Faults
) -> tuple[Agency, ...]:
    to = Recipient(
        name=line(sent.text("name"), "chuyen-name", found, needed=_WHO),
        title=line(sent.text("title"), "chuyen-title", found),
        email=address(sent.text("email"), "chuyen-email", found),
    )
    text = paragraph(sent.text("text"), "chuyen-text", found)
    if not found and not sent.text("outside") and not _same_domain(held, to.email):
        found["chuyen-outside"] = _OUTSIDE
    if found or await issued_since(
        act.session, held.assignment.id, to.email, at=act.real, within=SAME_PERSON
    ):
        return ()
    await passing_on.pass_on(office, act, held, to, text)
    return ()


def _same_domain(held: Held, email: str) -> bool:
    """Whether an address lies in the mail domain to which the task was sent, or below it."""
    own = (held.assignment.contact_email or "").rpartition("@")[2].casefold()
    theirs = email.rpartition("@")[2].casefold()
    return not own or theirs == own or theirs.endswith(f".{own}")


async def _said_before(
    act: Act, held: Held, kind: Saying, text: str, wants: dict[str, str] | None
) -> bool:
    """Whether the last message says this and waits for its reply: then it is a second click."""
    said = await task_message.of_assignment(act.session, held.assignment.id)
    return any(
        (m.kind, m.text, m.wants) == (kind.value, text, wants) and m.replied_at is None
        for m in said[-1:]
    )


_BY = words("Xin ghi họ tên.", "Please give your name.")
_QUESTION = words("Xin ghi câu hỏi.", "Please write the question.")
_WHY = words("Xin ghi lý do.", "Please give the reason.")
_ANSWERED = words(
    "Cơ quan đã trả lời; cần bổ sung thì sửa câu trả lời.",
    "Your agency has answered; to add something, amend the answer.",
)
_WHO = words("Xin ghi họ tên người nhận việc.", "Please give the name of who takes over.")
_OUTSIDE = words(
    "Địa chỉ này ngoài tên miền thư của cơ quan; nếu đúng người, xin đánh dấu rồi gửi lại.",
    "This address lies outside your agency's mail domain; if it is right, tick and send again.",
)
_WHEN = words("Xin ghi ngày giờ dạng 2025-11-15T16:30.", "Please write it like 2025-11-15T16:30.")
_LATER = words(
    "Xin chọn thời điểm sau hạn hiện tại và trong vòng 60 ngày.",
    "Please choose a time after the present due time and within 60 days.",
)
