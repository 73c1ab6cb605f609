"""For operators: is the process alive, can it work, and how much of what there is."""

import asyncio
import hmac
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from crisis.office.office import Office
from crisis.records import heartbeat
from crisis.records.away import AWAY
from crisis.records.heartbeat import DISPATCHER
from crisis.records.migrate import stands_at_head
from crisis.records.tally import Tally, tally
from desk.door.app_state import office_of, reading
from desk.door.meter import Meter
from desk.runs import Runs

router = APIRouter(include_in_schema=False)

SOON = timedelta(hours=4)
PATIENCE_SECONDS = 2.0
HERE = frozenset({"127.0.0.1", "::1"})


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def ready(request: Request) -> JSONResponse:
    """What the desk needs: 200 if all of it is there. The engine is told of, but not required."""
    office = office_of(request)
    told: dict[str, Any] = await _needed(office)
    good = all(told.values())
    told["engine"] = await _engine(office)
    status = "ready" if good else "not ready"
    return JSONResponse({"status": status, **told}, status_code=200 if good else 503)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus text: counters of this process and counts of the records, no names or codes.

    Answered on this machine itself, and elsewhere to whoever carries the configured token.
    """
    if not _may_count(request):
        return Response("this machine or a token only\n", status_code=403, media_type="text/plain")
    async with reading(office_of(request)) as act:
        found = await tally(act.session, now=act.now, soon=SOON)
    text = generate_latest(_gauges(found))
    meter: Meter | None = getattr(request.app.state, "meter", None)
    if meter is not None:
        text = generate_latest(meter.registry) + text
    return Response(text, media_type=CONTENT_TYPE_LATEST)


def _may_count(request: Request) -> bool:
    token = office_of(request).settings.metrics_token.get_secret_value()
    given = request.headers.get("authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    # What a proxy on this machine hands on comes from elsewhere.
    handed_on = {"forwarded", "x-forwarded-for", "x-real-ip", "via"} & set(request.headers.keys())
    return not handed_on and request.client is not None and request.client.host in HERE


async def _needed(office: Office) -> dict[str, bool]:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), reading(office) as act:
            seen = (await heartbeat.seen_at(act.session)).get(DISPATCHER)
            beating = heartbeat.is_fresh(seen, act.real)
        current = await stands_at_head(office.records.database)
    except (*AWAY, TimeoutError):
        return {"database": False, "migrations": False, "dispatcher": False}
    return {"database": True, "migrations": current, "dispatcher": beating}


async def _engine(office: Office) -> bool:
    settings = office.settings
    auth = settings.prefect_auth_string.get_secret_value()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await Runs(api_url=settings.prefect_api_url, auth=auth).healthy()
    except TimeoutError:
        return False


def _gauges(found: Tally) -> CollectorRegistry:
    registry = CollectorRegistry()

    def gauge(name: str, about: str, values: dict[str, int] | int, label: str = "") -> None:
        made = Gauge(f"phatngon_{name}", about, [label] if label else [], registry=registry)
        if isinstance(values, int):
            made.set(values)
            return
        for key, count in values.items():
            made.labels(key).set(count)

    gauge("incidents_open", "Open incidents by stage", found.stages, "stage")
    gauge("clocks_due_soon", "Clocks due within four hours", found.due_soon)
    gauge("clocks_overdue", "Clocks that ran out unmet", found.overdue)
    gauge("mails", "Mails by state", found.mails, "state")
    gauge("wake_ups_waiting", "Wake-ups no run was started for", found.waiting)
    gauge("ledger_entries", "Entries in the ledger", found.entries)
    return registry
