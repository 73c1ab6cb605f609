"""An incident's runs, mirrored read-only from Prefect, with links to its own pages."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.errors import OutsideFailure
from desk.case.frame import shown, standing_of
from desk.door.app_state import office_of, reading
from desk.door.gate import Person
from desk.run_words import run_name, run_state
from desk.runs import Runs, RunView

SHOWN = 30

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}")


@router.get("/luot-chay")
async def page(request: Request, signed: Person, code: str) -> Response:
    """The runs; where Prefect does not answer the page says so and stands."""
    office = office_of(request)
    async with reading(office) as act:
        standing = await standing_of(office, act, code)
    runs: tuple[RunView, ...] = ()
    silent = None
    api = office.settings.prefect_api_url
    try:
        if api:
            client = Runs(api_url=api, auth=office.settings.prefect_auth_string.get_secret_value())
            runs = await client.of_incident(standing.incident.code, limit=SHOWN)
    except OutsideFailure as error:
        silent = error.sentence
    values = {
        "run_name": run_name,
        "run_state": run_state,
        "runs": runs,
        "silent": silent,
        "connected": bool(api),
        "site": ui_of(api),
    }
    return shown(request, "incident_runs.html", standing, values)


def ui_of(api: str) -> str:
    """Where people see Prefect's own pages, by the address of its API."""
    return api.rstrip("/").removesuffix("/api")
