"""Records as after many years: copies of incidents that real parts have played."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crisis.model.incident import Stage
from crisis.office.incident import triage
from crisis.records import assignment, incident
from crisis.records.incident_copy import Copies, copy_incident
from desk.bench.crowd import PATIENCE, Crowd
from desk.bench.item import invented
from desk.parts.patience import until

RUNNING, SHORT = 0.05, 0.70
"""Shares of incidents that still run, and of those that ended early; the rest went all the way."""


@dataclass(kw_only=True)
class Archive:
    """The originals, and how far the records have grown; `entries` counts the copies' ledger."""

    crowd: Crowd
    titles: tuple[str, ...]
    running: str
    short: str
    full: str
    incidents: int = 0
    entries: int = 0

    async def grow(self, until_size: int) -> None:
        """Write copies until there are so many, running and ended ones in the same shares."""
        numbers = range(self.incidents, until_size)
        first = numbers.start + round(len(numbers) * RUNNING)
        second = first + round(len(numbers) * SHORT)
        for code, begin, end in (
            (self.running, numbers.start, first),
            (self.short, first, second),
            (self.full, second, numbers.stop),
        ):
            copies = Copies(numbers=range(begin, end), title=self._title)
            self.entries += await copy_incident(self.crowd.office.records, code, copies)
        self.incidents = until_size

    def _title(self, number: int) -> str:
        return self.titles[number]


async def archive(crowd: Crowd, playbooks: Path, most: int) -> Archive:
    """Play the originals on running parts: one that waits, one ended early, one all the way."""
    running, short = [await crowd.file(n) for n in range(2)]
    for code in (running, short):
        await until(f"{code}: a task", partial(_has_task, crowd, code), seconds=PATIENCE)
    full = await crowd.play(2)
    for code in (short, full):
        await until(f"{code}: closed", partial(_closed, crowd, code), seconds=PATIENCE)
    titles = tuple(item.title for item in invented(playbooks / "watch", most))
    return Archive(crowd=crowd, titles=titles, running=running, short=short, full=full)


async def _has_task(crowd: Crowd, code: str) -> bool:
    async with crowd.office.records.look() as session:
        row = await incident.by_code(session, code)
        return bool(await assignment.of_incident(session, row.id))


async def _closed(crowd: Crowd, code: str) -> bool:
    async with crowd.office.records.act(crowd.actor("coordinator")) as act:
        row = await incident.held(act, code)
        await triage.end(act, row, Stage.CLOSED, "Bench")
    return True
