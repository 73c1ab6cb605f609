"""Small flows that stand in for the house's own while the worker is tested."""

import asyncio
import os

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.states import Completed


@task
async def note(text: str) -> str:
    """Say it again."""
    return text


@flow(name="echo", flow_run_name="{code} · echo")
async def echo(code: str, waits_for: str = "") -> State[str] | int:
    """Five short tasks, then the process id, or a state named after what it waits for."""
    for step in range(5):
        await note.with_options(name=f"step {step}")(code)
    if waits_for:
        return Completed(name=f"Waiting for {waits_for}", message=f"{code} waits for {waits_for}")
    return os.getpid()


@flow(name="empty")
async def empty() -> None:
    """Nothing."""


@flow(name="linger")
async def linger(seconds: float = 3600.0) -> None:
    """Stay at work for `seconds`."""
    await asyncio.sleep(seconds)


@flow(name="stumble")
async def stumble() -> None:
    """Fail as a flow fails."""
    message = "the flow's own error"
    raise ValueError(message)


@flow(name="sync_one")
def sync_one() -> None:
    """A sync flow, which a warm worker refuses."""
