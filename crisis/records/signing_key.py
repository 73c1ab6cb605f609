"""The office's Ed25519 key and the secret that blinds chain names: made on first use, sealed."""

import secrets
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.checkpoint import fingerprint, public_key_of
from crisis.model.errors import NotFound
from crisis.model.words import words
from crisis.records.act import Act
from crisis.records.schema.ledger import SigningKey
from crisis.records.seal import Seal

RAW_BYTES = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeKey:
    """The opened key; `blinding` goes with it, so that a chain's salt is one under one key."""

    private: bytes = field(repr=False)
    blinding: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """The raw public half."""
        return public_key_of(self.private)

    @property
    def key_id(self) -> str:
        """The fingerprint of the public half."""
        return fingerprint(self.public)


async def office_key(act: Act, seal: Seal) -> OfficeKey:
    """The key that signs now; the first call makes it. The caller holds the office's chain."""
    row = await _newest(act.session)
    if row is not None:
        return _opened(row, seal)
    fresh = OfficeKey(
        private=secrets.token_bytes(RAW_BYTES), blinding=secrets.token_bytes(RAW_BYTES)
    )
    act.session.add(
        SigningKey(
            key_id=fresh.key_id,
            public=fresh.public,
            sealed=seal.close(fresh.private + fresh.blinding, _purpose(fresh.key_id)),
            made_at=act.real,
        )
    )
    await act.session.flush()
    return fresh


async def key_at(session: AsyncSession, seal: Seal, key_id: str) -> OfficeKey:
    """The key with this fingerprint; NotFound."""
    row = await session.get(SigningKey, key_id)
    if row is None:
        raise NotFound(words("Không có khóa ký này.", "There is no such signing key."))
    return _opened(row, seal)


async def public_key(session: AsyncSession) -> bytes | None:
    """The raw public key that signs now; None before the first checkpoint."""
    row = await _newest(session)
    return row.public if row else None


async def office_fingerprint(session: AsyncSession) -> str | None:
    """The fingerprint of the key that signs now; None before the first checkpoint."""
    row = await _newest(session)
    return row.key_id if row else None


async def _newest(session: AsyncSession) -> SigningKey | None:
    row: SigningKey | None = await session.scalar(
        select(SigningKey).order_by(SigningKey.made_at.desc()).limit(1)
    )
    return row


def _opened(row: SigningKey, seal: Seal) -> OfficeKey:
    raw = seal.open(row.sealed, _purpose(row.key_id))
    return OfficeKey(private=raw[:RAW_BYTES], blinding=raw[RAW_BYTES:])


def _purpose(key_id: str) -> str:
    return f"signing-key:{key_id}"
