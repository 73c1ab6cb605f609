"""What goes on beside a campaign: parts that end start again, and the safety net comes round."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from uuid import uuid4

from crisis.model.errors import OutsideFailure
from desk.prove.ground import Ground

KEEP_SECONDS = 0.3
RECONCILE_SECONDS = 8.0


async def keep_alive(ground: Ground) -> None:
    """Start what ended by itself, as the supervisor does; what is `down` on purpose is left."""
    while True:
        await asyncio.sleep(KEEP_SECONDS)
        for name in ground.names:
            if name not in ground.down and not ground.brood.lives(name):
                await start_again(ground, (name,))


async def start_again(ground: Ground, names: tuple[str, ...]) -> None:
    """Start parts that were killed; one that is killed again meanwhile is no failure.

    One at a time: two who find the same part dead must not start it twice.
    """
    async with ground.starting:
        with suppress(OutsideFailure):
            await ground.start(name for name in names if not ground.brood.lives(name))
        ground.down.difference_update(names)


async def keep_reconciling(ground: Ground) -> None:
    """What Prefect's schedule does every five minutes, at the tempo of the campaign."""
    while True:
        await asyncio.sleep(RECONCILE_SECONDS)
        with suppress(OutsideFailure):
            await ground.runs.start("reconcile", parameters={}, key=str(uuid4()), name="reconcile")


@asynccontextmanager
async def at_work(*works: Coroutine[object, object, None]) -> AsyncIterator[None]:
    """Let these go on for the length of the block."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
