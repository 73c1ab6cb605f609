"""The desk's pages while the records grow: what a page costs must not follow what lies there."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx

from crisis.clock import Clock
from crisis.records import person, sign_in
from desk.bench.served import crowd_at
from desk.bench.surge.archive import Archive, archive
from desk.bench.surge.figure import GROWTH, Claim, Figure, rank, three
from desk.door.gate import COOKIE
from desk.parts.installation import Installation
from desk.parts.supervisor import Supervisor

ROUNDS = 30
ENOUGH = 5_000.0
"""A page that has taken so many milliseconds in all is read no more."""

FOLLOW = {"annual report", "annual report, a list", "metrics"}
"""What counts a whole year, or everything: told, and not held to cost the same."""

FLOOR = "/tin-bao"
"""A page of the same desk for the same person that reads no incident."""

Times = dict[str, list[float]]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The desk as a signed-in coordinator reads it."""

    web: httpx.AsyncClient
    archive: Archive
    times: Times = field(default_factory=dict)

    async def read(self) -> Times:
        """Each page so often, one after the other, so that a busy moment hits them all alike."""
        pages = await self._pages()
        times: Times = {name: [] for name in (FLOOR, *pages)}
        for number in range(ROUNDS + 1):
            for name, path in {FLOOR: FLOOR, **pages}.items():
                least = 0 if name in FOLLOW else 2
                if len(times[name]) > least and sum(times[name]) > ENOUGH and name != FLOOR:
                    continue
                began = Clock.real().monotonic()
                (await self.web.get(path)).raise_for_status()
                took = (Clock.real().monotonic() - began) * 1000
                if number or took > ENOUGH:
                    times[name].append(took)
        return times

    async def _pages(self) -> dict[str, str]:
        """What is read, by name; pages behind the first are found as a reader finds them."""
        words = self.archive.titles[self.archive.incidents // 2].split()
        here = f"/vu-viec/{self.archive.full}"
        return {
            "board": "/",
            "board, next page": await self._link("/", "sau="),
            "board, one stage": "/?giai-doan=verifying",
            "board, one severity": "/?muc=S2",
            "board, ended": "/?xem=ket-thuc",
            "board, ended, next page": await self._link("/?xem=ket-thuc", "sau="),
            "search, a common word": "/?tim=xa",
            "search, one title": f"/?tim={' '.join(words[:6])}",
            "search, ended": f"/?xem=ket-thuc&tim={words[0]} {words[1]}",
            "search, nothing": "/?tim=khongcogi",
            "incident": here,
            "ledger": f"{here}/dien-bien?xem=tat-ca",
            "mails": f"{here}/thu",
            "periodic duties": "/nhiem-vu-dinh-ky",
            "requests": "/yeu-cau-bao-chi",
            "approvals": "/duyet",
            "press watch": "/bao-chi",
            "annual report": "/bao-cao-nam",
            "annual report, a list": await self._link("/bao-cao-nam", r"/bao-cao-nam/\d+/[a-z_]+$"),
            "metrics": "/metrics",
        }

    async def _link(self, path: str, pattern: str) -> str:
        """Where a page leads that fits; the page itself where it does not lead on yet."""
        links = re.findall(r'href="([^"]+)"', (await self.web.get(path)).text)
        return next((html.unescape(one) for one in links if re.search(pattern, one)), path)


async def pages_bench(
    place: Installation, examples: Path, incidents: int
) -> AsyncIterator[Figure | Claim]:
    """Let the records of `place` grow to `incidents` in three steps; read every page at each."""
    async with crowd_at(place, examples) as crowd:
        parts = place.parts()
        async with Supervisor(parts=parts, logs=place.var / "log", tell=_quiet):
            there = await archive(crowd, place.playbooks, incidents)
        desk = [part for part in parts if part.name == "desk"]
        first: dict[str, float] = {}
        async with Supervisor(parts=desk, logs=place.var / "log", tell=_quiet):
            for size in three(incidents, 10):
                await there.grow(size)
                async with _reading(place, there) as reader:
                    times = await reader.read()
                for one in _told(there, times, first):
                    yield one


def _quiet(line: str) -> None:
    """What the supervisor tells is in its logs."""


@asynccontextmanager
async def _reading(place: Installation, there: Archive) -> AsyncIterator[Desk]:
    records = there.crowd.office.records
    async with records.act() as act:
        user = await person.by_id(act.session, there.crowd.people["coordinator"])
        opened = await sign_in.open_session(act, user, second_factor=True, replaces=None)
    async with httpx.AsyncClient(
        base_url=place.desk_url, cookies={COOKIE: opened.token}, trust_env=False, timeout=300
    ) as web:
        yield Desk(web=web, archive=there)


def _told(there: Archive, times: Times, first: dict[str, float]) -> list[Figure | Claim]:
    """Each page beside the floor; at the last size, whether its cost stayed what it was."""
    floor, told = times.pop(FLOOR), list[Figure | Claim]()
    for name, measured in times.items():
        share = median(measured) / median(floor)
        grown = round(share / first.setdefault(name, share), 2)
        told.append(
            Figure(
                bench=name,
                database=there.crowd.office.records.database.engine.dialect.name,
                size=there.incidents,
                of="incidents",
                value=round(rank(measured, 0.95), 1),
                unit="ms p95",
                floor=round(rank(floor, 0.95), 1),
                against="a page that reads no incident",
                more={
                    "entries": there.entries,
                    "p50": round(median(measured), 1),
                    "floor_p50": round(median(floor), 1),
                    "grown": grown,
                },
            )
        )
        says = f"{name} costs the same with {there.incidents} incidents: {grown} times"
        told += [] if name in FOLLOW else [Claim(says=says, holds=grown <= GROWTH)]
    return told
