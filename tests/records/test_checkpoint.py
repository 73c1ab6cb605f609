"""A checkpoint signs all chain heads; a proof shows that a chain is among them."""

import asyncio

import pytest

from crisis.model.action import Action
from crisis.model.canonical import commitment
from crisis.model.checkpoint import SignedCheckpoint, check_checkpoint, fingerprint
from crisis.model.errors import Misconfigured
from crisis.model.merkle import holds, leaf_of
from crisis.records import checkpoint, ledger
from crisis.records.act import OFFICE_CHAIN, Records
from crisis.records.seal import Seal
from crisis.records.signing_key import office_fingerprint, public_key

CODES = [f"QT-2026-{number:04}" for number in range(1, 8)]


async def _note(records: Records, *chains: str) -> None:
    async with records.act() as act:
        for chain in chains:
            await act.note(chain, Action.REPORT_ADDED, {})


async def _sign(records: Records, seal: Seal) -> SignedCheckpoint:
    async with records.act() as act:
        return await checkpoint.sign_now(act, seal)


async def test_checkpoints_follow_each_other_under_one_key(records: Records, seal: Seal) -> None:
    async with records.look() as session:
        assert await office_fingerprint(session) is None
    await _note(records, *CODES)
    for _ in range(3):
        await _sign(records, seal)
    async with records.look() as session:
        key = await public_key(session)
        signed = await checkpoint.signed_checkpoints(session)
        assert key is not None
        assert await office_fingerprint(session) == fingerprint(key)
        previous = None
        for each in signed:
            leaves = await checkpoint.leaves_at(session, seal, each.checkpoint)
            assert check_checkpoint(each, key, previous=previous, leaves=leaves) == []
            previous = each.checkpoint
        assert await checkpoint.last(session) == signed[-1]
    # The office's own chain begins with the entry that tells the first checkpoint.
    assert [each.checkpoint.count for each in signed] == [7, 8, 8]


@pytest.mark.parametrize("chain", [CODES[0], CODES[3], CODES[6]])
async def test_a_proof_leads_from_each_chain_to_the_root(
    records: Records, seal: Seal, chain: str
) -> None:
    await _note(records, *CODES[:4])
    await _sign(records, seal)
    await _note(records, *CODES)
    await _sign(records, seal)
    async with records.look() as session:
        proofs = await checkpoint.proofs_for(session, seal, chain)
        told = await ledger.entries(session, chain)
    assert [proof.seq for proof in proofs] == ([1] if chain == CODES[6] else [1, 2])
    assert len({proof.salt for proof in proofs}) == 1
    for proof in proofs:
        head = ledger.Head(seq=proof.seq, hash=told[proof.seq - 1]["hash"])
        leaf = leaf_of(chain, salt=proof.salt, head=head)
        signed = proof.signed.checkpoint
        assert holds(leaf, proof.proof, root=signed.root, count=signed.count)
        other = leaf_of(chain, salt=proof.salt, head=ledger.Head(seq=proof.seq, hash="0" * 64))
        assert not holds(other, proof.proof, root=signed.root, count=signed.count)


async def test_a_checkpoint_tells_no_code(records: Records, seal: Seal) -> None:
    await _note(records, *CODES)
    signed = await _sign(records, seal)
    async with records.look() as session:
        leaves = await checkpoint.leaves_at(session, seal, signed.checkpoint)
        heads = await checkpoint.heads_at(session, signed.checkpoint.seq)
    assert sorted(heads) == CODES
    told = f"{signed} {leaves}"
    assert not [code for code in CODES if code in told]
    assert commitment(CODES[0], b"\x00" * 32) not in told


async def test_the_office_chain_tells_each_checkpoint(
    records: Records, seal: Seal, office_entries
) -> None:
    signed = await _sign(records, seal)
    (entry,) = await office_entries()
    told = {"checkpoint": signed.checkpoint.seq, "root": signed.checkpoint.root}
    assert (entry["chain"], entry["action"]) == (OFFICE_CHAIN, "checkpoint.signed")
    assert entry["data"] == told


async def test_checkpoints_signed_at_once_get_numbers_in_a_row(
    records: Records, seal: Seal
) -> None:
    signed = await asyncio.gather(*(_sign(records, seal) for _ in range(4)))
    assert sorted(each.checkpoint.seq for each in signed) == [1, 2, 3, 4]
    assert len({each.checkpoint.key_id for each in signed}) == 1
    assert len({each.checkpoint.prev for each in signed}) == 4


async def test_another_secret_does_not_sign_with_the_office_key(
    records: Records, seal: Seal
) -> None:
    await _sign(records, seal)
    with pytest.raises(Misconfigured):
        await _sign(records, Seal(secret=b"stolen database, no secret"))


async def test_a_chain_that_no_checkpoint_covers_has_no_proof(records: Records, seal: Seal) -> None:
    async with records.look() as session:
        assert await checkpoint.proofs_for(session, seal, CODES[0]) == ()
    await _sign(records, seal)
    await _note(records, CODES[0])
    async with records.look() as session:
        assert await checkpoint.proofs_for(session, seal, CODES[0]) == ()
