"""Checkpoints in the database: sign all chain heads now, and prove that a chain is among them."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.canonical import canonical, commitment
from crisis.model.checkpoint import Checkpoint, SignedCheckpoint, sign_checkpoint
from crisis.model.ledger import Head
from crisis.model.merkle import Leaf, Proof, chain_salt, leaf_of, prove
from crisis.records import ledger
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.ledger import ChainHead, CheckpointRow
from crisis.records.seal import Seal
from crisis.records.signing_key import OfficeKey, key_at, office_key

Heads = Sequence[tuple[str, Head]]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainProof:
    """One checkpoint that covers a chain: `seq` is the entry that was the chain's head then."""

    signed: SignedCheckpoint
    salt: bytes
    seq: int
    proof: Proof


async def sign_now(act: Act, seal: Seal) -> SignedCheckpoint:
    """Sign all chain heads as they stand, and tell it in the office's chain after them."""
    await _hold(act.session)
    key = await office_key(act, seal)
    heads = await ledger.chains(act.session)
    previous = await last(act.session)
    signed = sign_checkpoint(
        key.private,
        previous=previous.checkpoint if previous else None,
        at=act.real,
        leaves=_leaves(heads, key),
    )
    act.session.add(
        CheckpointRow(
            seq=signed.checkpoint.seq, at=act.real, body=_body(signed), leaves=_told(heads)
        )
    )
    await act.session.flush()
    told = {"checkpoint": signed.checkpoint.seq, "root": signed.checkpoint.root}
    await act.note(OFFICE_CHAIN, Action.CHECKPOINT_SIGNED, told)
    return signed


async def last(session: AsyncSession) -> SignedCheckpoint | None:
    """The newest checkpoint; None before the first."""
    body = await session.scalar(
        select(CheckpointRow.body).order_by(CheckpointRow.seq.desc()).limit(1)
    )
    return None if body is None else _read(body)


async def signed_checkpoints(session: AsyncSession) -> tuple[SignedCheckpoint, ...]:
    """Every checkpoint in order."""
    bodies = await session.scalars(select(CheckpointRow.body).order_by(CheckpointRow.seq))
    return tuple(_read(body) for body in bodies)


async def heads_at(session: AsyncSession, seq: int) -> dict[str, Head]:
    """The chain heads over which checkpoint `seq` was signed, by chain."""
    told = await session.scalar(select(CheckpointRow.leaves).where(CheckpointRow.seq == seq))
    return dict(_heads(told)) if told is not None else {}


async def leaves_at(session: AsyncSession, seal: Seal, checkpoint: Checkpoint) -> tuple[Leaf, ...]:
    """The leaves of a checkpoint's tree, for `check_checkpoint`."""
    key = await key_at(session, seal, checkpoint.key_id)
    return _leaves(tuple((await heads_at(session, checkpoint.seq)).items()), key)


async def proofs_for(session: AsyncSession, seal: Seal, chain: str) -> tuple[ChainProof, ...]:
    """Every checkpoint by the newest key that covers `chain`, in order, with its proof."""
    newest = await last(session)
    if newest is None:
        return ()
    key = await key_at(session, seal, newest.checkpoint.key_id)
    rows = await session.execute(
        select(CheckpointRow.body, CheckpointRow.leaves).order_by(CheckpointRow.seq)
    )
    told = [(str(row.body), str(row.leaves)) for row in rows]
    return await asyncio.to_thread(_proofs, told, key, chain)


def _proofs(told: Sequence[tuple[str, str]], key: OfficeKey, chain: str) -> tuple[ChainProof, ...]:
    """Every checkpoint hashes every chain of the office: work for a thread of its own."""
    found = (_proof(_read(body), _heads(leaves), key, chain) for body, leaves in told)
    return tuple(proof for proof in found if proof is not None)


def _proof(signed: SignedCheckpoint, heads: Heads, key: OfficeKey, chain: str) -> ChainProof | None:
    head = dict(heads).get(chain)
    if head is None or signed.checkpoint.key_id != key.key_id:
        return None
    salt = chain_salt(key.blinding, chain)
    proof = prove(_leaves(heads, key), commitment(chain, salt))
    return ChainProof(signed=signed, salt=salt, seq=head.seq, proof=proof)


async def _hold(session: AsyncSession) -> None:
    """Wait for whoever signs now: two checkpoints at once would have one number."""
    head = select(ChainHead.seq).where(ChainHead.chain == OFFICE_CHAIN).with_for_update()
    await session.execute(head)


def _leaves(heads: Heads, key: OfficeKey) -> tuple[Leaf, ...]:
    return tuple(
        leaf_of(chain, salt=chain_salt(key.blinding, chain), head=head) for chain, head in heads
    )


def _told(heads: Heads) -> str:
    return canonical([[chain, head.seq, head.hash] for chain, head in heads]).decode()


def _heads(told: str) -> Heads:
    return [(chain, Head(seq=seq, hash=digest)) for chain, seq, digest in json.loads(told)]


def _body(signed: SignedCheckpoint) -> str:
    told = {"checkpoint": signed.checkpoint.body, "signature": signed.signature}
    return canonical(told).decode()


def _read(body: str) -> SignedCheckpoint:
    told: dict[str, Any] = json.loads(body)
    return SignedCheckpoint(
        checkpoint=Checkpoint(**told["checkpoint"]), signature=told["signature"]
    )
