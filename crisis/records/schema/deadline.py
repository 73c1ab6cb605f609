"""Deadlines, escalation chains and the timers that wake them: all stored, indexed instants."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    Uuid,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import (
    Base,
    IncidentRef,
    Key,
    Long,
    MaybeIncidentRef,
    Ref,
    Short,
)

_RUNS = "state = 'running'"


def clock_runs() -> ColumnElement[bool]:
    """Whether a deadline still runs, said to the letter as its index says it, so that it serves."""
    return literal_column(f"deadlines.{_RUNS}")


class DeadlineRow(Base):
    """A running limit with its starting fact and its citation. `legal` tells law from target.

    One that belongs to no incident is the office's own: a duty, or a press request that came alone.
    """

    __tablename__ = "deadlines"
    __table_args__ = (
        UniqueConstraint("incident_id", "rule", "subject_id", "starts_at"),
        Index("ix_deadlines_rule", "rule", "state", "due_at"),
        # Of what runs only: an index of all states would be taken for questions about incidents.
        Index(
            "ix_deadlines_runs", "due_at", sqlite_where=text(_RUNS), postgresql_where=text(_RUNS)
        ),
    )

    id: Mapped[Key]
    incident_id: Mapped[MaybeIncidentRef]
    subject_id: Mapped[Ref] = mapped_column(index=True)
    rule: Mapped[Short]
    legal: Mapped[bool]
    title_vi: Mapped[Short]
    title_en: Mapped[Short]
    fact: Mapped[Short]
    starts_at: Mapped[datetime]
    recorded_by: Mapped[Short]
    due_at: Mapped[datetime]
    state: Mapped[Short]
    met_at: Mapped[datetime | None]
    source: Mapped[Long]
    confidence: Mapped[Short]


class ClockChange(Base):
    """What happened to a running limit: extended, paused, resumed, done; by whom, when and why.

    `before` and `after` are the due times on both sides of the change.
    """

    __tablename__ = "clock_changes"

    id: Mapped[Key]
    deadline_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("deadlines.id"), index=True
    )
    kind: Mapped[Short]
    at: Mapped[datetime]
    before: Mapped[datetime]
    after: Mapped[datetime]
    reason: Mapped[Long] = mapped_column(default="")
    by: Mapped[Short]


class Chain(Base):
    """An escalation that runs for one task or approval, on its pinned ladder."""

    __tablename__ = "chains"

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    subject_id: Mapped[Ref] = mapped_column(index=True)
    ladder: Mapped[dict[str, Any]]
    state: Mapped[dict[str, Any]]
    status: Mapped[Short]


class Mark(Base):
    """A reminder or escalation that was sent or skipped, once per task, recipient and level."""

    __tablename__ = "marks"
    __table_args__ = (UniqueConstraint("subject_id", "recipient", "level", "anchor"),)

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    subject_id: Mapped[Ref]
    recipient: Mapped[Short]
    level: Mapped[Short]
    anchor: Mapped[datetime]
    at: Mapped[datetime]
    sent: Mapped[bool]
    why: Mapped[Short] = mapped_column(default="")


class Timer(Base):
    """The next instant at which somebody is to be told, or an incident looked at again.

    `due_at` is office time. A row is claimed by a conditional update, and moved or removed by the
    run that it starts.
    """

    __tablename__ = "timers"
    __table_args__ = (
        UniqueConstraint("flow", "subject_id"),
        Index("ix_timers_due", "due_at"),
    )

    id: Mapped[Key]
    incident_id: Mapped[MaybeIncidentRef]
    flow: Mapped[Short]
    subject_id: Mapped[Ref]
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    claims: Mapped[int] = mapped_column(default=0)
