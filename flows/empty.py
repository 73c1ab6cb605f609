"""An empty run with as many tasks as asked: the floor that benchmarks compare with."""

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
