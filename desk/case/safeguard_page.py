"""What a coordinator records before words go out: the agreed text, and names to protect."""

from contextlib import suppress
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.office import safeguard
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.safeguard import Agreement
from crisis.records.act import Act
from desk.case.act import Order, perform
from desk.case.incident_page import overview
from desk.door.form import Form
from desk.door.gate import Person

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}")


async def _agree(office: Office, act: Act, standing: Standing, form: Form) -> None:
    dated = None
    with suppress(ValueError):
        dated = date.fromisoformat(form.text("dated"))
    told = Agreement(who=form.text("who"), document=form.text("document"), dated=dated)
    await safeguard.record_agreement(act, standing, told)


async def _protect(office: Office, act: Act, standing: Standing, form: Form) -> None:
    await safeguard.protect_names(act, standing, form.text("names").split("\n"))


AGREE = Order(name="agree", do=_agree, show=overview, anchor="can-lam")
PROTECT = Order(name="protect", do=_protect, show=overview, anchor="du-kien")


@router.post("/thong-nhat")
async def agree(request: Request, signed: Person, code: str) -> Response:
    """Record the text that was agreed with other provinces or ministries."""
    return await perform(request, signed, code, AGREE)


@router.post("/ten-can-bao-ve")
async def protect(request: Request, signed: Person, code: str) -> Response:
    """Record the names of victims, children and complainants."""
    return await perform(request, signed, code, PROTECT)
