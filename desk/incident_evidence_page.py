"""Evidence behind an incident's findings, for the office only: downloaded, never shown inline."""

from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.errors import NotFound
from crisis.model.words import words
from crisis.records import blob, incident
from crisis.records.schema.assignment import EvidenceRow
from desk.app_state import office_of
from desk.gate import Person

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
