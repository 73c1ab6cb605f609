"""Amending what a report or a claim was entered as, by the incident's page."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from crisis.model.errors import BadInput, NotFound
from crisis.model.link import Link
from crisis.model.words import Words, words
from crisis.office.case import Standing
from crisis.office.office import Office, local_day
from crisis.office.statement import amending
from crisis.office.statement.amending import Told
from crisis.records.act import Act
from crisis.records.schema.incident import Report
from desk.case.act import Order, perform
from desk.case.incident_page import overview
from desk.door.form import Form
from desk.door.gate import Person
from desk.intake.report_form import body_of

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}")

_LINK: TypeAdapter[str] = TypeAdapter(Link)


async def _report(office: Office, act: Act, standing: Standing, form: Form) -> None:
    key = form.key("row")
    row = await act.session.get(Report, key) if key else None
    if row is None or row.incident_id != standing.incident.id:
        raise NotFound(words("Không có tin, bài này.", "There is no such report."))
    told = Told(
        title=form.text("title")[:300],
        outlet=form.text("outlet")[:300],
        link=_link(form.text("link")),
        quotation=form.text("quotation"),
        published_at=form.moment("published_at"),
    )
    await amending.amend_report(act, standing, row, told, form.text("reason"))


def _link(written: str) -> str | None:
    if not written:
        return None
    try:
        return _LINK.validate_python(written)
    except ValidationError as error:
        raise BadInput(
            words("Đường dẫn phải là địa chỉ web.", "The link has to be a web address."),
            field="link",
        ) from error


async def _claim(office: Office, act: Act, standing: Standing, form: Form) -> None:
    row = next((row for row in standing.claims if row.id == form.text("row")), None)
    if row is None:
        raise NotFound(words("Không có nội dung này.", "There is no such claim."))
    written, day = form.text("about"), local_day(act.now)
    about = body_of(standing.force.directory, written, day, "about") if written else None
    new = (Words(vi=form.text("vi"), en=form.text("en")), about)
    await amending.amend_claim(office, act, standing, row, new, form.text("reason"))


REPORT = Order(name="amend-report", do=_report, show=overview, anchor="tin-bai")
CLAIM = Order(name="amend-claim", do=_claim, show=overview, anchor="noi-dung")


@router.post("/sua-tin")
async def amend_report(request: Request, signed: Person, code: str) -> Response:
    """Set a report right, with a reason."""
    return await perform(request, signed, code, REPORT)


@router.post("/sua-noi-dung")
async def amend_claim(request: Request, signed: Person, code: str) -> Response:
    """Set a claim's text or agency right, with a reason."""
    return await perform(request, signed, code, CLAIM)
