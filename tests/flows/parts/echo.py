"""Small flows that stand in for the house's own while the worker is tested."""

import asyncio
import os

from prefect import flow, runtime, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

present: set[str] = set()


@task
async def note(text: str) -> str:
    """Say it again."""
    return text


@flow(name="echo", flow_run_name="{code} · echo")
async def echo(code: str, waits_for: str = "nothing") -> State[None]:
    """Two short tasks, an artifact, and a state named after what it waits for."""
    for step in ("first", "second"):
        await note.with_options(name=f"{step} step")(code)
    await acreate_markdown_artifact(key="account", markdown=f"did two steps for {code}")
    return Completed(name=f"Waiting for {waits_for}", message=f"{code} in process {os.getpid()}")


@flow(name="meet")
async def meet(company: int) -> State[None]:
    """End when `company` runs of this flow are in this process at once."""
    present.add(str(runtime.flow_run.id))
    while len(present) < company:
        await asyncio.sleep(0.02)
    return Completed(name=f"Met {company}", message=str(os.getpid()))


@flow(name="crowd")
async def crowd() -> State[None]:
    """Say how many runs of this flow are in this process at once."""
    me = str(runtime.flow_run.id)
    present.add(me)
    await asyncio.sleep(0.3)
    seen = len(present)
    present.discard(me)
    return Completed(name=f"Saw {seen}")


@flow(name="linger")
async def linger(seconds: float) -> None:
    """Stay at work for `seconds`."""
    await asyncio.sleep(seconds)


@flow(name="stumble")
async def stumble() -> None:
    """Fail as a flow fails."""
    message = "the flow's own error"
    raise ValueError(message)


@flow(name="in_step")
def in_step() -> None:
    """A sync flow, which a warm worker refuses."""
