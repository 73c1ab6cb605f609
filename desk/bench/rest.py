"""`bench rest`: what `phatngon up` costs while nobody acts, and how soon it wakes up.

Measured with nothing in the records and again with many open incidents: what it costs must follow
what is due, not what is open.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from statistics import median
from typing import Any

import httpx

from crisis.clock import Clock
from crisis.records import assignment, due, incident
from desk.bench.crowd import PATIENCE, Crowd
from desk.bench.footprint import Footprint, command, family, footprint
from desk.bench.story import empty_runs, started
from desk.drill.browser import Browser, Page
from desk.parts.mail_folder import MailFolder
from desk.parts.patience import until
from desk.runs import FINAL, Runs

QUIET_LOOKS = 8
LOOK_SECONDS = 1.0
PREFECT = "flows.server"
RUNS_OF_AN_ANSWER = 2
"""One that answers the wake-up, one that sends the mail."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AtRest:
    """What the processes cost in `seconds` with so many incidents open.

    Percent of one core; memory in MiB, shared pages counted once. `own` is everything but Prefect's
    server. `ratio` is our processor time over that of Prefect's server.
    """

    bench: str
    open_incidents: int
    seconds: float
    own_cpu_percent: float
    prefect_cpu_percent: float
    own_mib: int
    all_mib: int
    ratio: float

    def as_json(self) -> dict[str, Any]:
        """The figures as one JSON object."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Woken:
    """From an agency's answer to the next person's mail on the mail server, in seconds.

    The floor is as many empty runs, one after the other, through the same pool; `ratio` is the
    median over it.
    """

    bench: str
    open_incidents: int
    answers: int
    median_seconds: float
    worst_seconds: float
    floor_seconds: float
    ratio: float

    def as_json(self) -> dict[str, Any]:
        """The figures as one JSON object."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Resting:
    """An `up` that runs as process `pid`, with its people and its mail folder."""

    crowd: Crowd
    runs: Runs
    pid: int
    desk_url: str
    mails: MailFolder
    clock: Clock

    async def warm_up(self) -> None:
        """Let the worker load what it keeps: the first run of all costs more than any later one."""
        await empty_runs(self.runs, [1, 1])
        run_id = await started(self.runs, "reconcile", {})

        async def ended() -> bool:
            return await self.runs.type_of(run_id) in FINAL

        await until("reconcile", ended, seconds=PATIENCE)

    async def at_rest(self, opened: int, seconds: float) -> AtRest:
        """Measure for `seconds`, once nothing is due."""
        await self.quiet()
        parts = {pid: PREFECT in command(pid) for pid in family(self.pid)}
        theirs = [pid for pid, prefect in parts.items() if prefect]
        ours = [pid for pid, prefect in parts.items() if not prefect]
        began, before = self.clock.monotonic(), (footprint(ours), footprint(theirs))
        await asyncio.sleep(seconds)
        took, after = self.clock.monotonic() - began, (footprint(ours), footprint(theirs))
        own, prefect = (_percent(a, b, took) for a, b in zip(before, after, strict=True))
        return AtRest(
            bench="rest",
            open_incidents=opened,
            seconds=round(took, 1),
            own_cpu_percent=own,
            prefect_cpu_percent=prefect,
            own_mib=round(after[0].mebibytes),
            all_mib=round(after[0].mebibytes + after[1].mebibytes),
            ratio=round(own / prefect, 2) if prefect else 0.0,
        )

    async def woken(self, opened: int, numbers: Iterable[int]) -> Woken:
        """Answer one incident after the other, each at rest."""
        times = [await self._woken(number) for number in numbers]
        floors = [await self._floor() for _ in times]
        floor = median(floors)
        return Woken(
            bench="answer",
            open_incidents=opened,
            answers=len(times),
            median_seconds=round(median(times), 2),
            worst_seconds=round(max(times), 2),
            floor_seconds=round(floor, 2),
            ratio=round(median(times) / floor, 2),
        )

    async def quiet(self) -> None:
        """Wait until nothing was due for a while."""
        looks = 0
        while looks < QUIET_LOOKS:
            async with self.crowd.office.records.look() as session:
                looks = 0 if (await due.anything(session)).any else looks + 1
            await asyncio.sleep(LOOK_SECONDS)

    async def incident(self, number: int) -> tuple[str, str]:
        """A new incident whose agency has its task, at rest; its code and the task."""
        code = await self.crowd.file(number)

        async def assigned() -> str | None:
            async with self.crowd.office.records.look() as session:
                row = await incident.by_code(session, code)
                tasks = await assignment.of_incident(session, row.id)
            return tasks[0].id if tasks else None

        task = await until(f"{code}: a task", assigned, seconds=PATIENCE)
        await self.quiet()
        return code, task

    async def _woken(self, number: int) -> float:
        code, task = await self.incident(number)
        token = await self.crowd.link(code, task)
        async with httpx.AsyncClient(
            base_url=self.desk_url, follow_redirects=True, timeout=PATIENCE
        ) as web:
            browser = Browser(web=web)
            page = await browser.open(f"/viec/{token}")
            await self.quiet()
            sent_at = self.clock.real_now()
            await browser.send(page, "/tra-loi", _answer(page))

        async def came() -> datetime | None:
            fresh = (card for card in self.mails.cards(limit=10) if card.at > sent_at)
            return next((card.at for card in fresh if code in card.subject), None)

        return (await until(f"{code}: the next mail", came) - sent_at).total_seconds()

    async def _floor(self) -> float:
        began = self.clock.monotonic()
        for _ in range(RUNS_OF_AN_ANSWER):
            await empty_runs(self.runs, [1])
        return self.clock.monotonic() - began


def _percent(before: Footprint, after: Footprint, seconds: float) -> float:
    return round((after.cpu_seconds - before.cpu_seconds) / seconds * 100, 2)


def _answer(page: Page) -> dict[str, str]:
    """Every claim is true and will be put right."""
    form = page.form("/tra-loi")
    typed = {"name": "Bench", "title": "Bench", "do": "answer"}
    for key in (form.section_of("verdict-") if form else {}).values():
        typed |= {
            f"verdict-{key}": "accurate",
            f"fact_vi-{key}": "Nội dung báo nêu là đúng.",
            f"fact_en-{key}": "What was reported is right.",
            f"what_vi-{key}": "Khắc phục ngay",
            f"what_en-{key}": "Put right at once",
        }
    return typed
