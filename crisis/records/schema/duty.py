"""Duties that were done, as a named person recorded them, and decisions that start one."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import Base, Key, Long, MaybeRef, Short


class DutyRecord(Base):
    """What was done when, in which form and where to find it: a document number or a link.

    `deadline_id` is the periodic duty that it fulfils, if one; a mistaken record is withdrawn.
    """

    __tablename__ = "duty_records"
    __table_args__ = (Index("ix_duty_records_kind", "kind", "done_at"),)

    id: Mapped[Key]
    kind: Mapped[Short]
    exercise: Mapped[bool]
    done_at: Mapped[datetime]
    form: Mapped[Short]
    reference: Mapped[Short]
    note: Mapped[Long] = mapped_column(default="")
    deadline_id: Mapped[MaybeRef]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[Short]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]
    reason: Mapped[Long] = mapped_column(default="")
