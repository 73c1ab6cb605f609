"""A stint: one run takes from the outbox for a while; what is left then is the next one's."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

STINT_SECONDS = 300.0
"""With the last try in it a stint ends well before a run counts as left behind."""

Keep = Callable[[], Awaitable[None]]


async def one_by_one(due: Iterable[str], keep: Keep | None = None) -> AsyncIterator[str]:
    """The ids in `due` while the stint lasts; `keep` proves before each that we may go on."""
    clock = asyncio.get_running_loop()
    end = clock.time() + STINT_SECONDS
    for one in due:
        if clock.time() > end:
            return
        if keep is not None:
            await keep()
        yield one
