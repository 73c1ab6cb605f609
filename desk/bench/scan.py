"""`bench watch`, its last part: the whole way from a paper's server into the records.

Papers are served on loopback; `phatngon watch scan` reads them as a process of its own, with
robots.txt, the pause between two requests to one paper, a transaction for each feed, and stories.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from crisis.clock import Clock
from crisis.model.errors import OutsideFailure
from crisis.model.words import words
from crisis.office.office import Office
from crisis.records import press_source
from crisis.records.act import SYSTEM
from crisis.records.press_source import NewSource
from crisis.watch.group import Item
from desk.bench.item import LOOKED_BACK, feed, invented
from desk.bench.process import Cost, ended
from desk.parts.installation import LOOPBACK, Installation, free_ports
from desk.parts.setup import Plan, set_up

FEEDS_OF_A_PAPER = 5
ITEMS = 60
NEW = 2
ALARMING = 0.002
SCAN = ("-c", "from desk.cli import main; main()", "watch", "scan", "--all", "--json")


@dataclass(frozen=True, kw_only=True, slots=True)
class Scanned:
    """A round of so many feeds: how many items were new, what it cost, and the bare requests."""

    feeds: int
    new: int
    cost: Cost
    requests_seconds: float


@dataclass(kw_only=True)
class Papers:
    """Servers of newspapers on loopback, and the feed that stands at each number."""

    urls: list[str] = field(default_factory=list)
    pages: list[bytes] = field(default_factory=list)

    def addresses(self) -> Iterator[tuple[str, list[str]]]:
        """Each paper with the addresses of its feeds."""
        for paper, url in enumerate(self.urls):
            mine = range(paper, len(self.pages), len(self.urls))
            yield f"bao-{paper}", [f"{url}/{number}" for number in mine]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request: a feed by its number, anything else is not there."""
        path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].removeprefix(b"/")
        page = self.pages[int(path)] if path.isdigit() else b""
        status = "200 OK" if page else "404 Not Found"
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(page)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + page)
        await writer.drain()
        writer.close()


async def scans(playbooks: Path, templates: Path, feeds: int) -> list[Scanned]:
    """Two rounds over so many feeds: all is new in the first, `NEW` items of each in the second.

    Raises OutsideFailure where a round fails or leaves something out.
    """
    listed = _listed(playbooks / "watch", feeds)
    with tempfile.TemporaryDirectory() as folder:
        place = Installation(
            var=Path(folder),
            ports=free_ports(),
            exercise=True,
            playbooks=playbooks,
            templates=templates,
        )
        async with _serving(feeds) as papers:
            await _install(place, papers)
            done = []
            for first, count in ((NEW, feeds * ITEMS), (0, feeds * NEW)):
                papers.pages[:] = [feed(items[first : first + ITEMS]) for items in listed]
                done.append(await _round(place, papers, count))
            return done


def _listed(folder: Path, feeds: int) -> list[list[Item]]:
    """What each feed lists, the newest first: `ITEMS` and `NEW` more in front of them."""
    began = Clock.real().real_now() - LOOKED_BACK
    items = invented(folder, feeds * (ITEMS + NEW), began=began, alarming=ALARMING)
    return [items[number::feeds][::-1] for number in range(feeds)]


@asynccontextmanager
async def _serving(feeds: int) -> AsyncIterator[Papers]:
    papers = Papers(pages=[b""] * feeds)
    servers = [
        await asyncio.start_server(papers.answer, LOOPBACK, 0)
        for _ in range(-(-feeds // FEEDS_OF_A_PAPER))
    ]
    ports = [server.sockets[0].getsockname()[1] for server in servers]
    papers.urls = [f"http://{LOOPBACK}:{port}" for port in ports]
    try:
        yield papers
    finally:
        for server in servers:
            server.close()


async def _install(place: Installation, papers: Papers) -> None:
    office: Office = (await set_up(place.settings(), Plan())).office
    async with office.records.act(SYSTEM) as act:
        for name, addresses in papers.addresses():
            new = NewSource(id=name, name=name, addresses=dict.fromkeys(addresses))
            await press_source.put_source(act, new)
            await press_source.read_it(act, name, wanted=True)
    await office.records.close()


async def _round(place: Installation, papers: Papers, new: int) -> Scanned:
    requests = await _requests([one for _, all_of in papers.addresses() for one in all_of])
    said, cost = await ended((sys.executable, *SCAN), place.environment())
    told = json.loads(said)
    if len(told["sources"]) != len(papers.pages) or told["new"] != new:
        raise OutsideFailure(
            words("Có nguồn đọc không trọn.", "Some feeds were not read whole."), permanent=True
        )
    return Scanned(feeds=len(papers.pages), new=told["new"], cost=cost, requests_seconds=requests)


async def _requests(urls: Sequence[str]) -> float:
    """Seconds for the bare requests, as many side by side as the scan has hosts."""
    turn = asyncio.Semaphore(16)
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:

        async def get(url: str) -> None:
            async with turn:
                await client.get(url)

        began = time.perf_counter()
        await asyncio.gather(*(get(url) for url in urls))
        return time.perf_counter() - began
