"""Evidence behind an incident's findings, for the office only: downloaded, never shown inline; and
who issued it, as a coordinator confirms.
"""

from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.claim import OUTSIDE
from crisis.model.errors import NotFound
from crisis.model.words import words
from crisis.office.case import Standing
from crisis.office.office import Office, local_day
from crisis.office.vouching import confirm_origin
from crisis.records import blob, incident
from crisis.records.act import Act
from crisis.records.schema.assignment import EvidenceRow
from desk.case.act import Order, perform
from desk.case.incident_page import overview
from desk.door.app_state import office_of
from desk.door.form import Form
from desk.door.gate import Person
from desk.intake.report_form import body_of

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}")


@router.get("/chung-cu/{evidence_id}")
async def download(request: Request, signed: Person, code: str, evidence_id: UUID) -> Response:
    """The bytes of one file as they came in, checked against their hash."""
    async with office_of(request).records.look() as session:
        case = await incident.by_code(session, code)
        row = await session.get(EvidenceRow, str(evidence_id))
        if row is None or row.incident_id != case.id or row.sha256 is None or row.link:
            raise NotFound(words("Không có tệp này.", "There is no such file."))
        content = await blob.fetch(session, row.sha256)
    name = quote(row.file_name or "chung-cu", safe="")
    return Response(
        content,
        # Never a type that a browser would open: an agency's file may contain anything.
        media_type="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


async def _confirm_origin(office: Office, act: Act, standing: Standing, form: Form) -> None:
    name, body = form.text("issuer"), OUTSIDE
    if not form.checked("outside"):
        body = body_of(standing.force.directory, name, local_day(act.now), "issuer")
    await confirm_origin(act, standing, form.key("row"), body=body, name=name)


ORIGIN = Order(name="origin", do=_confirm_origin, show=overview, anchor="noi-dung")


@router.post("/noi-ban-hanh")
async def confirm(request: Request, signed: Person, code: str) -> Response:
    """Confirm who issued a document: only that makes it independent of the body concerned."""
    return await perform(request, signed, code, ORIGIN)
