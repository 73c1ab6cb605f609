"""Parcels, the frame, and a real HTTP server on a probed free port."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from crisis.model.parcel import Act, Parcel, Reference
from crisis.model.statement import StatementKind, Variant
from crisis.model.words import Language, words
from crisis.outlets.frame import Frame
from crisis.outlets.site import SiteOutlet
from desk.parts.mail_folder import MailFolder
from desk.parts.mail_sink import MailSink, SinkServer

BEGIN = datetime(2025, 10, 24, 1, 30, tzinfo=UTC)
TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def now() -> Callable[[], datetime]:
    return lambda: BEGIN


@pytest.fixture
def make_parcel() -> Callable[..., Parcel]:
    """Makes parcels; `n` counts up in time, `on` are the parcels that it refers to."""

    def make(n: int = 1, *, on: tuple[Parcel, ...] = (), **changes: Any) -> Parcel:
        outlet = changes.pop("outlet", "site")
        texts = changes.pop("texts", {Language.VI: f"Nội dung {n}", Language.EN: f"Body {n}"})
        values: dict[str, Any] = {
            "key": f"QT-2025-0001/{n}/{outlet}",
            "outlet": outlet,
            "publication": f"QT-2025-0001/{n}",
            "statement": f"s{n}",
            "version": 1,
            "slug": f"thong-tin-{n}",
            "code": "QT-2025-0001",
            "number": f"{n}/TB-VP",
            "kind": StatementKind.CLARIFY,
            "act": Act.CORRECTION if on else Act.FIRST,
            "exercise": False,
            "published_at": BEGIN + timedelta(hours=n),
            "references": tuple(Reference(publication=p.publication, slug=p.slug) for p in on),
            "variants": tuple(
                Variant(outlet=outlet, language=language, title=f"Tiêu đề {n}", body=body)
                for language, body in texts.items()
            ),
        }
        return Parcel(**(values | changes))

    return make


@pytest.fixture
def make_frame() -> Callable[..., Frame]:
    def make(public_url: str = "https://vi.du", *, exercise: bool = False) -> Frame:
        return Frame(
            office=words("Văn phòng UBND tỉnh", "Office of the People's Committee"),
            mailbox="phatngon@tinh.example",
            public_url=public_url,
            exercise=exercise,
            templates=TEMPLATES,
        )

    return make


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=2, trust_env=False) as one:
        yield one


@dataclass
class PublicSite:
    """The site on a real HTTP server, with what has been published so far."""

    outlet: SiteOutlet
    folder: Path
    published: list[Parcel]

    async def publish(self, *parcels: Parcel) -> None:
        for parcel in parcels:
            await self.outlet.deliver(parcel)
            self.published.append(parcel)

    def page(self, path: str) -> str:
        return (self.folder / "tin" / path / "index.html").read_text()


@pytest.fixture
async def site(
    tmp_path: Path,
    client: httpx.AsyncClient,
    make_frame: Callable[..., Frame],
    now: Callable[[], datetime],
) -> AsyncIterator[PublicSite]:
    published: list[Parcel] = []

    async def load() -> list[Parcel]:
        return list(published)

    folder = tmp_path / "site"
    folder.mkdir()
    door = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{door.getsockname()[1]}"
    app = Starlette(routes=[Mount("/", StaticFiles(directory=folder, html=True))])
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    serving = asyncio.ensure_future(server.serve(sockets=[door]))
    outlet = SiteOutlet(
        folder=folder, frame=make_frame(address), published=load, client=client, now=now
    )
    yield PublicSite(outlet=outlet, folder=folder, published=published)
    await client.aclose()
    server.should_exit = True
    await serving
    door.close()


@dataclass
class Receiver:
    """A real HTTP receiver: keeps every request, answers what it is told to."""

    url: str = ""
    answer: bytes = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"id":"r1"}'
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    silent: bool = False
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def says(self, status: str, body: bytes = b"", *headers: str) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
        self.answer = "\r\n".join(lines).encode() + body

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head[1:-2])}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            self.requests.append((headers, body))
            if self.silent:
                await self.released.wait()
            writer.write(self.answer)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    one = Receiver()
    server = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/nhan"
    yield one
    one.released.set()
    server.close()
    await server.wait_closed()


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
async def sink(
    tmp_path: Path, free_port: int, now: Callable[[], datetime]
) -> AsyncIterator[SinkServer]:
    """The built-in SMTP server, allowed to misbehave."""
    keeper = MailSink(MailFolder(tmp_path / "mail"), now=now, faults=True)
    async with SinkServer(keeper, port=free_port) as server:
        yield server
