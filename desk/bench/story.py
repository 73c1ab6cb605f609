"""`bench story`: incidents through all their runs, beside as many empty runs in the same pool."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar
from uuid import uuid4

from crisis.model.errors import OutsideFailure
from desk.bench.crowd import PATIENCE, Crowd
from desk.parts.patience import until
from desk.runs import Runs

Answer = TypeVar("Answer")

SETTLE_SECONDS = 5.0
"""Prefect writes task runs down in batches, seconds after they ended."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """What was measured; times in seconds.

    `runs` and `tasks` are what Prefect counted of the story; the floor is as many empty runs with
    as many tasks through the same pool, `in_process_seconds` the same without pool and worker.
    `ratio` is story over floor.
    """

    bench: str
    database: str
    incidents: int
    runs: int
    tasks: int
    story_seconds: float
    floor_seconds: float
    in_process_seconds: float
    ratio: float

    def as_json(self) -> dict[str, Any]:
        """The figures as one JSON object."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One running installation to be measured, with its people."""

    crowd: Crowd
    runs: Runs
    in_process: Callable[[Sequence[int]], Awaitable[float]]

    async def story(self, incidents: int) -> Measured:
        """Play `incidents` at once with people who answer at once, then the floor."""
        loop = asyncio.get_running_loop()
        await empty_runs(self.runs, [1, 1])
        began = loop.time()
        await asyncio.gather(*(self.crowd.play(n) for n in range(incidents)))
        story = loop.time() - began
        runs, tasks = await counted(self.runs)
        shares = spread(tasks, runs)
        began = loop.time()
        await empty_runs(self.runs, shares)
        floor = loop.time() - began
        return Measured(
            bench="story",
            database=self.crowd.office.records.database.engine.dialect.name,
            incidents=incidents,
            runs=runs,
            tasks=tasks,
            story_seconds=round(story, 2),
            floor_seconds=round(floor, 2),
            in_process_seconds=await self.in_process(shares),
            ratio=round(story / floor, 2),
        )


async def counted(runs: Runs) -> tuple[int, int]:
    """All runs and tasks so far as Prefect has them, once it has written all down."""
    before, counts = (0, 0), await patiently(runs.counted)
    while counts != before:
        await asyncio.sleep(SETTLE_SECONDS)
        before, counts = counts, await patiently(runs.counted)
    return counts


async def patiently(ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """What `ask` answers, asked again while a busy server says "later". Raises OutsideFailure."""

    async def answered() -> tuple[Answer] | None:
        try:
            return (await ask(),)
        except OutsideFailure as error:
            if error.permanent:
                raise
            return None

    return (await until("an answer of Prefect", answered, seconds=PATIENCE))[0]


async def empty_runs(runs: Runs, shares: Sequence[int], *, seconds: float = PATIENCE) -> None:
    """An empty run for each number of tasks through the pool, side by side, until all ended."""
    left = [await _begun(runs, tasks) for tasks in shares]

    async def ended() -> bool:
        while left and await patiently(lambda: runs.state_of(left[-1])) == "Completed":
            left.pop()
        return not left

    await until("empty runs", ended, seconds=seconds)


async def _begun(runs: Runs, tasks: int) -> str:
    key = str(uuid4())
    asked = {"tasks": tasks}
    return await patiently(lambda: runs.start("empty", parameters=asked, key=key, name="empty"))


async def started(runs: Runs, flow: str, parameters: dict[str, Any]) -> str:
    """A run of its own, whatever ran before; its id."""
    return await runs.start(flow, parameters=parameters, key=str(uuid4()), name=flow)


def spread(tasks: int, runs: int) -> list[int]:
    """`tasks` over `runs` as evenly as whole numbers allow."""
    share, more = divmod(tasks, max(runs, 1))
    return [share + (n < more) for n in range(runs)]
