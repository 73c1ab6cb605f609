"""The tree over all chains: roots, proofs, checkpoints."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.breach import FaultKind
from crisis.model.canonical import canonical, commitment
from crisis.model.checkpoint import (
    Checkpoint,
    SignedCheckpoint,
    check_checkpoint,
    fingerprint,
    public_key_of,
    sign_checkpoint,
)
from crisis.model.errors import BadInput, NotFound
from crisis.model.ledger import NOTHING, Head
from crisis.model.merkle import Leaf, Proof, chain_salt, holds, leaf_of, prove, root_of

KEY = bytes(range(32))
PUBLIC = public_key_of(KEY)
NOON = datetime(2025, 10, 19, 5, tzinfo=UTC)
SECRET = b"blinding secret of the office"


def leaves_of(count: int) -> list[Leaf]:
    heads = [
        Head(seq=number + 1, hash=sha256(bytes([number])).hexdigest()) for number in range(count)
    ]
    return [
        leaf_of(f"QT-2025-{number:04}", salt=chain_salt(SECRET, f"QT-2025-{number:04}"), head=head)
        for number, head in enumerate(heads)
    ]


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def test_roots_are_those_of_rfc_6962() -> None:
    leaves = sorted(leaves_of(5), key=lambda leaf: leaf.chain)
    a, b, c, d, e = (leaf.digest for leaf in leaves)
    assert root_of([]) == sha256(b"").hexdigest()
    assert root_of(leaves[:1]) == a.hex()
    assert root_of(leaves[:3]) == node(node(a, b), c).hex()
    assert root_of(leaves) == node(node(node(a, b), node(c, d)), e).hex()


def test_a_leaf_binds_chain_number_and_head_with_its_own_prefix() -> None:
    leaf = Leaf(chain="c", seq=2, head="h")
    assert leaf.digest == sha256(b'\x00{"chain":"c","head":"h","seq":2}').digest()
    changed = [replace(leaf, chain="d"), replace(leaf, seq=3), replace(leaf, head="i")]
    assert len({leaf.digest, *(other.digest for other in changed)}) == 4


def test_a_leaf_does_not_tell_the_code_of_its_chain() -> None:
    salt = chain_salt(SECRET, "QT-2025-0001")
    leaf = leaf_of("QT-2025-0001", salt=salt, head=Head(seq=1, hash=NOTHING))
    assert leaf.chain == commitment("QT-2025-0001", salt)
    assert leaf.chain != commitment("QT-2025-0001", chain_salt(b"other", "QT-2025-0001"))
    assert salt != chain_salt(SECRET, "QT-2025-0002")


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proven_and_no_other_is(count: int, data: st.DataObject) -> None:
    leaves = leaves_of(count)
    leaf = data.draw(st.sampled_from(leaves))
    root, proof = root_of(leaves), prove(leaves[::-1], leaf.chain)
    assert holds(leaf, proof, root=root, count=count)
    assert not holds(replace(leaf, seq=leaf.seq + 1), proof, root=root, count=count)
    assert not holds(leaf, proof, root=NOTHING, count=count)
    for index in range(-1, count + 1):
        moved = replace(proof, index=index)
        assert holds(leaf, moved, root=root, count=count) == (index == proof.index)


@given(st.integers(2, 40), st.data())
def test_a_proof_that_is_too_short_or_too_long_fails(count: int, data: st.DataObject) -> None:
    leaves = leaves_of(count)
    leaf = data.draw(st.sampled_from(leaves))
    proof = prove(leaves, leaf.chain)
    for path in (proof.path[:-1], (*proof.path, NOTHING), proof.path[1:]):
        assert not holds(leaf, replace(proof, path=path), root=root_of(leaves), count=count)


def test_a_chain_that_is_not_there_has_no_proof() -> None:
    with pytest.raises(NotFound):
        prove(leaves_of(3), "elsewhere")


def test_a_chain_cannot_stand_in_the_tree_twice() -> None:
    leaves = leaves_of(2)
    with pytest.raises(BadInput):
        root_of([*leaves, replace(leaves[0], seq=9)])
    assert not holds(leaves[0], Proof(index=0, path=()), root=NOTHING, count=0)


def test_a_checkpoint_is_signed_over_its_canonical_json() -> None:
    signed = sign_checkpoint(KEY, previous=None, at=NOON, leaves=leaves_of(3))
    text = canonical(signed.checkpoint.body)
    Ed25519PublicKey.from_public_bytes(PUBLIC).verify(bytes.fromhex(signed.signature), text)
    told = {"seq": 1, "at": "2025-10-19T05:00:00.000000Z", "prev": NOTHING, "count": 3}
    told |= {"root": root_of(leaves_of(3)), "key_id": sha256(PUBLIC).hexdigest()}
    assert signed.checkpoint.body == told
    assert fingerprint(PUBLIC) == told["key_id"]


def test_checkpoints_follow_each_other() -> None:
    first = sign_checkpoint(KEY, previous=None, at=NOON, leaves=leaves_of(2)).checkpoint
    second = sign_checkpoint(KEY, previous=first, at=NOON, leaves=leaves_of(3))
    assert (second.checkpoint.seq, second.checkpoint.prev) == (2, first.digest)
    assert check_checkpoint(second, PUBLIC, previous=first, leaves=leaves_of(3)) == []
    assert check_checkpoint(second, PUBLIC, previous=first) == []


def touched(signed: SignedCheckpoint, **changes: object) -> SignedCheckpoint:
    checkpoint = Checkpoint(**{**signed.checkpoint.body, **changes})  # type: ignore[arg-type]
    return replace(signed, checkpoint=checkpoint)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"seq": 2}, [FaultKind.SEQUENCE, FaultKind.SIGNATURE]),
        ({"prev": "1" * 64}, [FaultKind.LINK, FaultKind.SIGNATURE]),
        ({"key_id": "0" * 64}, [FaultKind.KEY, FaultKind.SIGNATURE]),
        ({"root": "0" * 64}, [FaultKind.SIGNATURE, FaultKind.ROOT]),
        ({"count": 4}, [FaultKind.SIGNATURE, FaultKind.ROOT]),
        ({"at": "2025-10-20T05:00:00.000000Z"}, [FaultKind.SIGNATURE]),
        ({"count": 0.5}, [FaultKind.SIGNATURE, FaultKind.ROOT]),
    ],
)
def test_a_touched_checkpoint_does_not_hold(
    changes: dict[str, object], expected: list[FaultKind]
) -> None:
    signed = sign_checkpoint(KEY, previous=None, at=NOON, leaves=leaves_of(3))
    faults = check_checkpoint(
        touched(signed, **changes), PUBLIC, previous=None, leaves=leaves_of(3)
    )
    assert [fault.kind for fault in faults] == expected


@pytest.mark.parametrize("signature", ["", "00" * 64, "not hex"])
def test_another_signature_does_not_hold(signature: str) -> None:
    signed = sign_checkpoint(KEY, previous=None, at=NOON, leaves=[])
    faults = check_checkpoint(replace(signed, signature=signature), PUBLIC, previous=None)
    assert [fault.kind for fault in faults] == [FaultKind.SIGNATURE]


def test_a_checkpoint_of_another_key_does_not_hold() -> None:
    signed = sign_checkpoint(b"x" * 32, previous=None, at=NOON, leaves=[])
    faults = check_checkpoint(signed, PUBLIC, previous=None)
    assert [fault.kind for fault in faults] == [FaultKind.KEY, FaultKind.SIGNATURE]


def test_chains_that_changed_after_the_checkpoint_are_seen_in_its_root() -> None:
    signed = sign_checkpoint(KEY, previous=None, at=NOON, leaves=leaves_of(3))
    rewritten = [replace(leaves_of(3)[0], head=NOTHING), *leaves_of(3)[1:]]
    for leaves in (rewritten, leaves_of(2)):
        faults = check_checkpoint(signed, PUBLIC, previous=None, leaves=leaves)
        assert [fault.kind for fault in faults] == [FaultKind.ROOT]
