"""Sending the outbox: each mail claimed, tried, and its outcome recorded."""

from collections.abc import Sequence

from crisis.model.delivery import backoff
from crisis.model.outlet import DeliveryFailed
from crisis.office.office import Office
from crisis.outlets.smtp import SmtpRelay
from crisis.records import mail
from crisis.records.mail import Outcome


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
    """Send every mail that is due, oldest first; which of them were taken."""
    async with office.records.look() as session:
        clock = await office.records.clock()
        due = await mail.due(session, clock.real_now())
    async with relay:
        return [await send_one(office, relay, mail_id) for mail_id in due]
