"""Restricting an incident to named people, by the incident's page."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.office.case import Standing
from crisis.office.incident.restricting import Restriction, restrict
from crisis.office.office import Office
from crisis.records.act import Act
from desk.case.act import Order, perform
from desk.case.incident_page import overview
from desk.door.form import Form
from desk.door.gate import Person

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}")


async def _restrict(office: Office, act: Act, standing: Standing, form: Form) -> None:
    told = Restriction(
        restricted=form.checked("restricted"),
        people=[one for one in form.texts("people") if one],
        reason=form.text("reason"),
    )
    await restrict(act, standing, told)


RESTRICT = Order(name="restrict", do=_restrict, show=overview, anchor="du-kien")


@router.post("/han-che")
async def take(request: Request, signed: Person, code: str) -> Response:
    """Show the incident to named people only, or to the whole office again."""
    return await perform(request, signed, code, RESTRICT)
