"""The duty roster: who of the office is on duty from when to when."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import Base, Key, Long, MaybeRef, Short, UserRef


class Shift(Base):
    """One person on duty from `starts_at` until `ends_at`; a withdrawn entry stays readable."""

    __tablename__ = "shifts"
    __table_args__ = (Index("ix_shifts_ends_at", "ends_at"),)

    id: Mapped[Key]
    user_id: Mapped[UserRef]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    note: Mapped[Short] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[Short]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[MaybeRef]
    reason: Mapped[Long] = mapped_column(default="")
