"""The desk as an application: pages, API and static files of one office; and its process."""

import argparse
import asyncio
import contextlib
import socket
import sys
from collections.abc import Sequence

import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from crisis import log
from crisis.garbage import collect_apart
from crisis.office.office import Office, open_office
from crisis.settings import settings
from desk.agency import task_page
from desk.approval import approval_page
from desk.case import amend_page as incident_amend_page
from desk.case import audit_page, board_page, incident_page
from desk.case import circle_page as incident_circle_page
from desk.case import clock_page as incident_clock_page
from desk.case import determination_page as incident_determination_page
from desk.case import evidence_page as incident_evidence_page
from desk.case import mail_page as incident_mail_page
from desk.case import run_page as incident_run_page
from desk.case import safeguard_page as incident_safeguard_page
from desk.case import statement_page as incident_statement_page
from desk.case import task_page as incident_task_page
from desk.case import timeline_page as incident_timeline_page
from desk.case import triage_page as incident_triage_page
from desk.content import content_page, law_page, proposal_page
from desk.door import health_page, public_page, second_factor_page, sign_in_page
from desk.door.app_state import AppState
from desk.door.error_page import add_error_pages, refusal
from desk.door.language import speeches
from desk.door.meter import Meter, Metered
from desk.door.page import assets_version, environment
from desk.door.shield import Shield
from desk.duty import annual_report_page, duty_page, roster_page
from desk.intake import report_api, report_page, request_one_page, request_page
from desk.press import brief_page as press_brief_page
from desk.press import lesson_page as press_lesson_page
from desk.press import press_page
from desk.press import source_page as press_source_page
from desk.press import story_page as press_story_page
from desk.press import trend_page as press_trend_page

LOOPBACK = "127.0.0.1"

PAGES = (
    sign_in_page,
    second_factor_page,
    board_page,
    report_page,
    request_page,
    request_one_page,
    audit_page,
    content_page,
    proposal_page,
    law_page,
    annual_report_page,
    duty_page,
    roster_page,
    incident_page,
    incident_amend_page,
    incident_triage_page,
    incident_clock_page,
    incident_determination_page,
    incident_task_page,
    incident_statement_page,
    incident_mail_page,
    incident_timeline_page,
    incident_run_page,
    incident_evidence_page,
    incident_safeguard_page,
    incident_circle_page,
    task_page,
    approval_page,
    press_page,
    press_source_page,
    press_story_page,
    press_brief_page,
    press_trend_page,
    press_lesson_page,
    report_api,
    public_page,
    health_page,
)
"""The modules of the desk that have a `router`."""


def make_app(office: Office) -> FastAPI:
    """The application of `office`."""
    templates = office.settings.templates
    # A redirect to an address without its last slash would name whatever host the caller named.
    app = FastAPI(
        title="phatngon", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False
    )
    app.state.desk = AppState(
        office=office,
        speeches=speeches(templates / "locale"),
        templates=environment(templates / "desk"),
        assets=assets_version(templates / "desk" / "static"),
    )
    app.add_middleware(Shield, upload_bytes=office.settings.upload_limit_bytes, refusal=refusal)
    app.state.meter = Meter()
    app.add_middleware(Metered, meter=app.state.meter)
    add_error_pages(app)
    app.mount("/static", StaticFiles(directory=templates / "desk" / "static"))
    for page in PAGES:
        app.include_router(page.router)
    return app


async def serve(office: Office, port: int, *, host: str = LOOPBACK, with_parent: bool) -> None:
    """Serve until a signal comes or, `with_parent`, standard input closes; OSError: port taken."""
    config = uvicorn.Config(
        make_app(office),
        log_config=None,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    # uvicorn ends the process when its port is taken; bound here, the caller gets the error.
    with socket.create_server((host, port)) as door:
        watching = asyncio.ensure_future(_parent_gone(server)) if with_parent else None
        try:
            await server.serve(sockets=[door])
        finally:
            if watching is not None:
                watching.cancel()
            await office.records.close()


async def _parent_gone(server: uvicorn.Server) -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.read(1024):
        pass
    server.should_exit = True


def main(arguments: Sequence[str] | None = None) -> None:
    """`python -m desk.web --port N`."""
    parser = argparse.ArgumentParser(prog="desk.web", description=__doc__)
    parser.add_argument("--host", default=LOOPBACK)
    parser.add_argument("--port", type=int, default=8400)
    parser.add_argument("--with-parent", action="store_true", help="ends when stdin closes")
    given = parser.parse_args(arguments)
    collect_apart()
    chosen = settings()
    log.begin(chosen.log, chosen.secrets)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(
            serve(open_office(chosen), given.port, host=given.host, with_parent=given.with_parent)
        )


if __name__ == "__main__":
    main()
