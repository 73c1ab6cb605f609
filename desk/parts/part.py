"""One part of the running product: a process, when it is ready, and its log."""

import asyncio
import contextlib
import os
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

LOG_LIMIT = 5_000_000
LOOK_SECONDS = 0.1
ASK_SECONDS = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """What a `once` part leaves behind; while `file` says `content`, it need not run again."""

    file: Path
    content: str

    def stands(self) -> bool:
        """Whether the work was done before."""
        return self.file.is_file() and self.file.read_text(encoding="utf8") == self.content

    def set(self) -> None:
        """Remember that the work is done."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(self.content, encoding="utf8")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A process to keep alive. `ready` is an address that answers 2xx once it works.

    `once` parts do their work and end; the parts after them wait for that. `ports` are those that
    it listens on besides the one of `ready`.
    """

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str]
    ready: str | None = None
    once: bool = False
    stamp: Stamp | None = None
    ports: tuple[int, ...] = ()

    def doors(self) -> frozenset[int]:
        """Every port that must be free before it starts."""
        own = httpx.URL(self.ready).port if self.ready else None
        return frozenset(self.ports) | ({own} if own else set())


@dataclass(kw_only=True)
class Process:
    """A part that runs. Its standard input is the lifeline: it ends when that closes."""

    part: Part
    logs: Path
    log_limit: int = LOG_LIMIT
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
        """Start it; its output is appended to its log."""
        self.logs.mkdir(parents=True, exist_ok=True)
        self.trim_log()
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
        """Send it home, and end it and its children by force after `grace` seconds."""
        child = self._child
        if child is None or child.returncode is not None:
            return
        child.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(child.wait(), grace)
        except TimeoutError:
            # It leads a session of its own, so its group is it and what it started.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            await child.wait()

    def trim_log(self) -> None:
        """Begin a log anew that grew too long; the old one is kept once, as `.old.log`."""
        if self.log.exists() and self.log.stat().st_size > self.log_limit:
            shutil.copyfile(self.log, self.log.with_suffix(".old.log"))
            # Its writer appends, so it goes on at the new end.
            os.truncate(self.log, 0)

    def tail(self, lines: int = 15) -> str:
        """The end of its log."""
        if not self.log.exists():
            return ""
        text = self.log.read_text(encoding="utf8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])


async def port_left(ports: frozenset[int], seconds: float) -> int | None:
    """A port of `ports` that somebody still listens on after `seconds`; None once all are free."""
    taken = None
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (taken := await _listening(ports)) is not None:
                await asyncio.sleep(LOOK_SECONDS)
    return taken


async def _listening(ports: frozenset[int]) -> int | None:
    for port in sorted(ports):
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return port
    return None


async def _answers(address: str) -> bool:
    # Reading certificates takes 20 ms of work for every question, and a plain address needs none.
    secure = address.startswith("https:")
    try:
        async with httpx.AsyncClient(timeout=ASK_SECONDS, trust_env=False, verify=secure) as client:
            return (await client.get(address)).is_success
    except httpx.HTTPError:
        return False
