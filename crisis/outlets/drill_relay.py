"""The relay of an exercise: nothing it sends can reach anybody real."""

from crisis.model.errors import Misconfigured
from crisis.model.outlet import DeliveryFailed
from crisis.model.words import words
from crisis.outlets.smtp import SmtpRelay, SmtpReply
from crisis.outlets.smtp_server import SETTING

RESERVED = (".example", ".test", ".invalid", ".localhost", ".example.com", ".example.org")
"""Domains that nobody can own (RFC 2606)."""


class DrillRelay(SmtpRelay):
    """A relay on this machine, for recipients that cannot exist.

    With `own_mailbox` the server is the house's own, which hands nothing on, so that recipients may
    have their real addresses. Raises Misconfigured for a server elsewhere.
    """

    def __init__(self, url: str, *, own_mailbox: bool) -> None:
        super().__init__(url)
        self._own_mailbox = own_mailbox
        if not self.server.local:
            raise Misconfigured(
                words(
                    "Diễn tập không gửi thư qua máy chủ thư thật; hãy bỏ PHATNGON_SMTP_URL.",
                    "An exercise sends no mail by a real server; unset PHATNGON_SMTP_URL.",
                ),
                setting=SETTING,
            )

    async def send(self, message: bytes, *, sender: str, recipient: str) -> SmtpReply:
        """Hand over `message`. Raises DeliveryFailed, permanent, for a recipient that may exist."""
        domain = f".{recipient.rpartition('@')[2]}".casefold()
        if not self._own_mailbox and not domain.endswith(RESERVED):
            detail = "an exercise writes to reserved domains only (.example, .test, .invalid)"
            raise DeliveryFailed(self.name, permanent=True, detail=detail)
        return await super().send(message, sender=sender, recipient=recipient)
