"""The register of press requests: what waits for an answer first, what was settled, a new one."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import ValidationError

from crisis.model.errors import BadInput, NotFound, RuleBroken
from crisis.model.fault import Fault, faults
from crisis.model.press_request import STATUS_WORDS, RequestIn, RequestStatus
from crisis.model.words import Words, words
from crisis.office.content import law_signing
from crisis.office.office import Office
from crisis.office.request.answering import receive
from crisis.office.request.request_likeness import alike
from crisis.records import incident, press_request
from crisis.records.schema.press_request import PressRequest
from desk.door.app_state import office_of, reading
from desk.door.failed_form import Failed
from desk.door.form import Form, own_form, page_number
from desk.door.gate import ACTING, Person, actor_of, must
from desk.door.page import render, seen_after
from desk.door.page_time import field_value
from desk.intake.words import REQUEST_FIELDS, words_of_kinds

PLACE = "/yeu-cau-bao-chi"

router = APIRouter(include_in_schema=False, prefix=PLACE)


@router.get("")
async def page(request: Request, signed: Person) -> Response:
    """Open requests by the clock that runs out first, then a page of settled ones."""
    number = page_number(request.query_params.get("trang", "1"))
    async with reading(office_of(request)) as act:
        waiting = await press_request.open_lines(act.session)
        settled, more = await press_request.settled_page(act.session, number)
        law = (await office_of(request).in_force(act.session)).law
        unsigned = await law_signing.unsigned_rules(act.session, law)
        now = act.now
    return render(
        request,
        "request_list.html",
        waiting=waiting,
        settled=settled,
        number=number,
        more=more,
        now=now,
        unsigned_rules=unsigned,
        kinds=words_of_kinds(),
        statuses={status.value: told for status, told in STATUS_WORDS.items()},
    )


@router.get("/moi")
async def new(request: Request, signed: Person) -> Response:
    """An empty form, for the incident that the address names if it does."""
    must(signed, *ACTING)
    code = request.query_params.get("vu-viec", "")
    return _form(request, {"received_at": field_value(request.state.now), "incident": code}, None)


@router.post("")
async def take(request: Request, signed: Person) -> Response:
    """Write a request down, or show the form again as it was typed."""
    form, office = await own_form(request), office_of(request)
    must(signed, *ACTING)
    try:
        told = request_of(form)
        known = () if form.text("anyway") else await _alike(office, told)
        if known:
            return _form(request, form, None, known)
        async with office.records.act(actor_of(signed)) as act:
            code = form.text("incident")
            case = await incident.by_code(act.session, code) if code else None
            row = await receive(office, act, told, case)
    except (BadInput, RuleBroken, NotFound) as error:
        return _form(request, form, Failed(name="new", error=error, form=form))
    return seen_after(f"{PLACE}/{row.code}", "received")


async def _alike(office: Office, told: RequestIn) -> Sequence[PressRequest]:
    """Those that whoever asks may know of: an act sees more than its person does."""
    async with reading(office) as act:
        return await alike(act.session, told.outlet, told.subject, told.question or "")


def request_of(form: Form) -> RequestIn:
    """The request in a form. Raises BadInput with the first fault."""
    given: dict[str, Any] = {name: form.text(name) for name in REQUEST_FIELDS if form.text(name)}
    try:
        return RequestIn.model_validate(given)
    except ValidationError as error:
        first = faults(error)[0]
        raise BadInput(_said(first, given), field=first.field) from error


def _said(one: Fault, given: Mapping[str, Any]) -> Words:
    """The fault with the field as a person calls it."""
    what = REQUEST_FIELDS.get(one.field, words(one.field, one.field))
    if one.field not in given:
        return words(f"Xin ghi {what.vi}.", f"Please write {what.en}.")
    return words(
        f"{what.vi.capitalize()}: {one.sentence.vi}", f"{what.en.capitalize()}: {one.sentence.en}"
    )


def is_open(status: str) -> bool:
    """Whether a request with this status waits for an answer."""
    return status == RequestStatus.OPEN.value


def _form(
    request: Request, typed: Any, failed: Failed | None, known: Sequence[PressRequest] = ()
) -> Response:
    return render(
        request,
        "request_new.html",
        status=failed.status if failed else 200,
        typed=typed,
        failed=failed,
        known=known,
        kinds=words_of_kinds(),
    )
