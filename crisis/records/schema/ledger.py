"""The ledger: append-only entries, chain heads, signed checkpoints."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import WITHOUT_ROWID, Base, Hash, Long, Short


class LedgerEntry(Base):
    """One entry: `body` is its RFC 8785 canonical JSON, hash included."""

    __tablename__ = "ledger"
    __table_args__ = (Index("ix_ledger_action", "action", "at"), WITHOUT_ROWID)

    chain: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    action: Mapped[Short]
    body: Mapped[Long]
    hash: Mapped[Hash]


class ChainHead(Base):
    """The last entry of a chain; locked while the next one is written."""

    __tablename__ = "chain_heads"

    chain: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[Hash]


class CheckpointRow(Base):
    """A signed Merkle root over all chain heads, with the leaves that a proof needs."""

    __tablename__ = "checkpoints"

    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    body: Mapped[Long]
    leaves: Mapped[Long]


class SigningKey(Base):
    """The office's Ed25519 key; the private half is sealed with the installation's secret."""

    __tablename__ = "signing_keys"

    key_id: Mapped[str] = mapped_column(primary_key=True)
    public: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
