"""The parts of a campaign: born by the nursery, watched, and killed by their process id."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from crisis.model.errors import OutsideFailure
from crisis.model.words import words
from desk.prove.nursery import Birth

HOUSE = Path(__file__).resolve().parents[2]
LOAD_SECONDS = 180.0


@dataclass(kw_only=True)
class Brood:
    """Every part that lives, by name; only what was born here is ever killed."""

    logs: Path
    _nursery: asyncio.subprocess.Process
    _living: dict[str, int] = field(default_factory=dict)
    _born: dict[str, asyncio.Future[int]] = field(default_factory=dict)
    _ends: dict[str, asyncio.Event] = field(default_factory=dict)
    _codes: dict[str, int] = field(default_factory=dict)

    async def bear(self, birth: Birth) -> int:
        """Start a part; its process id."""
        self._born[birth.name] = asyncio.get_running_loop().create_future()
        self._ends[birth.name] = asyncio.Event()
        if self._nursery.stdin is None:
            raise _gone()
        self._nursery.stdin.write(json.dumps(asdict(birth)).encode() + b"\n")
        await self._nursery.stdin.drain()
        return await self._born[birth.name]

    def lives(self, name: str) -> bool:
        """Whether the part runs now."""
        return name in self._living

    async def kill(self, name: str) -> bool:
        """Kill -9 and wait until the kernel has taken it away; False where it was dead already."""
        pid = self._living.get(name)
        if pid is None:
            return False
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        await self._ends[name].wait()
        return True

    async def ended(self, name: str) -> int:
        """Wait for the part's end; its exit code, negative for a signal."""
        await self._ends[name].wait()
        return self._codes[name]

    async def died_within(self, name: str, seconds: float) -> bool:
        """Whether the part ends within `seconds`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ends[name].wait()
                return True
        return False

    async def listen(self) -> None:
        """Hear of births and deaths until the nursery is gone."""
        while self._nursery.stdout and (line := await self._nursery.stdout.readline()):
            self._hear(json.loads(line))

    def _hear(self, said: Mapping[str, Any]) -> None:
        if name := said.get("born"):
            self._living[name] = said["pid"]
            self._born[name].set_result(said["pid"])
        elif (name := said.get("died")) and self._living.get(name) == said["pid"]:
            del self._living[name]
            self._codes[name] = said["code"]
            self._ends[name].set()


@asynccontextmanager
async def brood(logs: Path, environment: Mapping[str, str]) -> AsyncIterator[Brood]:
    """A nursery with the environment that every part has; all parts end with the block."""
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / "nursery.log").open("ab") as log:
        nursery = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "desk.prove.nursery"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            env=dict(environment),
            cwd=HOUSE,
        )
    try:
        async with asyncio.timeout(LOAD_SECONDS):
            if nursery.stdout is None or not await nursery.stdout.readline():
                raise _gone()
        made = Brood(logs=logs, _nursery=nursery)
        hearing = asyncio.create_task(made.listen())
        try:
            yield made
        finally:
            hearing.cancel()
    finally:
        if nursery.stdin is not None:
            nursery.stdin.close()
        await nursery.wait()


def _gone() -> OutsideFailure:
    return OutsideFailure(
        words("Tiến trình sinh các thành phần đã dừng.", "The nursery of the parts is gone."),
        permanent=True,
    )
