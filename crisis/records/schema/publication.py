"""Frozen publications and one delivery per outlet and recipient."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import (
    WITHOUT_ROWID,
    Base,
    Hash,
    IncidentRef,
    Key,
    Long,
    MaybeRef,
    Short,
    StatementRef,
)


class Publication(Base):
    """What was approved, as it goes out: never changed, never deleted."""

    __tablename__ = "publications"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    statement_id: Mapped[StatementRef]
    number: Mapped[int]
    digest: Mapped[Hash]
    slug: Mapped[str] = mapped_column(unique=True)
    frozen: Mapped[dict[str, Any]]
    refers_to: Mapped[MaybeRef]
    relation: Mapped[str | None]
    exercise: Mapped[bool]
    at: Mapped[datetime]


class Delivery(Base):
    """One publication on its way to one outlet and recipient; instants of trying are real time.

    `next_at` is the next try, or the next look at what the outlet shows; `readings` counts the
    looks that did not find the approved bytes, `finding` is what the last one found.
    `source_delivery_id`: the one that failed, where a person sent it again.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_next", "next_at"),
        Index("ix_deliveries_state", "state"),
        Index("ix_deliveries_readings", "readings"),
    )

    id: Mapped[Key]
    publication_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("publications.id"), index=True
    )
    incident_id: Mapped[IncidentRef]
    outlet: Mapped[Short]
    recipient: Mapped[Short]
    key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[Short]
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    reference: Mapped[str | None]
    accepted_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    error: Mapped[Long] = mapped_column(default="")
    expires_at: Mapped[datetime | None]
    readings: Mapped[int] = mapped_column(default=0)
    finding: Mapped[Short] = mapped_column(default="")
    source_delivery_id: Mapped[MaybeRef]


class OutletRow(Base):
    """A way out: whether it is announced as official, its configuration, and its breaker."""

    __tablename__ = "outlets"

    id: Mapped[str] = mapped_column(primary_key=True)
    announced: Mapped[bool]
    real: Mapped[bool]
    config: Mapped[dict[str, Any]]
    failures: Mapped[int] = mapped_column(default=0)
    open_until: Mapped[datetime | None]


class PressContact(Base):
    """An outlet's desk on the press list: a duty address, not a person."""

    __tablename__ = "press_contacts"

    id: Mapped[Key]
    outlet: Mapped[Short]
    email: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str] = mapped_column(default="vi")
    active: Mapped[bool] = mapped_column(default=True)
