"""An incident's timeline, read from its ledger chain."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.words import Words
from crisis.office.case import Standing
from crisis.records import deadline, ledger, mail
from crisis.records.act import Act
from desk.app_state import office_of, reading
from desk.gate import Person
from desk.incident_frame import names_of, shown, standing_of
from desk.incident_run_page import ui_of
from desk.timeline import GROUPS, Names, event_of, wanted

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
        names = await _names(act, standing)
    chosen = [entry for entry in reversed(entries) if wanted(entry["action"], group)]
    values = {
        "events": [event_of(entry, names) for entry in chosen[:SHOWN]],
        "left_out": max(len(chosen) - SHOWN, 0),
        "groups": [(key, title) for key, (title, _) in GROUPS.items()],
        "group": group if group in GROUPS else "",
        "site": ui_of(office.settings.prefect_api_url),
    }
    return shown(request, "incident_timeline.html", standing, values)


async def _names(act: Act, standing: Standing) -> Names:
    key = standing.incident.id
    clocks = await deadline.of_incident(act.session, key)
    mails = await mail.of_incident(act.session, key)
    return Names(
        people=await names_of(act),
        tasks={row.id: Words(vi=row.name_vi, en=row.name_en) for row in standing.assignments},
        clocks={row.id: Words(vi=row.title_vi, en=row.title_en) for row in clocks},
        mails={row.id: (row.letter, row.recipient) for row in mails},
        statements={row.id: row.kind for row in standing.statements},
        claims={row.id: row.number for row in standing.claims},
    )
