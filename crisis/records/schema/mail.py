"""The outbox: every mail with its exact bytes, its attempts and its end."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import Base, Hash, Key, Long, MaybeIncidentRef, MaybeRef, Short


class Mail(Base):
    """One mail to one recipient. `next_at` is real time and null once the mail has ended."""

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_next", "next_at"), Index("ix_mails_state", "state"))

    id: Mapped[Key]
    incident_id: Mapped[MaybeIncidentRef]
    chain: Mapped[Short]
    subject_id: Mapped[MaybeRef]
    key: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    letter: Mapped[Short]
    recipient: Mapped[str]
    subject: Mapped[Long]
    sha256: Mapped[Hash]
    state: Mapped[Short]
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reply: Mapped[Long] = mapped_column(default="")


class MailAttempt(Base):
    """One try: recorded before it is made, completed after."""

    __tablename__ = "mail_attempts"
    __table_args__ = (Index("ix_mail_attempts_began", "began_at"),)

    mail_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("mails.id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    code: Mapped[int | None]
    text: Mapped[Long] = mapped_column(default="")
