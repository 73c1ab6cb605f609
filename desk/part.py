"""One part of the running product: a process, how to know that it is ready, and its log."""

import asyncio
import contextlib
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

LOG_LIMIT = 5_000_000
LOOK_SECONDS = 0.2
ASK_SECONDS = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A process to keep alive. `ready` is an address that answers 2xx once it works.

    `once` parts do their work and end; the parts after them wait for that.
    """

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str]
    ready: str | None = None
    once: bool = False


@dataclass(kw_only=True)
class Process:
    """A part that runs. Its standard input is the lifeline: it ends when that closes."""

    part: Part
    logs: Path
    _child: asyncio.subprocess.Process | None = field(default=None)

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return self.logs / f"{self.part.name}.log"

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self._child.pid if self._child and self._child.returncode is None else None

    async def start(self) -> None:
        """Start it; output is appended to its log, which begins anew when it grows too long."""
        self.logs.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".old.log"))
        with self.log.open("ab") as out:
            self._child = await asyncio.create_subprocess_exec(
                *self.part.command,
                stdin=asyncio.subprocess.PIPE,
                stdout=out,
                stderr=out,
                env=dict(self.part.env),
                start_new_session=True,
            )

    async def ended(self) -> int:
        """Wait until it ends; its exit code."""
        if self._child is None:
            return 0
        return await self._child.wait()

    async def is_ready(self, seconds: float) -> bool:
        """Whether it answers at its address within `seconds`; at once where it has none."""
        if self.part.ready is None:
            return self.pid is not None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.pid is not None:
                    if await _answers(self.part.ready):
                        return True
                    await asyncio.sleep(LOOK_SECONDS)
        return False

    async def stop(self, grace: float) -> None:
        """Send it home, and end it by force after `grace` seconds."""
        child = self._child
        if child is None or child.returncode is not None:
            return
        child.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(child.wait(), grace)
        except TimeoutError:
            child.kill()
            await child.wait()

    def tail(self, lines: int = 15) -> str:
        """The end of its log."""
        if not self.log.exists():
            return ""
        text = self.log.read_text(encoding="utf8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])


async def _answers(address: str) -> bool:
    try:
        async with httpx.AsyncClient(timeout=ASK_SECONDS, trust_env=False) as client:
            return (await client.get(address)).is_success
    except httpx.HTTPError:
        return False
