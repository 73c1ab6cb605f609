"""Clocks of an incident in a person's hands: a fact that starts one, done, extended, paused."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.errors import BadInput, NotFound
from crisis.model.words import words
from crisis.office.case import Standing
from crisis.office.incident import fact_clock
from crisis.office.incident.fact_clock import Fact
from crisis.office.office import Office
from crisis.records import deadline
from crisis.records.act import Act
from crisis.records.schema.deadline import DeadlineRow
from desk.case.act import Order, perform
from desk.case.incident_page import overview
from desk.door.form import Form
from desk.door.gate import Person

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}/thoi-han")


async def _record(office: Office, act: Act, standing: Standing, form: Form) -> None:
    await fact_clock.record(act, standing, Fact(starts=form.text("rule"), at=_time(form)))


async def _done(office: Office, act: Act, standing: Standing, form: Form) -> None:
    await fact_clock.done(act, standing, await _row(act, standing, form), _time(form))


async def _extend(office: Office, act: Act, standing: Standing, form: Form) -> None:
    row = await _row(act, standing, form)
    await fact_clock.extend(act, standing, row, form.text("reason")[:4000])


async def _pause(office: Office, act: Act, standing: Standing, form: Form) -> None:
    row = await _row(act, standing, form, "target")
    await fact_clock.pause(act, standing, row, form.text("reason")[:4000])


async def _resume(office: Office, act: Act, standing: Standing, form: Form) -> None:
    await fact_clock.resume(act, standing, await _row(act, standing, form))


async def _row(act: Act, standing: Standing, form: Form, field: str = "row") -> DeadlineRow:
    rows = await deadline.open_ones(act.session, standing.incident.id)
    return fact_clock.row_among(list(rows), form.key(field))


def _time(form: Form) -> datetime:
    at = form.moment("at")
    if at is None:
        raise BadInput(words("Xin ghi thời điểm.", "Please say when."), field="at")
    return at


ORDERS = {
    "ghi-moc": Order(name="fact", do=_record, show=overview, anchor="thoi-han"),
    "xong": Order(name="clock-done", do=_done, show=overview, anchor="thoi-han"),
    "gia-han": Order(name="clock-extend", do=_extend, show=overview, anchor="thoi-han"),
    "tam-dung": Order(name="clock-pause", do=_pause, show=overview, anchor="thoi-han"),
    "tinh-tiep": Order(name="clock-resume", do=_resume, show=overview, anchor="thoi-han"),
}


@router.post("/{what}")
async def take(request: Request, signed: Person, code: str, what: str) -> Response:
    """Do what a form of a clock asks for. Raises NotFound for an unknown act."""
    order = ORDERS.get(what)
    if order is None:
        raise NotFound(words("Không có trang này.", "There is no such page."))
    return await perform(request, signed, code, order)
