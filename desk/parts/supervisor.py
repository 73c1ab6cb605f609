"""The supervisor of `up`: starts the parts in order, restarts what dies, stops in reverse order."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crisis.model.errors import OutsideFailure
from crisis.model.words import words
from desk.parts.part import Part, Process, port_left

READY_SECONDS = 90.0
PORT_SECONDS = 15.0
GRACE_SECONDS = 8.0
LONGEST_REST = 30.0
LOG_LOOK_SECONDS = 30.0


@dataclass(kw_only=True)
class Supervisor:
    """Keeps `parts` alive until told to stop. `tell` gets a line when a part fails or returns.

    Parts start side by side, but for those after a `once` part, which wait for its end. A port in
    use is waited for: what a killed predecessor left behind is gone within seconds.
    Entering raises OutsideFailure when a part does not start; nothing is left running then.
    """

    parts: Sequence[Part]
    logs: Path
    tell: Callable[[str], None]
    port_seconds: float = PORT_SECONDS
    grace_seconds: float = GRACE_SECONDS
    first_rest: float = 0.5
    _running: dict[str, Process] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def __aenter__(self) -> "Supervisor":
        try:
            for group in _groups(self.parts):
                _all_well(await asyncio.gather(*map(self._begin, group), return_exceptions=True))
        except BaseException:
            await self._stop()
            raise
        self._spawn(self._trim_logs())
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stop()

    def pids(self) -> dict[str, int]:
        """The process id of every part that runs."""
        return {name: one.pid for name, one in self._running.items() if one.pid is not None}

    async def _begin(self, part: Part) -> None:
        if part.stamp is not None and part.stamp.stands():
            return
        process = Process(part=part, logs=self.logs)
        await self._need_ports(part)
        self._running[part.name] = process
        await process.start()
        if part.once:
            await self._finish(process)
            return
        if not await process.is_ready(READY_SECONDS):
            raise _failed(process)
        self._spawn(self._keep(process))

    async def _finish(self, process: Process) -> None:
        if await process.ended() != 0:
            raise _failed(process)
        del self._running[process.part.name]
        if process.part.stamp is not None:
            process.part.stamp.set()

    async def _need_ports(self, part: Part) -> None:
        taken = await port_left(part.doors(), self.port_seconds)
        if taken is not None:
            raise OutsideFailure(
                words(
                    f"Cổng {taken} của thành phần “{part.name}” đang bị chương trình khác dùng.",
                    f"Port {taken}, which the part “{part.name}” needs, is in use.",
                ),
                permanent=True,
                port=taken,
            )

    async def _keep(self, process: Process) -> None:
        """Start the part again whenever it ends, resting longer the faster it dies."""
        loop, rest, name = asyncio.get_running_loop(), self.first_rest, process.part.name
        while True:
            began = loop.time()
            code = await process.ended()
            if loop.time() - began > LONGEST_REST:
                rest = self.first_rest
            self.tell(f"{name} ended ({code}); it starts again in {rest:g} s")
            await asyncio.sleep(rest)
            rest = min(rest * 2, LONGEST_REST)
            await process.start()
            if await process.is_ready(READY_SECONDS):
                self.tell(f"{name} is back")

    async def _trim_logs(self) -> None:
        while True:
            await asyncio.sleep(LOG_LOOK_SECONDS)
            for process in self._running.values():
                process.trim_log()

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _stop(self) -> None:
        """Stop in reverse order: a client hangs for minutes at exit when its server is gone."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for part in reversed(self.parts):
            if process := self._running.pop(part.name, None):
                await process.stop(self.grace_seconds)
        self._tasks.clear()


def _groups(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Parts that may start side by side: a `once` part stands alone."""
    group: list[Part] = []
    for part in parts:
        if part.once:
            yield group
            yield [part]
            group = []
        else:
            group.append(part)
    yield group


def _all_well(results: Sequence[BaseException | None]) -> None:
    for problem in results:
        if problem is not None:
            raise problem


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
