"""Sending the outbox: each mail claimed, tried, and its outcome recorded."""

import asyncio
from collections.abc import Sequence

from crisis.model.delivery import backoff
from crisis.model.outlet import DeliveryFailed
from crisis.office.agency import reaching
from crisis.office.office import Office
from crisis.office.stint import Keep, one_by_one
from crisis.outlets.smtp import SmtpRelay, SmtpReply
from crisis.records import mail
from crisis.records.mail import Outcome
from crisis.records.schema.mail import Mail

TRY_SECONDS = 120.0
"""The longest that one try takes: it ends before its claim does."""


async def send_one(office: Office, relay: SmtpRelay, mail_id: str) -> bool | None:
    """Try one mail: whether the server took it; None where the rate of this minute is used up."""
    async with office.records.act() as act:
        if await mail.tried_lately(act) >= office.settings.mail_rate_per_minute:
            return None
        row = await mail.begin(act, mail_id)
        if row is None:
            return False
        message = await mail.content(act.session, row)
    try:
        reply = await _handed_over(office, relay, row, message)
    except DeliveryFailed as failure:
        async with office.records.act() as act:
            wait = backoff(row.attempts, jitter=(sum(row.key.encode()) % 100) / 100)
            outcome = Outcome(
                code=failure.reply_code,
                text=failure.detail or failure.sentence.en,
                accepted=False,
                retry_at=None if failure.permanent else act.real + wait,
            )
            await mail.end(act, row, outcome)
            await reaching.after_mail(act, row.id)
        return False
    async with office.records.act() as act:
        taken = await mail.end(act, row, Outcome(code=reply.code, text=reply.text, accepted=True))
        await reaching.after_mail(act, row.id)
        return taken


async def _handed_over(office: Office, relay: SmtpRelay, row: Mail, message: bytes) -> SmtpReply:
    try:
        async with asyncio.timeout(TRY_SECONDS):
            return await relay.send(
                message, sender=office.settings.office_mailbox, recipient=row.recipient
            )
    except TimeoutError as late:
        raise DeliveryFailed(relay.name, permanent=False, detail="no answer in time") from late


async def send_due(
    office: Office, relay: SmtpRelay, *, chain: str | None = None, keep: Keep | None = None
) -> Sequence[bool]:
    """Send what is due (of one chain), oldest first; which of them were taken.

    What is over the server's rate, or over the time of one run, stays due: the dispatcher starts
    another run for it. `keep` is asked before each mail.
    """
    now = (await office.records.clock()).real_now()
    async with office.records.look() as session:
        due = await mail.due(session, now, chain=chain)
    taken = []
    async with relay:
        async for mail_id in one_by_one(due, keep):
            sent = await send_one(office, relay, mail_id)
            if sent is None:
                break
            taken.append(sent)
    return taken
