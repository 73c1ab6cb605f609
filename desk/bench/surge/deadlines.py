"""Deadlines that all fall due at one moment: how long until each is recorded and mailed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from crisis.clock import Clock
from crisis.records import assignment, due, incident
from crisis.records.deadline import MISSED, RUNNING
from crisis.records.incident_copy import LATER, Copies, copy_incident
from crisis.records.office_clock import set_clock
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import Incident
from desk.bench.crowd import PATIENCE, Crowd
from desk.bench.served import at_work
from desk.bench.story import counted, empty_runs, spread
from desk.bench.surge.figure import Claim, Figure, chains_hold, three
from desk.parts.installation import Installation
from desk.parts.mail_folder import MailFolder
from desk.parts.patience import until
from desk.parts.setup import OPERATOR
from desk.runs import Runs

APART = timedelta(days=30)
"""Between the moments of one size and the next; what follows a miss is due in between."""

SECONDS_OF_A_DEADLINE = 20.0
"""More than a busy machine needs for one of them."""


async def deadlines_bench(
    place: Installation, examples: Path, deadlines: int
) -> AsyncIterator[Figure | Claim]:
    """Three times so many incidents miss their first deadline at one moment of the office clock."""
    async with at_work(place, examples) as (crowd, runs):
        await empty_runs(runs, [1, 1])
        code = await crowd.file(0, fresh=True)
        await until(f"{code}: a task", partial(_has_task, crowd, code), seconds=PATIENCE)
        await _quiet_down(crowd, PATIENCE)
        # All copies first: once their moment has come, the original has missed its deadlines, too.
        falls = [one async for one in _falls(crowd, code, three(deadlines, 3))]
        for copies in falls:
            one = Fall(place=place, crowd=crowd, runs=runs, code=code, copies=copies)
            async for told in one.measured():
                yield told
        yield await chains_hold(crowd.office)


async def _falls(crowd: Crowd, code: str, sizes: Sequence[int]) -> AsyncIterator[Copies]:
    """Copies for each size, all due at a moment of their own."""
    first, begin = (await crowd.office.records.clock()).now() + LATER, 0
    for number, size in enumerate(sizes):
        numbers = range(begin, begin + size)
        copies = Copies(numbers=numbers, due=first + APART * number)
        await copy_incident(crowd.office.records, code, copies)
        yield copies
        begin += size


async def _has_task(crowd: Crowd, code: str) -> bool:
    async with crowd.office.records.look() as session:
        row = await incident.by_code(session, code)
        return bool(await assignment.of_incident(session, row.id))


async def _quiet_down(crowd: Crowd, seconds: float) -> None:
    """Wait until nothing is due."""

    async def quiet() -> bool:
        async with crowd.office.records.look() as session:
            return not (await due.anything(session)).any

    await until("nothing is due", quiet, seconds=seconds)


@dataclass(frozen=True, kw_only=True)
class Fall:
    """Copies of the incident `code` whose deadlines all fall due at one moment."""

    place: Installation
    crowd: Crowd
    runs: Runs
    code: str
    copies: Copies

    @property
    def codes(self) -> list[str]:
        """The copies' codes."""
        return [f"{self.code}-{number:06}" for number in self.copies.numbers]

    async def measured(self) -> AsyncIterator[Figure | Claim]:
        """Let their moment come, wait until all is recorded and mailed, then the floor."""
        size, clock = len(self.codes), Clock.real()
        patience = max(PATIENCE, size * SECONDS_OF_A_DEADLINE)
        before, owed = await counted(self.runs), await self._number(RUNNING)
        async with self.crowd.office.records.act(OPERATOR) as act:
            moment = (self.copies.due or act.now) + timedelta(seconds=1)
            await set_clock(act, moment, rate=1.0, exercise=True)
        began = clock.monotonic()
        await until("all deadlines recorded", self._all_recorded, seconds=patience)
        recorded = clock.monotonic() - began
        await until("a mail about each", self._all_mailed, seconds=patience)
        took = clock.monotonic() - began
        await _quiet_down(self.crowd, patience)
        missed = await self._number(MISSED)
        yield Claim(
            says=f"{missed} of {owed} deadlines are recorded as missed", holds=missed == owed
        )
        after = await counted(self.runs)
        runs, tasks = after[0] - before[0], after[1] - before[1]
        began = clock.monotonic()
        await empty_runs(self.runs, spread(tasks, runs), seconds=patience)
        yield Figure(
            bench="deadlines",
            database=self.crowd.office.records.database.engine.dialect.name,
            size=size,
            of="incidents whose deadlines fall due at one moment",
            value=round(took, 2),
            unit="s",
            floor=round(clock.monotonic() - began, 2),
            against=f"{runs} empty runs with {tasks} tasks through the same pool",
            more={
                "deadlines": owed,
                "recorded_after": round(recorded, 2),
                "per_minute": round(owed / took * 60, 1),
            },
        )

    async def _number(self, state: str) -> int:
        """How many deadlines of the copies stand so."""
        async with self.crowd.office.records.look() as session:
            found = await session.scalar(
                select(func.count(DeadlineRow.id))
                .join(Incident, Incident.id == DeadlineRow.incident_id)
                .where(DeadlineRow.state == state, Incident.code.in_(self.codes))
            )
        return found or 0

    async def _all_recorded(self) -> bool:
        return await self._number(RUNNING) == 0

    async def _all_mailed(self) -> bool:
        """Whether the mail server has a mail about each since, whatever our records say."""
        cards = await asyncio.to_thread(MailFolder(self.place.mail_dir).cards, limit=10**6)
        told = " ".join(card.subject for card in cards)
        return all(code in told for code in self.codes)
