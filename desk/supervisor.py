"""The supervisor of `up`: starts the parts in order, restarts what dies, stops in reverse order."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crisis.model.errors import OutsideFailure
from crisis.model.words import words
from desk.part import Part, Process

READY_SECONDS = 90.0
GRACE_SECONDS = 8.0
LONGEST_REST = 30.0


@dataclass(kw_only=True)
class Supervisor:
    """Keeps `parts` alive until told to stop. `tell` gets a line when a part fails or returns."""

    parts: Sequence[Part]
    logs: Path
    tell: Callable[[str], None]
    _running: list[Process] = field(default_factory=list)
    _keepers: list[asyncio.Task[None]] = field(default_factory=list)

    async def __aenter__(self) -> "Supervisor":
        try:
            for part in self.parts:
                await self._begin(part)
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stop()

    def pids(self) -> dict[str, int]:
        """The process id of every part that runs."""
        return {p.part.name: p.pid for p in self._running if p.pid is not None}

    async def _begin(self, part: Part) -> None:
        process = Process(part=part, logs=self.logs)
        await process.start()
        if part.once:
            if await process.ended() != 0:
                raise _failed(process)
            return
        self._running.append(process)
        if not await process.is_ready(READY_SECONDS):
            raise _failed(process)
        self._keepers.append(asyncio.create_task(self._keep(process)))

    async def _keep(self, process: Process) -> None:
        """Start the part again whenever it ends, resting longer the faster it dies."""
        loop, rest = asyncio.get_running_loop(), 0.5
        while True:
            began = loop.time()
            code = await process.ended()
            rest = 0.5 if loop.time() - began > LONGEST_REST else min(rest * 2, LONGEST_REST)
            self.tell(f"{process.part.name} ended ({code}); it starts again in {rest:g} s")
            await asyncio.sleep(rest)
            await process.start()
            if await process.is_ready(READY_SECONDS):
                self.tell(f"{process.part.name} is back")

    async def _stop(self) -> None:
        """Stop in reverse order: a client hangs for minutes at exit when its server is gone."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        for process in reversed(self._running):
            await process.stop(GRACE_SECONDS)
        self._keepers.clear()
        self._running.clear()


def _failed(process: Process) -> OutsideFailure:
    name = process.part.name
    return OutsideFailure(
        words(
            f"Thành phần “{name}” không khởi động được; xem {process.log}.",
            f"The part “{name}” did not start; see {process.log}.",
        ),
        permanent=True,
        tail=process.tail(),
    )
