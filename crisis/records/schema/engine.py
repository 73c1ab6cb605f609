"""What ties the records to the engine: wake-ups, turns, leader, heartbeats, office clock."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import Base, IncidentRef, Key, MaybeRef, Short


class WakeUp(Base):
    """A reason to run a flow for an incident. Its id is the run's idempotency key. Real time."""

    __tablename__ = "wake_ups"
    __table_args__ = (Index("ix_wake_ups_waiting", "dispatched_at", "made_at"),)

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    flow: Mapped[Short]
    because: Mapped[Short]
    made_at: Mapped[datetime]
    dispatched_at: Mapped[datetime | None]
    run_id: Mapped[MaybeRef]
    ended_at: Mapped[datetime | None]


class Turn(Base):
    """Whose turn it is on an incident. `wanted` > `seen` means: there is something to look at."""

    __tablename__ = "turns"

    incident_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("incidents.id"), primary_key=True
    )
    holder: Mapped[str | None]
    until: Mapped[datetime | None]
    wanted: Mapped[int] = mapped_column(default=0)
    seen: Mapped[int] = mapped_column(default=0)


class Leader(Base):
    """The one process that may act for a duty until its lease ends. Real time."""

    __tablename__ = "leaders"

    duty: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]


class Heartbeat(Base):
    """When a part was last seen alive. Real time."""

    __tablename__ = "heartbeats"

    part: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    alarm_since: Mapped[datetime | None]


class OfficeClock(Base):
    """The exercise clock, one row; an office installation has none."""

    __tablename__ = "office_clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    anchor_real: Mapped[datetime]
    anchor_office: Mapped[datetime]
    rate: Mapped[float]
