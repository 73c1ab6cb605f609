"""An empty run with as many tasks as asked: the floor that benchmarks compare with.

`python -m flows.empty TASKS…` runs one for each number, four at a time in this process, on the
server of PREFECT_API_URL, and prints the seconds it took.
"""

import asyncio
import sys
import time

from prefect import flow, task
from prefect.cache_policies import NO_CACHE


@task(name="nothing", cache_policy=NO_CACHE, persist_result=False)
async def nothing() -> None:
    """Do nothing."""


@flow(name="empty", persist_result=False, flow_run_name="empty")
async def empty(tasks: int = 5) -> None:
    """Run `tasks` empty tasks one after the other."""
    for _ in range(tasks):
        await nothing()


async def side_by_side(tasks: list[int], at_once: int = 4) -> float:
    """Seconds for one run per number in `tasks`, `at_once` at a time; loading is not counted."""
    places = asyncio.Semaphore(at_once)

    async def one(count: int) -> None:
        async with places:
            await empty(count)

    await empty(1)
    began = time.monotonic()
    await asyncio.gather(*(one(count) for count in tasks))
    return time.monotonic() - began


if __name__ == "__main__":
    sys.stdout.write(f"{asyncio.run(side_by_side([int(one) for one in sys.argv[1:]])):.2f}\n")
