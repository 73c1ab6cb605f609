"""The SMTP relay: one recipient per message, failures classed by the server's reply code."""

import asyncio
import ssl
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiosmtplib

from crisis.model.delivery import smtp_permanent
from crisis.model.outlet import DeliveryFailed
from crisis.outlets.envelope import check_address, check_message
from crisis.outlets.smtp_server import smtp_server

ACCEPTED = 250
PARTING = 5.0
"""Seconds to wait for an answer to QUIT, which nobody needs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SmtpReply:
    """What the server said when it took the message."""

    code: int
    text: str


class SmtpRelay:
    """Sends messages one by one; inside `async with` they share one connection.

    `timeout` is in seconds, for connecting and for each reply. `tls` replaces the system's trust.
    A relay belongs to one event loop.
    """

    def __init__(
        self,
        url: str,
        *,
        name: str = "smtp",
        timeout: float = 30,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.server = smtp_server(url)
        self.name = name
        self._timeout = timeout
        self._tls = tls
        self._line: aiosmtplib.SMTP | None = None
        self._batches = 0
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        self._batches += 1
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._batches -= 1
        async with self._turn:
            if not self._batches:
                await self._hang_up()

    async def send(self, message: bytes, *, sender: str, recipient: str) -> SmtpReply:
        """Hand over `message` exactly as it is (CRLF line ends) for one recipient.

        Raises DeliveryFailed: permanent for a reply of 500 and above to this mail and for a message
        that may not be sent at all; later for 4xx, for no reply, and for whatever the server has
        against us rather than the mail (greeting, TLS, login).
        """
        check_message(self.name, message)
        for address in (sender, recipient):
            check_address(self.name, address)
        async with self._turn:
            line = await self._connected()
            try:
                return await self._hand_over(line, message, sender, recipient)
            except BaseException as error:
                # Without a reply nobody knows where the dialogue stands, so the line is of no use.
                if getattr(error, "reply_code", None) is None:
                    line.close()
                    self._line = None
                raise
            finally:
                if not self._batches:
                    await self._hang_up()

    async def _hand_over(
        self, line: aiosmtplib.SMTP, message: bytes, sender: str, recipient: str
    ) -> SmtpReply:
        try:
            _, said = await line.sendmail(sender, [recipient], message)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            raise self._refused(refused.recipients[0]) from refused
        except aiosmtplib.SMTPResponseException as refused:
            raise self._refused(refused) from refused
        except (aiosmtplib.SMTPException, OSError, ValueError) as cut:
            raise self._unanswered(cut) from cut
        return SmtpReply(code=ACCEPTED, text=said)

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._line is not None and await self._still_there(self._line):
            return self._line
        scheme = self.server.scheme
        line = aiosmtplib.SMTP(
            hostname=self.server.host,
            port=self.server.port,
            username=self.server.user,
            password=self.server.password,
            use_tls=scheme == "smtps",
            start_tls=scheme == "smtp+starttls",
            tls_context=self._tls if scheme != "smtp" else None,
            timeout=self._timeout,
            local_hostname="localhost" if self.server.local else None,
        )
        try:
            await line.connect()
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            line.close()
            code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else None
            raise DeliveryFailed(
                self.name, permanent=False, reply_code=code, detail=_said(error)
            ) from error
        self._line = line
        return line

    async def _still_there(self, line: aiosmtplib.SMTP) -> bool:
        # A server may have closed an idle line; asking costs one round trip and loses no mail.
        try:
            return (await line.rset()).code == ACCEPTED
        except (aiosmtplib.SMTPException, OSError):
            line.close()
            return False

    async def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is None:
            return
        try:
            await line.quit(timeout=min(self._timeout, PARTING))
        except (aiosmtplib.SMTPException, OSError):
            line.close()

    def _refused(self, error: aiosmtplib.SMTPResponseException) -> DeliveryFailed:
        permanent = smtp_permanent(error.code)
        return DeliveryFailed(
            self.name, permanent=permanent, reply_code=error.code, detail=_said(error)
        )

    def _unanswered(self, error: Exception) -> DeliveryFailed:
        return DeliveryFailed(self.name, permanent=False, detail=_said(error))


def _said(error: Exception) -> str:
    text = getattr(error, "message", "") or str(error)
    return f"{type(error).__name__}: {text}"[:500]
