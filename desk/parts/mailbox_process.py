"""The mailbox as a process of its own: the SMTP server and its pages, on loopback."""

import argparse
import asyncio
import contextlib
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from crisis.clock import Clock
from desk.parts.mail_folder import MailFolder
from desk.parts.mail_sink import MailSink, SinkServer
from desk.parts.mailbox import Mailbox

LOOPBACK = "127.0.0.1"
HOSTS = [LOOPBACK, "localhost"]
"""A page elsewhere that re-points its own name at loopback does not get in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MailboxPlan:
    """Where to listen and what to keep; without `http_port` there are no pages of its own."""

    folder: Path
    templates: Path
    smtp_port: int
    http_port: int | None = None
    faults: bool = False


def mailbox_app(sink: MailSink, *, templates: Path) -> FastAPI:
    """The pages of `sink`'s folder as an application that answers to loopback names only."""
    app = FastAPI(openapi_url=None, title="phatngon mailbox")
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)
    app.include_router(Mailbox(sink.folder, templates=templates, sink=sink).router)
    return app


async def serve_mailbox(plan: MailboxPlan, *, stop: asyncio.Event) -> None:
    """Serve until `stop` is set or a signal comes. Raises OSError when a port is taken."""
    sink = MailSink(MailFolder(plan.folder), now=Clock.real().now, faults=plan.faults)
    async with SinkServer(sink, port=plan.smtp_port):
        if plan.http_port is None:
            await stop.wait()
            return
        await _serve_pages(mailbox_app(sink, templates=plan.templates), plan.http_port, stop)


async def _serve_pages(app: FastAPI, port: int, stop: asyncio.Event) -> None:
    # uvicorn ends the process when its port is taken; bound here, the caller gets the error.
    with socket.create_server((LOOPBACK, port)) as door:
        await _until(uvicorn.Server(uvicorn.Config(app, log_level="warning")), door, stop)


async def _until(server: uvicorn.Server, door: socket.socket, stop: asyncio.Event) -> None:
    serving = asyncio.ensure_future(server.serve(sockets=[door]))
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    server.should_exit = True
    await serving


def run_mailbox(plan: MailboxPlan, *, with_parent: bool = False) -> None:
    """Serve until interrupted or, `with_parent`, until standard input closes."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(plan, with_parent=with_parent))


async def _run(plan: MailboxPlan, *, with_parent: bool) -> None:
    stop = asyncio.Event()
    watching = asyncio.ensure_future(_parent_gone(stop)) if with_parent else None
    try:
        await serve_mailbox(plan, stop=stop)
    finally:
        if watching is not None:
            watching.cancel()


async def _parent_gone(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.read(1024):
        pass
    stop.set()


def main(arguments: Sequence[str] | None = None) -> None:
    """`python -m desk.parts.mailbox_process FOLDER --smtp-port N --http-port N`."""
    parser = argparse.ArgumentParser(prog="desk.parts.mailbox_process", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--templates", type=Path, default=Path("templates"))
    parser.add_argument("--smtp-port", type=int, default=8425)
    parser.add_argument("--http-port", type=int)
    parser.add_argument("--faults", action="store_true", help="may misbehave, for tests")
    parser.add_argument("--with-parent", action="store_true", help="ends when stdin closes")
    given = parser.parse_args(arguments)
    plan = MailboxPlan(
        folder=given.folder,
        templates=given.templates,
        smtp_port=given.smtp_port,
        http_port=given.http_port,
        faults=given.faults,
    )
    run_mailbox(plan, with_parent=given.with_parent)


if __name__ == "__main__":
    main()
