"""The yes or no to each question that starts the 24-hour clock, answered by a named person."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.determination import STARTS, Determined
from crisis.model.errors import BadInput
from crisis.model.words import words
from crisis.office.case import Standing
from crisis.office.incident import determining
from crisis.office.office import Office
from crisis.records.act import Act
from desk.case.act import Order, perform
from desk.case.incident_page import overview
from desk.door.form import Form
from desk.door.gate import Person

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}")


async def _determine(office: Office, act: Act, standing: Standing, form: Form) -> None:
    question = next((one for one in STARTS if one.value == form.text("row")), None)
    if question is None or form.text("answer") not in {"yes", "no"}:
        raise BadInput(words("Xin chọn có hoặc không.", "Please choose yes or no."), field="answer")
    said = Determined(
        question=question,
        answer=form.text("answer") == "yes",
        made_at=form.moment("made_at") or act.now,
        reason=form.text("reason")[:4000],
    )
    await determining.determine(office, act, standing, said)


DETERMINE = Order(name="determine", do=_determine, show=overview, anchor="xac-dinh")


@router.post("/xac-dinh")
async def determine(request: Request, signed: Person, code: str) -> Response:
    """Record the answer to one question."""
    return await perform(request, signed, code, DETERMINE)
