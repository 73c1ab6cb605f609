"""The press list: one mail to the desk of one newsroom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesHeaderParser

from crisis.model.outlet import DeliveryFailed, ReadBack, Receipt, drill_refusal
from crisis.model.parcel import Parcel
from crisis.outlets.smtp import SmtpRelay


@dataclass(frozen=True, kw_only=True)
class PressListOutlet:
    """Sends what `compose` gives for a parcel (ready bytes, CRLF) to `parcel.recipient`.

    `compose` must give the same Message-ID for the same key, for SMTP is at least once.
    """

    relay: SmtpRelay
    compose: Callable[[Parcel], bytes]
    sender: str
    now: Callable[[], datetime]
    real: bool = True
    id: str = "press_list"
    readable: bool = False

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Send the mail; the receipt's reference is its Message-ID.

        Raises DeliveryFailed, RuleBroken for an exercise on the real list.
        """
        if broken := drill_refusal(self.id, exercise=parcel.exercise, real=self.real):
            raise broken
        message = self.compose(parcel)
        headers = BytesHeaderParser(policy=policy.default).parsebytes(message)
        reference = str(headers.get("Message-ID", "")).strip()
        if not reference:
            raise DeliveryFailed(self.id, permanent=True, detail="the message has no Message-ID")
        reply = await self.relay.send(message, sender=self.sender, recipient=parcel.recipient)
        return Receipt(
            outlet=self.id,
            key=parcel.key,
            reference=reference,
            accepted_at=self.now(),
            detail=f"{reply.code} {reply.text}",
        )

    async def read_back(self, parcel: Parcel) -> ReadBack:
        """A sent mail cannot be read back."""
        return ReadBack(outlet=self.id, key=parcel.key)
