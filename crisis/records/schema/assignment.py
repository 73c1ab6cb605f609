"""What an agency is asked, by which link, and everything it answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import (
    AssignmentRef,
    Base,
    Hash,
    IncidentRef,
    Key,
    Long,
    MaybeAssignmentRef,
    MaybeHash,
    Short,
)


class Assignment(Base):
    """A task for one agency, frozen to the directory version of the moment it was made."""

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_status", "status", "made_at"),)

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    agency: Mapped[Short]
    name_vi: Mapped[Short]
    name_en: Mapped[Short]
    directory_sha: Mapped[Hash]
    lead: Mapped[bool]
    relation: Mapped[Short]
    claims: Mapped[list[str]]
    status: Mapped[Short]
    contact_name: Mapped[Short]
    contact_title: Mapped[Short]
    contact_email: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="vi")
    made_at: Mapped[datetime]
    ack_due_at: Mapped[datetime]
    due_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    progress_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    draft: Mapped[dict[str, Any] | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads this)


class TaskLink(Base):
    """A random token, stored hashed, that lets one recipient act on one task."""

    __tablename__ = "task_links"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    assignment_id: Mapped[AssignmentRef]
    recipient_name: Mapped[Short]
    recipient_title: Mapped[Short]
    recipient_email: Mapped[str]
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[str | None]


class Answer(Base):
    """One version of an agency's answer; the highest version is the one that counts."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("assignment_id", "version"),)

    id: Mapped[Key]
    assignment_id: Mapped[AssignmentRef]
    version: Mapped[int]
    by_name: Mapped[Short]
    by_title: Mapped[Short]
    at: Mapped[datetime]
    note: Mapped[Long] = mapped_column(default="")


class FindingRow(Base):
    """What one answer says about one claim."""

    __tablename__ = "findings"
    __table_args__ = (UniqueConstraint("answer_id", "claim_id"),)

    id: Mapped[Key]
    answer_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("answers.id"), index=True
    )
    claim_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), ForeignKey("claims.id"), index=True)
    verdict: Mapped[Short]
    fact_vi: Mapped[Long]
    fact_en: Mapped[Long] = mapped_column(default="")
    remedy: Mapped[dict[str, Any] | None]
    evidence: Mapped[list[str]]


class EvidenceRow(Base):
    """A file or link behind a finding; files are kept by hash and never served publicly."""

    __tablename__ = "evidence"

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    assignment_id: Mapped[MaybeAssignmentRef]
    title: Mapped[Short]
    file_name: Mapped[str | None]
    media_type: Mapped[str | None]
    sha256: Mapped[MaybeHash]
    size: Mapped[int | None]
    link: Mapped[str | None]
    holder: Mapped[Short]
    issuer: Mapped[str | None]
    issued_on: Mapped[date | None]
    at: Mapped[datetime]


class EvidenceOrigin(Base):
    """Who issued a document, as a person of the office confirmed it; `body` is a directory id."""

    __tablename__ = "evidence_origins"

    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    body: Mapped[Short]
    name: Mapped[Short]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Uuid(as_uuid=False))


class TaskMessage(Base):
    """What an agency says besides its answer: a question, more time, not competent, passed on."""

    __tablename__ = "task_messages"
    __table_args__ = (Index("ix_task_messages_replied_at", "replied_at", "at"),)

    id: Mapped[Key]
    assignment_id: Mapped[AssignmentRef]
    kind: Mapped[Short]
    text: Mapped[Long]
    wants: Mapped[dict[str, Any] | None]
    by_name: Mapped[Short]
    at: Mapped[datetime]
    reply: Mapped[str | None]
    granted: Mapped[bool | None]
    replied_at: Mapped[datetime | None]
