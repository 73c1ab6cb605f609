"""One press request: its clock, and how it is answered, refused, or joined to an incident."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm.exc import StaleDataError

from crisis.model.errors import BadInput, NotFound, PhatngonError, RuleBroken, Stale
from crisis.model.link import Link
from crisis.model.press_request import STATUS_WORDS, RequestKind, why_no_limit
from crisis.model.statement import KIND_WORDS as STATEMENT_WORDS
from crisis.model.statement import Lifecycle, StatementKind
from crisis.model.validity import holding_on
from crisis.model.words import Words, words
from crisis.office.content import law_signing
from crisis.office.office import Office, local_day
from crisis.office.request import answering
from crisis.office.request.answering import Answer, Refusal
from crisis.office.request.request_likeness import alike
from crisis.records import deadline, incident, person, press_request, wording
from crisis.records.act import Act
from crisis.records.schema.incident import Incident
from crisis.records.schema.press_request import PressRequest
from crisis.records.schema.statement import StatementRow
from desk.door.app_state import office_of, reading
from desk.door.failed_form import CHANGED, Failed, typed_of
from desk.door.form import Form, own_form
from desk.door.gate import ACTING, Person, actor_of, must
from desk.door.page import render, seen_after
from desk.intake.request_page import PLACE, is_open
from desk.intake.words import words_of_kinds

DONE: dict[str, Words] = {
    "received": words("Đã ghi vào sổ; thời hạn đang tính.", "It is in the register; time runs."),
    "answer": words("Đã ghi câu trả lời.", "The answer was recorded."),
    "refuse": words("Đã gửi thư từ chối, có nêu lý do.", "The refusal goes out by letter."),
    "join": words("Đã gắn với vụ việc.", "It was joined to the incident."),
    "conclude": words("Đã ghi kết luận; thời hạn đang tính.", "Recorded; time runs."),
}
_LINK: TypeAdapter[str] = TypeAdapter(Link)

router = APIRouter(include_in_schema=False, prefix=f"{PLACE}/{{code}}")


@router.get("")
async def page(request: Request, signed: Person, code: str) -> Response:
    """The request."""
    return await _shown(request, code, None)


async def _shown(request: Request, code: str, failed: Failed | None) -> Response:
    office = office_of(request)
    async with reading(office) as act:
        row = await press_request.by_code(act.session, code)
        values = await _values(office, act, row)
    return render(
        request,
        "request.html",
        status=failed.status if failed else 200,
        row=row,
        failed=failed,
        typed=typed_of(failed),
        done=DONE.get(request.query_params.get("da", "")),
        base=f"{PLACE}/{row.code}",
        **values,
    )


async def _values(office: Office, act: Act, row: PressRequest) -> dict[str, Any]:
    force = await office.in_force(act.session)
    case = await act.session.get(Incident, row.incident_id) if row.incident_id else None
    published = await _published(act, row)
    return {
        "now": act.now,
        "case": case,
        "clocks": await deadline.of_subject(act.session, row.id),
        "citations": {rule.id: force.law.citation(rule.sources) for rule in force.law.rules},
        "question_of": lambda due: force.calendar.question_about(force.calendar.last_day(due)),
        "forms": force.law.speaking_forms,
        "form_titles": {form.id: form.title for form in force.law.speaking_forms},
        "grounds": holding_on(local_day(act.now), force.law.refusal_grounds),
        "ground_titles": {one.id: one.title for one in force.law.refusal_grounds},
        "published": [(one.id, STATEMENT_WORDS[StatementKind(one.kind)]) for one in published],
        "why_no_limit": why_no_limit(force.law, RequestKind(row.kind), local_day(row.received_at)),
        "unsigned_rules": await law_signing.unsigned_rules(act.session, force.law),
        "names": await person.names(act.session),
        "kinds": words_of_kinds(),
        "statuses": {status.value: told for status, told in STATUS_WORDS.items()},
        "open": is_open(row.status),
        "alike": await alike(act.session, row.outlet, row.subject, row.question, but=row.id),
        "complaint": row.kind == RequestKind.COMPLAINT.value,
    }


async def _published(act: Act, row: PressRequest) -> list[StatementRow]:
    """The statements of the request's incident that are out."""
    rows = await wording.of_incident(act.session, row.incident_id) if row.incident_id else []
    return [one for one in rows if one.lifecycle == Lifecycle.PUBLISHED.value]


async def _answer(office: Office, act: Act, row: PressRequest, form: Form) -> None:
    statement = form.key("statement")
    if statement and statement not in {one.id for one in await _published(act, row)}:
        raise BadInput(
            words("Không có phát ngôn này.", "There is no such statement."), field="statement"
        )
    said = Answer(
        form=form.text("form"),
        at=_time(form),
        text=form.text("answer")[:4000],
        link=_link(form),
        statement_id=statement or None,
    )
    await answering.answer(office, act, row, said)


async def _refuse(office: Office, act: Act, row: PressRequest, form: Form) -> None:
    said = Refusal(
        ground=form.text("ground"), reason=form.text("reason")[:4000], email=form.text("email")
    )
    await answering.refuse(office, act, row, said)


async def _join(office: Office, act: Act, row: PressRequest, form: Form) -> None:
    case = await incident.by_code(act.session, form.text("incident"))
    await answering.join(office, act, row, case)


async def _conclude(office: Office, act: Act, row: PressRequest, form: Form) -> None:
    await answering.conclude(office, act, row, _time(form))


def _time(form: Form) -> datetime:
    at = form.moment("at")
    if at is None:
        raise BadInput(words("Xin ghi thời điểm.", "Please say when."), field="at")
    return at


def _link(form: Form) -> str | None:
    try:
        return _LINK.validate_python(form.text("link")) if form.text("link") else None
    except ValidationError as error:
        raise BadInput(
            words("Đường dẫn này không dùng được.", "This link is not usable."), field="link"
        ) from error


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """An act on a request: its name on the page, and what it does."""

    name: str
    do: Callable[[Office, Act, PressRequest, Form], Awaitable[None]]


DEEDS = {
    "tra-loi": Deed(name="answer", do=_answer),
    "tu-choi": Deed(name="refuse", do=_refuse),
    "gan": Deed(name="join", do=_join),
    "ket-luan": Deed(name="conclude", do=_conclude),
}


@router.post("/{what}")
async def take(request: Request, signed: Person, code: str, what: str) -> Response:
    """Do what a form of this page asks for. Raises NotFound for an unknown act or request."""
    form, office = await own_form(request), office_of(request)
    must(signed, *ACTING)
    deed = DEEDS.get(what)
    if deed is None:
        raise NotFound(words("Không có trang này.", "There is no such page."))
    refused: PhatngonError
    try:
        async with office.records.act(actor_of(signed)) as act:
            row = await press_request.by_code(act.session, code)
            await deed.do(office, act, row, form)
    except StaleDataError:
        refused = Stale(CHANGED)
    except (BadInput, RuleBroken, NotFound, Stale) as error:
        refused = error
    else:
        return seen_after(f"{PLACE}/{row.code}", deed.name)
    return await _shown(request, code, Failed(name=deed.name, error=refused, form=form))
