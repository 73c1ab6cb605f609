"""Defects of the office and its ways out."""

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from crisis.model.parcel import Parcel
from crisis.model.statement import Lifecycle
from crisis.office import mailing
from crisis.office.office import Office
from crisis.office.statement import approval_round, publishing
from crisis.outlets.site import SiteOutlet
from crisis.outlets.smtp import SmtpRelay
from crisis.outlets.webhook import WebhookOutlet
from crisis.records import approval, mail
from crisis.records.mail import Outcome
from crisis.records.schema.mail import Mail

MESSAGE_ID = re.compile(rb"(?m)^Message-ID: <[^>]*@")


def send_before_claim() -> None:
    """Send first, claim and record afterwards."""

    async def send_one(office: Office, relay: SmtpRelay, mail_id: str) -> bool:
        async with office.records.look() as session:
            row = await session.get_one(Mail, mail_id)
            message = await mail.content(session, row)
        reply = await relay.send(
            message, sender=office.settings.office_mailbox, recipient=row.recipient
        )
        async with office.records.act() as act:
            if claimed := await mail.begin(act, mail_id):
                outcome = Outcome(code=reply.code, text=reply.text, accepted=True)
                await mail.end(act, claimed, outcome)
        return True

    mailing.send_one = send_one


def skip_approval() -> None:
    """Call approved what was only asked about, and do not look again when it goes out."""
    ask, given = approval_round.ask_step, approval.given

    async def ask_step(office: Any, act: Any, standing: Any, row: Any) -> int:
        asked = await ask(office, act, standing, row)
        row.lifecycle = Lifecycle.APPROVED.value
        return asked

    def somebody(rows: Any) -> Any:
        return given(rows) or (SimpleNamespace(person="nobody"),)

    approval_round.ask_step = ask_step
    publishing.complete = lambda *_: True  # type: ignore[attr-defined]
    approval.given = somebody


def key_anew() -> None:
    """Give the receiver another key with every try."""
    deliver = WebhookOutlet.deliver

    async def anew(self: WebhookOutlet, parcel: Parcel) -> Any:
        return await deliver(self, replace(parcel, key=f"{parcel.key}{uuid4()}"))

    setattr(WebhookOutlet, "deliver", anew)  # noqa: B010


def change_bytes() -> None:
    """Add a word of our own on the site."""
    deliver = SiteOutlet.deliver

    async def changed(self: SiteOutlet, parcel: Parcel) -> Any:
        variants = tuple(replace(v, body=f"{v.body}\n\nThêm.") for v in parcel.variants)
        return await deliver(self, replace(parcel, variants=variants))

    setattr(SiteOutlet, "deliver", changed)  # noqa: B010


def message_id_anew() -> None:
    """Name a mail anew with every try."""
    send = SmtpRelay.send

    async def anew(self: SmtpRelay, message: bytes, **more: str) -> Any:
        named = MESSAGE_ID.sub(f"Message-ID: <{uuid4().hex}@".encode(), message, count=1)
        return await send(self, named, **more)

    setattr(SmtpRelay, "send", anew)  # noqa: B010
