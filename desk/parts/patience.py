"""Waiting for something to come about: asked again and again, for a bounded time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from crisis.model.errors import OutsideFailure
from crisis.model.words import words

PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.1

Found = TypeVar("Found")


async def until(
    what: str,
    ask: Callable[[], Awaitable[Found | None]],
    *,
    seconds: float = PATIENCE_SECONDS,
) -> Found:
    """What `ask` finds, asked again while it says None or False. Raises OutsideFailure."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while True:
        found = await ask()
        if found is not None and found is not False:
            return found
        if loop.time() > end:
            raise OutsideFailure(
                words(
                    f"Chờ quá {seconds:g} giây mà chưa thấy: {what}.",
                    f"Waited {seconds:g} seconds in vain for: {what}.",
                ),
                permanent=True,
            )
        await asyncio.sleep(LOOK_SECONDS)
