"""An incident's timeline, read from its ledger chain."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.records import ledger
from desk.case.frame import shown, standing_of
from desk.case.run_page import ui_of
from desk.case.timeline import GROUPS, event_of, wanted
from desk.case.timeline_names import names_in
from desk.door.app_state import office_of, reading
from desk.door.gate import Person

SHOWN = 300

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}")


@router.get("/dien-bien")
async def page(request: Request, signed: Person, code: str) -> Response:
    """What was done, newest first, filtered by `xem`."""
    office = office_of(request)
    group = request.query_params.get("xem", "")
    async with reading(office) as act:
        standing = await standing_of(office, act, code)
        entries = await ledger.entries(act.session, standing.incident.code)
        names = await names_in(act.session, standing.incident)
    chosen = [entry for entry in reversed(entries) if wanted(entry["action"], group)]
    values = {
        "events": [event_of(entry, names) for entry in chosen[:SHOWN]],
        "left_out": max(len(chosen) - SHOWN, 0),
        "groups": [(key, title) for key, (title, _) in GROUPS.items()],
        "group": group if group in GROUPS else "",
        "site": ui_of(office.settings.prefect_api_url),
    }
    return shown(request, "incident_timeline.html", standing, values)
