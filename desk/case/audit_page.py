"""The audit pack of an incident for download, by auditors and administrators."""

import tempfile
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from crisis.audit.export import export_pack
from crisis.model.errors import OutsideFailure
from crisis.model.role import Role
from crisis.office.office import Office
from crisis.records import incident, signing_key
from crisis.records.incident import subject
from desk.door.app_state import office_of
from desk.door.form import own_form
from desk.door.gate import Person, actor_of, must
from desk.door.page import render
from desk.run_list import Told, runs_for_pack
from desk.runs import Runs

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}/ho-so-kiem-tra")

MAY = (Role.AUDITOR, Role.ADMIN)


@router.get("")
async def page(request: Request, signed: Person, code: str) -> Response:
    """What a pack holds and what exporting it does; opening this page does nothing."""
    must(signed, *MAY)
    async with office_of(request).records.look() as session:
        row = await incident.by_code(session, code)
        known = await signing_key.office_fingerprint(session)
    return render(request, "audit_pack.html", code=row.code, matter=subject(row), fingerprint=known)


@router.post("")
async def export(request: Request, signed: Person, code: str) -> Response:
    """Export the pack: recorded in the chain, its links revoked, then sent as a file."""
    must(signed, *MAY)
    await own_form(request)
    office = office_of(request)
    async with office.records.look() as session:
        found = (await incident.by_code(session, code)).code
    runs = await _runs(office, found)
    folder = tempfile.TemporaryDirectory(prefix="phatngon-pack-")
    try:
        target = Path(folder.name) / f"{found}.zip"
        await export_pack(office, actor_of(signed), found, runs=runs, target=target)
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(
        target,
        media_type="application/zip",
        filename=target.name,
        headers={"Cache-Control": "no-store"},
        background=BackgroundTask(folder.cleanup),
    )


async def _runs(office: Office, code: str) -> list[Told]:
    """What Prefect tells of the runs; nothing where it does not answer, the ledger names them."""
    settings = office.settings
    auth = settings.prefect_auth_string.get_secret_value()
    try:
        return await runs_for_pack(Runs(api_url=settings.prefect_api_url, auth=auth), code)
    except OutsideFailure:
        return []
