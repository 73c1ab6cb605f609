"""Statements, their versions and variants, and who approved which bytes."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import (
    Base,
    Hash,
    IncidentRef,
    Key,
    Long,
    MaybeRef,
    Ref,
    Short,
    StatementRef,
)


class StatementRow(Base):
    """One statement of an incident and where its lifecycle stands."""

    __tablename__ = "statements"
    __table_args__ = (Index("ix_statements_lifecycle", "lifecycle", "made_at"),)

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    kind: Mapped[Short]
    lifecycle: Mapped[Short]
    current: Mapped[int]
    refers_to: Mapped[MaybeRef]
    relation: Mapped[str | None]
    reason: Mapped[Long] = mapped_column(default="")
    next_update_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads this)


class StatementVersion(Base):
    """One wording. `authors` are all who wrote this version or any before it."""

    __tablename__ = "statement_versions"
    __table_args__ = (UniqueConstraint("statement_id", "number"),)

    id: Mapped[Key]
    statement_id: Mapped[StatementRef]
    number: Mapped[int]
    authors: Mapped[list[str]]
    digest: Mapped[Hash]
    links: Mapped[list[dict[str, Any]]]
    note: Mapped[Long] = mapped_column(default="")
    at: Mapped[datetime]


class VariantRow(Base):
    """The words of one version for one outlet in one language."""

    __tablename__ = "variants"

    version_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("statement_versions.id"), primary_key=True
    )
    outlet: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[Long]
    body: Mapped[Long]
    sha256: Mapped[Hash]


class ApprovalRow(Base):
    """One step of one version's approval: asked of a person, then decided by that person."""

    __tablename__ = "approvals"
    __table_args__ = (UniqueConstraint("statement_id", "number", "step", "person_id"),)

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    statement_id: Mapped[StatementRef]
    number: Mapped[int]
    step: Mapped[int]
    role: Mapped[Short]
    person_id: Mapped[Ref] = mapped_column(index=True)
    digest: Mapped[Hash]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    decision: Mapped[str | None]
    reason: Mapped[Long] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    authority: Mapped[str | None]
