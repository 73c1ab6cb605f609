"""The other system behind the webhook: it keeps every call and may misbehave."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from crisis.clock import Clock

LOOPBACK = "127.0.0.1"
SECRET = "the receiver of a campaign knows this"  # noqa: S105  (of a receiver that lives minutes)


class Manner(StrEnum):
    """How the receiver answers."""

    FINE = "fine"
    STUBBORN = "stubborn"
    ERROR = "error"
    SILENT = "silent"
    WRONG = "wrong"
    LOST = "lost"


@dataclass(kw_only=True)
class Receiver:
    """Keeps what it is sent in `log`, one JSON object a line; a known key is done once.

    STUBBORN answers 503 to the first `refusals` calls of every key, ERROR 500 to all, SILENT
    nothing; WRONG takes the call and answers no JSON, LOST takes it and cuts the line.
    """

    log: Path
    manner: Manner = Manner.FINE
    refusals: int = 2
    silent_seconds: float = 60
    port: int = 0
    _calls: Counter[str] = field(default_factory=Counter)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{LOOPBACK}:{self.port}/tin"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One call, one answer."""
        try:
            headers = await _headers(reader)
            body = await reader.readexactly(int(headers["content-length"]))
            writer.write(await self._reply(headers["idempotency-key"], body))
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, KeyError):
            pass  # whoever called was killed in the middle of it
        finally:
            writer.close()

    async def _reply(self, key: str, body: bytes) -> bytes:
        self._calls[key] += 1
        if self.manner is Manner.ERROR:
            return _http(500, b"{}")
        if self.manner is Manner.STUBBORN and self._calls[key] <= self.refusals:
            return _http(503, b"{}")
        if self.manner is Manner.SILENT:
            await asyncio.sleep(self.silent_seconds)
            return b""
        self._keep(key, body)
        if self.manner is Manner.LOST:
            return b""
        wrong = self.manner is Manner.WRONG
        return _http(200, b"<p>?" if wrong else json.dumps({"id": key[-40:]}).encode())

    def _keep(self, key: str, body: bytes) -> None:
        line = {"at": Clock.real().now().isoformat(), "key": key, "body": json.loads(body)}
        with self.log.open("a", encoding="utf8") as kept:
            kept.write(json.dumps(line, ensure_ascii=False) + "\n")

    def kept(self) -> list[dict[str, Any]]:
        """Every call that it took."""
        lines = self.log.read_text(encoding="utf8").splitlines() if self.log.exists() else []
        return [json.loads(line) for line in lines]


async def _headers(reader: asyncio.StreamReader) -> dict[str, str]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1")
    pairs = (line.partition(":") for line in head.split("\r\n")[1:] if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _http(code: int, body: bytes) -> bytes:
    head = f"HTTP/1.1 {code} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


@asynccontextmanager
async def receiving(log: Path) -> AsyncIterator[Receiver]:
    """A receiver on a free port."""
    receiver = Receiver(log=log)
    server = await asyncio.start_server(receiver.answer, LOOPBACK, 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
