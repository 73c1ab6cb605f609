"""Sending the outbox: each mail claimed, tried, and its outcome recorded."""

from collections.abc import Sequence
from datetime import timedelta

from crisis.model.delivery import backoff
from crisis.model.outlet import DeliveryFailed
from crisis.office.office import Office
from crisis.outlets.smtp import SmtpRelay
from crisis.records import mail
from crisis.records.mail import Outcome

MINUTE = timedelta(minutes=1)


async def send_one(office: Office, relay: SmtpRelay, mail_id: str) -> bool:
    """Try one mail; False where somebody else has it or the server did not take it."""
    async with office.records.act() as act:
        row = await mail.begin(act, mail_id)
        if row is None:
            return False
        message = await mail.content(act.session, row)
    try:
        reply = await relay.send(
            message, sender=office.settings.office_mailbox, recipient=row.recipient
        )
    except DeliveryFailed as failure:
        async with office.records.act() as act:
            wait = backoff(row.attempts, jitter=(sum(row.key.encode()) % 100) / 100)
            await mail.end(
                act,
                mail_id,
                Outcome(
                    code=failure.reply_code,
                    text=failure.detail or failure.sentence.en,
                    accepted=False,
                    retry_at=None if failure.permanent else act.real + wait,
                ),
            )
        return False
    async with office.records.act() as act:
        await mail.end(act, mail_id, Outcome(code=reply.code, text=reply.text, accepted=True))
    return True


async def send_due(office: Office, relay: SmtpRelay) -> Sequence[bool]:
    """Send what is due and the server's rate allows, oldest first; which of them were taken.

    What is over the rate stays due: the dispatcher starts another run for it.
    """
    now = (await office.records.clock()).real_now()
    async with office.records.look() as session:
        due = await mail.due(session, now)
        if due:
            tried = await mail.tried_since(session, now - MINUTE)
            due = due[: max(office.settings.mail_rate_per_minute - tried, 0)]
    async with relay:
        return [await send_one(office, relay, mail_id) for mail_id in due]
