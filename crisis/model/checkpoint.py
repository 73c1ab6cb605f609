"""A checkpoint: the heads of all chains at one moment, signed, each linked to the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from crisis.model.breach import Fault, FaultKind, faults_at
from crisis.model.canonical import canonical, instant
from crisis.model.errors import BadInput
from crisis.model.ledger import NOTHING
from crisis.model.merkle import Leaf, root_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """What is signed; `prev` is the `digest` of the one before, `count` the number of chains."""

    seq: int
    at: str
    prev: str
    root: str
    count: int
    key_id: str

    @property
    def body(self) -> dict[str, object]:
        """The JSON object whose canonical form is signed."""
        told: dict[str, object] = {"seq": self.seq, "at": self.at, "prev": self.prev}
        return told | {"root": self.root, "count": self.count, "key_id": self.key_id}

    @property
    def digest(self) -> str:
        """Lowercase hex SHA-256 of the canonical form; the next checkpoint's `prev`."""
        return sha256(canonical(self.body)).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedCheckpoint:
    """A checkpoint and the hex Ed25519 signature over its canonical JSON."""

    checkpoint: Checkpoint
    signature: str


def fingerprint(public_key: bytes) -> str:
    """Lowercase hex SHA-256 of the raw 32-byte public key; also the `key_id` of what it signs."""
    return sha256(public_key).hexdigest()


def public_key_of(private_key: bytes) -> bytes:
    """The raw public key of a raw 32-byte Ed25519 private key."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def sign_checkpoint(
    private_key: bytes, *, previous: Checkpoint | None, at: datetime, leaves: Sequence[Leaf]
) -> SignedCheckpoint:
    """The checkpoint over `leaves` after `previous` (none: the first); the key is raw Ed25519."""
    checkpoint = Checkpoint(
        seq=previous.seq + 1 if previous else 1,
        at=instant(at),
        prev=previous.digest if previous else NOTHING,
        root=root_of(leaves),
        count=len(leaves),
        key_id=fingerprint(public_key_of(private_key)),
    )
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(canonical(checkpoint.body))
    return SignedCheckpoint(checkpoint=checkpoint, signature=signature.hex())


def check_checkpoint(
    signed: SignedCheckpoint,
    public_key: bytes,
    *,
    previous: Checkpoint | None,
    leaves: Sequence[Leaf] | None = None,
) -> list[Fault]:
    """All that is wrong with `signed` as the one after `previous` and, if given, over `leaves`."""
    checkpoint = signed.checkpoint
    over = leaves is None or (
        checkpoint.root == root_of(leaves) and checkpoint.count == len(leaves)
    )
    wrong = {
        FaultKind.SEQUENCE: checkpoint.seq != (previous.seq + 1 if previous else 1),
        FaultKind.LINK: checkpoint.prev != (previous.digest if previous else NOTHING),
        FaultKind.KEY: checkpoint.key_id != fingerprint(public_key),
        FaultKind.SIGNATURE: not _is_signed(signed, public_key),
        FaultKind.ROOT: not over,
    }
    return faults_at(checkpoint.seq, wrong)


def _is_signed(signed: SignedCheckpoint, public_key: bytes) -> bool:
    try:
        signature = bytes.fromhex(signed.signature)
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            signature, canonical(signed.checkpoint.body)
        )
    except (InvalidSignature, ValueError, BadInput):
        return False
    return True
