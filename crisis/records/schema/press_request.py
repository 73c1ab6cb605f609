"""The register of press requests: what an outlet asked, and how the office answered or refused."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import Base, Key, Long, MaybeIncidentRef, MaybeRef, Short


class PressRequest(Base):
    """One question or forwarded matter of an outlet: content and a duty address, no person.

    `chain` is the ledger chain that tells of it: its incident's, or the office's where it came
    alone; it stays so when the request is joined to an incident later.
    """

    __tablename__ = "press_requests"
    __table_args__ = (Index("ix_press_requests_status", "status", "received_at"),)

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    exercise: Mapped[bool]
    incident_id: Mapped[MaybeIncidentRef]
    chain: Mapped[Short]
    kind: Mapped[Short]
    outlet: Mapped[Short]
    email: Mapped[str | None]
    language: Mapped[Short]
    subject: Mapped[Short]
    question: Mapped[Long] = mapped_column(default="")
    link: Mapped[str | None]
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[Short]
    status: Mapped[Short]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]
    form: Mapped[str | None]
    answer: Mapped[Long] = mapped_column(default="")
    answer_link: Mapped[str | None]
    statement_id: Mapped[MaybeRef]
    ground: Mapped[str | None]
    reason: Mapped[Long] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads this)
