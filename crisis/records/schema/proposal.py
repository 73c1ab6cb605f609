"""Changes of content that wait for a second person, and rules of law that somebody signed."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import Base, Hash, Key, Long, MaybeHash, MaybeRef, Ref, Short


class ContentProposal(Base):
    """New bytes of a content file; `base_sha` is what was in force when they were proposed."""

    __tablename__ = "content_proposals"
    __table_args__ = (Index("ix_content_proposals_shown", "state", "at"),)

    id: Mapped[Key]
    kind: Mapped[Short]
    name: Mapped[Short]
    sha256: Mapped[Hash]
    base_sha: Mapped[MaybeHash]
    reason: Mapped[Long]
    by: Mapped[Ref]
    at: Mapped[datetime]
    state: Mapped[Short]
    decided_by: Mapped[MaybeRef]
    decided_at: Mapped[datetime | None]
    answer: Mapped[Long] = mapped_column(default="")


class LawSignature(Base):
    """A legal officer's signature on one rule as it read: `digest` is that of its content."""

    __tablename__ = "law_signatures"
    __table_args__ = (Index("ix_law_signatures_rule", "rule"),)

    id: Mapped[Key]
    rule: Mapped[Short]
    digest: Mapped[Hash]
    by: Mapped[Ref]
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[MaybeRef]
