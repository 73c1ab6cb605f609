"""The built-in SMTP server: takes every mail and keeps it, so that nothing leaves the machine."""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, Envelope, Session

from desk.parts.mail_folder import MailFolder

LOOPBACK = "127.0.0.1"
SIZE_LIMIT = 40 * 2**20
TAKEN = "250 2.0.0 Kept"


class FaultMode(StrEnum):
    """How the server misbehaves on purpose, for tests."""

    NONE = "none"
    REPLY = "reply"
    REFUSE_RECIPIENT = "refuse_recipient"
    DROP = "drop"
    LOSE_REPLY = "lose_reply"
    SLOW = "slow"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One kind of misbehaviour for the next `times` mails (negative: for ever).

    REPLY answers `code` to the data and REFUSE_RECIPIENT to the recipient; DROP cuts the line in
    the middle of the data; LOSE_REPLY keeps the mail and cuts before the reply; SLOW waits
    `seconds` before it takes the mail.
    """

    mode: FaultMode = FaultMode.NONE
    code: int = 451
    seconds: float = 0
    times: int = -1


class MailSink:
    """Keeps what comes in; misbehaves by `fault` only when started with `faults`."""

    def __init__(
        self, folder: MailFolder, *, now: Callable[[], datetime], faults: bool = False
    ) -> None:
        self.folder = folder
        self.faults = faults
        self._now = now
        self._fault = Fault()

    def misbehave(self, fault: Fault) -> bool:
        """Use `fault` from now on; False, and no change, when not started with `faults`."""
        if self.faults:
            self._fault = fault
        return self.faults

    def due(self, *modes: FaultMode) -> Fault | None:
        """The fault to show now if it is one of `modes`; counts it."""
        fault = self._fault
        if fault.mode not in modes or fault.times == 0:
            return None
        if fault.times > 0:
            self._fault = Fault(
                mode=fault.mode, code=fault.code, seconds=fault.seconds, times=fault.times - 1
            )
        return fault

    # The names of the hooks are aiosmtpd's.
    async def handle_RCPT(  # noqa: N802
        self, server: "SinkDialogue", session: Session, envelope: Envelope, *given: Any
    ) -> str:
        """Take a recipient."""
        if fault := self.due(FaultMode.REFUSE_RECIPIENT):
            return f"{fault.code} refused for a test"
        envelope.rcpt_tos.append(given[0])
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: "SinkDialogue", session: Session, envelope: Envelope
    ) -> str:
        """Keep the mail once for each recipient, then say so."""
        if fault := self.due(FaultMode.REPLY):
            return f"{fault.code} refused for a test"
        if fault := self.due(FaultMode.SLOW):
            await asyncio.sleep(fault.seconds)
        message = bytes(envelope.original_content or b"")
        for recipient in envelope.rcpt_tos:
            await asyncio.to_thread(self.folder.put, message, recipient=recipient, at=self._now())
        if self.due(FaultMode.LOSE_REPLY):
            server.cut()
        return TAKEN


class SinkDialogue(SMTP):
    """One connection to the sink."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """Take the data, or cut the line in the middle of it."""
        sink: MailSink = self.event_handler
        if sink.due(FaultMode.DROP) is None:
            await super().smtp_DATA(arg)
            return
        await self.push("354 go on")
        await self._reader.readline()
        self.cut()

    def cut(self) -> None:
        """Break the connection without a word."""
        self._writer.transport.abort()


class SinkServer:
    """The sink listening on `host`:`port` in the running loop; `async with` stops it.

    With `tls` it offers STARTTLS, or speaks TLS from the first byte if `implicit_tls`.
    """

    def __init__(
        self,
        sink: MailSink,
        *,
        port: int,
        tls: ssl.SSLContext | None = None,
        implicit_tls: bool = False,
    ) -> None:
        self.sink = sink
        self.port = port
        self.connections = 0
        self._outer = tls if implicit_tls else None
        self._inner = None if implicit_tls else tls
        self._server: asyncio.Server | None = None
        self._open: WeakSet[SinkDialogue] = WeakSet()

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            self._dialogue, LOOPBACK, self.port, ssl=self._outer
        )
        return self

    async def __aexit__(self, *error: object) -> None:
        if self._server is not None:
            self._server.close()
            self.hang_up_all()
            await self._server.wait_closed()

    def hang_up_all(self) -> None:
        """Break every open connection."""
        for dialogue in list(self._open):
            if dialogue.transport is not None:
                dialogue.cut()

    def _dialogue(self) -> SinkDialogue:
        self.connections += 1
        dialogue = SinkDialogue(
            self.sink,
            data_size_limit=SIZE_LIMIT,
            enable_SMTPUTF8=True,
            hostname="localhost",
            ident="phatngon",
            tls_context=self._inner,
            loop=asyncio.get_running_loop(),
        )
        self._open.add(dialogue)
        return dialogue
