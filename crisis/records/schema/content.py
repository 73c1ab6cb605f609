"""Bytes by their hash, and which playbook, law, directory and templates are active."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import WITHOUT_ROWID, Base, Hash, Short


class Blob(Base):
    """Bytes kept under their SHA-256; `content` is emptied where they were erased by decision."""

    __tablename__ = "blobs"
    __table_args__ = WITHOUT_ROWID

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    media_type: Mapped[Short]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ActiveContent(Base):
    """Which version of a content file is in force; earlier versions stay readable as blobs."""

    __tablename__ = "active_content"

    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[Hash]
    at: Mapped[datetime]
