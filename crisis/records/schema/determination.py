"""Determinations: a named person's yes or no to each question that starts the 24-hour clock."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import Base, IncidentRef, Key, Long, Short


class Determination(Base):
    """One answer; the newest of an incident and question stands, earlier ones stay readable.

    `made_at` is when it was determined, `recorded_at` when it was written down.
    """

    __tablename__ = "determinations"

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    question: Mapped[Short]
    answer: Mapped[bool]
    made_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[Short]
    reason: Mapped[Long] = mapped_column(default="")
