"""An office that reads papers served by a real HTTP server on loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from typing import Any

import pytest

from crisis.intake.fetch import Limits
from crisis.office.office import Office
from crisis.office.press import scan as press_scan
from crisis.office.press.scan import Round, Scan
from crisis.records import press_feed, press_source
from crisis.records.act import SYSTEM
from crisis.records.press_source import NewSource
from crisis.records.schema.press import PressFeed

SHORT = Limits(size=12_000_000, seconds=2.0, redirects=3)
PRINTED = datetime.fromisoformat("2025-10-20T07:30+07:00")


@dataclass(frozen=True, kw_only=True)
class Told:
    """An article as a paper lists it."""

    title: str
    lead: str = ""
    link: str = ""
    at: datetime | None = PRINTED
    guid: str = ""


def rss(*told: Told) -> bytes:
    """A feed of these articles."""
    items = "".join(
        f"<item><title>{escape(one.title)}</title>"
        + (f"<link>{escape(one.link)}</link>" if one.link else "")
        + (f"<guid>{escape(one.guid)}</guid>" if one.guid else "")
        + f"<description>{escape(one.lead)}</description>"
        + (f"<pubDate>{one.at:%a, %d %b %Y %H:%M:%S %z}</pubDate>" if one.at else "")
        + "</item>"
        for one in told
    )
    return f"<rss version='2.0'><channel><title>Báo</title>{items}</channel></rss>".encode()


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An answer of a web server."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


Page = bytes | Callable[[str], bytes]


@dataclass
class Papers:
    """A web server: `pages` by path, and every request's first line with its headers."""

    url: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(head.split(" ")[1] == path for head in self.heads)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.heads.append(head)
            path = head.split(" ")[1]
            if path == "/drip":
                await self._drip(writer)
            page = self.pages.get(path, answer(b"", status="404 Not Found"))
            writer.write(page if isinstance(page, bytes) else page(head))
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the reader has seen enough
        finally:
            writer.close()

    async def _drip(self, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b"<")
            await writer.drain()
            await asyncio.sleep(0.05)


@dataclass(kw_only=True)
class Watch:
    """The press watch of an office under test."""

    house: Any
    papers: Papers

    @property
    def office(self) -> Office:
        """The office."""
        return self.house.office

    async def source(self, name: str, *paths: str, weight: int = 1, **more: Any) -> None:
        """Begin to read a source at these paths of the server."""
        addresses = dict.fromkeys(f"{self.papers.url}{path}" for path in paths)
        new = NewSource(id=name, name=name.title(), weight=weight, addresses=addresses, **more)
        async with self.office.records.act(SYSTEM) as act:
            await press_source.put_source(act, new)
            await press_source.read_it(act, name, wanted=True)

    def prints(self, path: str, *told: Told) -> None:
        """Let a feed list these articles from now on."""
        self.papers.pages[path] = answer(rss(*told), "Content-Type: application/rss+xml")

    async def scan(self, *, every: bool = True) -> Scan:
        """One round."""
        how = Round(every=every, limits=SHORT, between=timedelta())
        return await press_scan.scan(self.office, how, holder="test")

    async def feed(self, path: str) -> PressFeed:
        """An address as it is recorded."""
        async with self.office.records.look() as session:
            return await press_feed.by_url(session, f"{self.papers.url}{path}")

    async def rows(self, query: Any) -> list[Any]:
        """What a question to the records finds."""
        async with self.office.records.look() as session:
            return list(await session.scalars(query))

    async def states(self, paths: Iterable[str]) -> dict[str, str]:
        """The recorded state of each address."""
        return {path: (await self.feed(path)).state for path in paths}


@pytest.fixture
async def watch(house: Any) -> AsyncIterator[Watch]:
    """The press watch of an office, with papers to read."""
    papers = Papers()
    server = await asyncio.start_server(papers.serve, "127.0.0.1", 0)
    papers.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield Watch(house=house, papers=papers)
    server.close()
    await server.wait_closed()
