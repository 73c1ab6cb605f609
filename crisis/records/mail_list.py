"""Reading single mails and how each attempt to send them went."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.errors import NotFound
from crisis.model.words import words
from crisis.records.schema.mail import Mail, MailAttempt


async def get(session: AsyncSession, mail_id: str, incident_id: str) -> Mail:
    """The mail of this incident. Raises NotFound."""
    row = await session.get(Mail, mail_id)
    if row is None or row.incident_id != incident_id:
        raise NotFound(words("Không có thư này.", "There is no such mail."))
    return row


async def attempts(session: AsyncSession, mail_id: str) -> Sequence[MailAttempt]:
    """Every try to send a mail, in order."""
    rows = await session.scalars(
        select(MailAttempt).where(MailAttempt.mail_id == mail_id).order_by(MailAttempt.number)
    )
    return list(rows)
