"""The outbox: queue with the cause, claim before sending, record the attempt before the attempt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.records import blob
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.conditional import won
from crisis.records.schema.incident import Incident
from crisis.records.schema.mail import Mail, MailAttempt

MINUTE = timedelta(minutes=1)
CLAIM = timedelta(minutes=3)
"""Real time in which the holder of a claim has to record an outcome."""

SENDING = "sending"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewMail:
    """A composed mail: `key` is its business key, `content` its exact bytes.

    A `held` mail is sent by its delivery to the press list, not by the outbox.
    """

    key: str
    message_id: str
    letter: str
    recipient: str
    subject: str
    content: bytes
    about: str | None = None
    held: bool = False


async def queue(act: Act, incident: Incident | None, mail: NewMail) -> Mail:
    """Put a mail in the outbox in the transaction of its cause; the same key is queued once."""
    known = await act.session.scalar(select(Mail).where(Mail.key == mail.key))
    if known is not None:
        return known
    row = Mail(
        incident_id=incident.id if incident else None,
        chain=incident.code if incident else OFFICE_CHAIN,
        subject_id=mail.about,
        key=mail.key,
        message_id=mail.message_id,
        letter=mail.letter,
        recipient=mail.recipient,
        subject=mail.subject,
        sha256=await blob.keep(act, mail.content, "message/rfc822"),
        state="held" if mail.held else "queued",
        queued_at=act.real,
        next_at=None if mail.held else act.real,
    )
    act.session.add(row)
    await act.session.flush()
    await act.note(
        row.chain,
        Action.MAIL_QUEUED,
        {
            "mail": row.id,
            "letter": row.letter,
            "subject": row.subject_id,
            "sha256": row.sha256,
            "key": sha256(row.key.encode()).hexdigest(),
        },
    )
    return row


async def due(
    session: AsyncSession, now: datetime, *, chain: str | None = None, limit: int = 100
) -> Sequence[str]:
    """Ids of mails whose next attempt is due at real time `now`, oldest first.

    With `chain` those of one incident, or of the office.
    """
    wanted = [Mail.next_at <= now, or_(Mail.claimed_until.is_(None), Mail.claimed_until < now)]
    if chain is not None:
        wanted.append(Mail.chain == chain)
    rows = await session.scalars(select(Mail.id).where(*wanted).order_by(Mail.next_at).limit(limit))
    return list(rows)


async def tried_lately(act: Act) -> int:
    """How many attempts have begun in the last minute of real time."""
    since = act.real - MINUTE
    count = select(func.count()).select_from(MailAttempt).where(MailAttempt.began_at > since)
    return await act.session.scalar(count) or 0


async def begin(act: Act, mail_id: str) -> Mail | None:
    """Claim a mail and record that an attempt begins; None where someone else has it."""
    claimed_it = await won(
        act.session,
        update(Mail)
        .where(
            Mail.id == mail_id,
            Mail.next_at <= act.real,
            or_(Mail.claimed_until.is_(None), Mail.claimed_until < act.real),
        )
        .values(claimed_until=act.real + CLAIM, attempts=Mail.attempts + 1, state=SENDING),
    )
    if not claimed_it:
        return None
    row = await act.session.get_one(Mail, mail_id, populate_existing=True)
    act.session.add(MailAttempt(mail_id=row.id, number=row.attempts, began_at=act.real))
    await act.note(row.chain, Action.MAIL_ATTEMPTED, {"mail": row.id, "attempt": row.attempts})
    return row


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How an attempt ended; `retry_at` (real time) where the mail is to be tried again."""

    code: int | None
    text: str
    accepted: bool
    retry_at: datetime | None = None

    @property
    def action(self) -> Action:
        """What the ledger calls it."""
        if self.accepted:
            return Action.MAIL_ACCEPTED
        return Action.MAIL_DEFERRED if self.retry_at else Action.MAIL_REFUSED


_STATE = {
    Action.MAIL_ACCEPTED: "sent",
    Action.MAIL_DEFERRED: "queued",
    Action.MAIL_REFUSED: "refused",
}


async def end(act: Act, mine: Mail, outcome: Outcome) -> bool:
    """Record how the attempt `mine` ended, in one transaction with its ledger entry.

    Whether the mail was taken; where the claim was lost meanwhile nothing is recorded.
    """
    reply = f"{outcome.code or ''} {outcome.text}".strip()[:500]
    still_mine = (Mail.id == mine.id, Mail.attempts == mine.attempts, Mail.state == SENDING)
    ended = await won(
        act.session,
        update(Mail)
        .where(*still_mine)
        .values(
            state=_STATE[outcome.action],
            next_at=outcome.retry_at,
            claimed_until=None,
            sent_at=act.real if outcome.accepted else None,
            reply=reply,
        ),
    )
    if not ended:
        return False
    attempt = await act.session.get_one(MailAttempt, (mine.id, mine.attempts))
    attempt.ended_at, attempt.code, attempt.text = act.real, outcome.code, outcome.text[:500]
    await act.note(
        mine.chain,
        outcome.action,
        {"mail": mine.id, "attempt": mine.attempts, "code": outcome.code, "sha256": mine.sha256},
    )
    return outcome.accepted


async def content(session: AsyncSession, mail: Mail) -> bytes:
    """The exact bytes of a mail."""
    return await blob.fetch(session, mail.sha256)


async def held(session: AsyncSession, key: str) -> bytes:
    """The bytes of a held mail by its business key."""
    row = (await session.scalars(select(Mail).where(Mail.key == key))).one()
    return await content(session, row)


async def held_sent(act: Act, key: str, reply: str) -> None:
    """A held mail was taken by the server, as its delivery recorded."""
    row = (await act.session.scalars(select(Mail).where(Mail.key == key))).one()
    row.state, row.sent_at, row.reply = "sent", act.real, reply[:500]
    await act.session.flush()


async def of_incident(session: AsyncSession, incident_id: str) -> Sequence[Mail]:
    """All mails of an incident, oldest first."""
    rows = await session.scalars(
        select(Mail).where(Mail.incident_id == incident_id).order_by(Mail.queued_at, Mail.id)
    )
    return list(rows)
