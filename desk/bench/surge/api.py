"""A burst of reports through the API: how fast it is taken, opened and mailed by real parts."""

import asyncio
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from crisis.clock import Clock
from crisis.model.letter import Assignment
from crisis.model.report import ReportIn
from crisis.records import due
from crisis.records.schema.incident import Incident, Report
from crisis.records.schema.mail import Mail
from crisis.writing.content_file import read_content
from desk.bench.crowd import PATIENCE, Crowd
from desk.bench.served import at_work
from desk.bench.story import counted, empty_runs, spread
from desk.bench.surge.callers import Burst, Callers, keys_for, must_be_taken
from desk.bench.surge.figure import Claim, Figure, chains_hold, rank, three
from desk.parts.installation import Installation
from desk.parts.mail_folder import MailFolder
from desk.parts.patience import until
from desk.runs import Runs

COORDINATORS = 8
"""So many people confirm at once."""

SECONDS_OF_A_STORY = 10.0
"""More than a busy machine needs for one incident."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Surge:
    """So many reports of so many stories by so many clients at once."""

    reports: int = 1000
    stories: int = 300
    clients: int = 20


async def api_bench(
    place: Installation, examples: Path, surge: Surge
) -> AsyncIterator[Figure | Claim]:
    """Three bursts, the last one of full size, each taken, opened, mailed and counted."""
    async with at_work(place, examples) as (crowd, runs):
        await empty_runs(runs, [1, 1])
        for number, reports in enumerate(three(surge.reports, 2)):
            stories = max(surge.stories * reports // surge.reports, 1)
            burst = Burst(number=number, reports=reports, stories=stories)
            async for one in Round(place=place, crowd=crowd, runs=runs, burst=burst).play(surge):
                yield one
        yield await chains_hold(crowd.office)


@dataclass(frozen=True, kw_only=True)
class Round:
    """One burst on a running installation."""

    place: Installation
    crowd: Crowd
    runs: Runs
    burst: Burst

    @property
    def database(self) -> str:
        """Which engine keeps the records."""
        return self.crowd.office.records.database.engine.dialect.name

    async def play(self, surge: Surge) -> AsyncIterator[Figure | Claim]:
        """Hand all in, see that each story is one incident, open and mail them, then the floor."""
        before, clock = await counted(self.runs), Clock.real()
        began = clock.monotonic()
        callers = await self._sent(surge.clients)
        yield self._taken(callers, await callers.read(self.burst.reports))
        for claim in await self._told_apart(callers):
            yield claim
        codes = {code for found in callers.codes.values() for code in found}
        confirming = clock.monotonic()
        await self._opened(codes)
        ended = clock.monotonic()
        yield Claim(
            says=f"each of {len(codes)} incidents was mailed to its agency",
            holds=await self._mailed_outside(codes),
        )
        after = await counted(self.runs)
        runs, tasks = after[0] - before[0], after[1] - before[1]
        began_floor = clock.monotonic()
        await empty_runs(self.runs, spread(tasks, runs), seconds=self._patience)
        floor = clock.monotonic() - began_floor
        yield Figure(
            bench="open and mail",
            database=self.database,
            size=len(codes),
            of="incidents",
            value=round(ended - confirming, 2),
            unit="s",
            floor=round(floor, 2),
            against=f"{runs} empty runs with {tasks} tasks through the same pool",
            more={
                "incidents_per_minute": round(len(codes) / (ended - confirming) * 60, 1),
                "floor_per_minute": round(len(codes) / floor * 60, 1),
                "since_first_call_seconds": round(ended - began, 2),
            },
        )

    async def _sent(self, clients: int) -> Callers:
        report = read_content(self.crowd.report, ReportIn)
        keys = await keys_for(self.crowd.office, self.burst.reports)
        callers = Callers(url=self.place.desk_url, clients=clients, keys=keys)
        await callers.send(list(self.burst.bodies(report)))
        must_be_taken(callers)
        return callers

    def _taken(self, callers: Callers, floor: float) -> Figure:
        return Figure(
            bench="api burst",
            database=self.database,
            size=self.burst.reports,
            of="reports",
            value=round(callers.took, 2),
            unit="s",
            floor=round(floor, 2),
            against="as many calls that read nothing",
            more={
                "clients": callers.clients,
                "accepted_per_second": round(len(callers.seconds) / callers.took, 1),
                "p50_ms": round(rank(callers.seconds, 0.5) * 1000, 1),
                "p99_ms": round(rank(callers.seconds, 0.99) * 1000, 1),
            },
        )

    async def _told_apart(self, callers: Callers) -> list[Claim]:
        """Every call was taken, and each story is one incident with all its reports."""
        codes = {code for found in callers.codes.values() for code in found}
        wanted = dict.fromkeys(range(self.burst.stories), 0)
        for n in range(self.burst.reports):
            wanted[n % self.burst.stories] += 1
        expected = {code: wanted[n] for n, found in callers.codes.items() for code in found}
        async with self.crowd.office.records.look() as session:
            rows = await session.execute(
                select(Incident.code, func.count(Report.id))
                .join(Report, Report.incident_id == Incident.id)
                .where(Incident.code.in_(codes))
                .group_by(Incident.code)
            )
            found = {row[0]: row[1] for row in rows}
        return [
            Claim(says=f"every call was taken: {callers.refused[:2]}", holds=not callers.refused),
            Claim(
                says=f"{self.burst.stories} stories are {len(codes)} incidents",
                holds=len(codes) == self.burst.stories == len(callers.codes),
            ),
            Claim(
                says=f"{self.burst.reports} reports are attached: {sum(found.values())}",
                holds=found == expected and sum(found.values()) == self.burst.reports,
            ),
        ]

    @property
    def _patience(self) -> float:
        return max(PATIENCE, self.burst.stories * SECONDS_OF_A_STORY)

    async def _opened(self, codes: Collection[str]) -> None:
        """The coordinator confirms each; back when every agency's mail is on the mail server."""
        places = asyncio.Semaphore(COORDINATORS)

        async def confirm(code: str) -> None:
            async with places:
                await self.crowd.confirm(code)

        await asyncio.gather(*map(confirm, codes))

        async def all_mailed() -> bool:
            async with self.crowd.office.records.look() as session:
                if (await due.anything(session)).any:
                    return False
                sent = await session.scalars(
                    select(Mail.chain).where(
                        Mail.letter == Assignment.name, Mail.state == "sent", Mail.chain.in_(codes)
                    )
                )
                return set(sent) == set(codes)

        await until("all agencies mailed", all_mailed, seconds=self._patience)

    async def _mailed_outside(self, codes: Collection[str]) -> bool:
        """Whether the mail server has a mail about each, whatever our records say."""
        cards = await asyncio.to_thread(MailFolder(self.place.mail_dir).cards, limit=10**6)
        told = " ".join(card.subject for card in cards)
        return all(code in told for code in codes)
