"""All chain heads under one root, and proofs that a chain is under it.

The tree is that of RFC 6962: leaf = SHA-256(0x00 ‖ data), node = SHA-256(0x01 ‖ left ‖ right).
Leaves are ordered by blinded chain, so neither root nor proof tells a code to who lacks its salt.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from crisis.model.canonical import canonical, commitment
from crisis.model.errors import BadInput, NotFound
from crisis.model.ledger import Head
from crisis.model.words import words


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """One chain in the tree: its blinded name, and the number and hash of its last entry."""

    chain: str
    seq: int
    head: str

    @property
    def digest(self) -> bytes:
        """The leaf hash."""
        return sha256(
            b"\x00" + canonical({"chain": self.chain, "head": self.head, "seq": self.seq})
        ).digest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """The way up: the leaf's place, counted from 0, and the hex hashes beside it, lowest first."""

    index: int
    path: tuple[str, ...]


def chain_salt(secret: bytes, chain: str) -> bytes:
    """The 32 bytes that blind `chain`, always the same for one `secret`; its pack reveals them."""
    return hmac.digest(secret, chain.encode(), "sha256")


def leaf_of(chain: str, *, salt: bytes, head: Head) -> Leaf:
    """The leaf that binds `chain` (blinded with `salt`) to its last entry."""
    return Leaf(chain=commitment(chain, salt), seq=head.seq, head=head.hash)


def root_of(leaves: Sequence[Leaf]) -> str:
    """The hex root over `leaves` in any order; two leaves of one chain are `BadInput`."""
    return _root([leaf.digest for leaf in _in_order(leaves)]).hex()


def prove(leaves: Sequence[Leaf], chain: str) -> Proof:
    """The proof that the blinded `chain` stands among `leaves`; `NotFound` where it does not."""
    ordered = _in_order(leaves)
    index = next((place for place, leaf in enumerate(ordered) if leaf.chain == chain), None)
    if index is None:
        raise NotFound(
            words("Sổ này không có trong điểm kiểm tra.", "The chain is not in this checkpoint.")
        )
    path = _path([leaf.digest for leaf in ordered], index)
    return Proof(index=index, path=tuple(digest.hex() for digest in path))


def holds(leaf: Leaf, proof: Proof, *, root: str, count: int) -> bool:
    """Whether `proof` leads from `leaf` to the hex `root` over `count` leaves."""
    place, last, digest = proof.index, count - 1, leaf.digest
    if not 0 <= place <= last:
        return False
    for beside in map(bytes.fromhex, proof.path):
        if last == 0:
            return False
        if place % 2 or place == last:
            digest = _node(beside, digest)
            while place and not place % 2:
                place, last = place // 2, last // 2
        else:
            digest = _node(digest, beside)
        place, last = place // 2, last // 2
    return last == 0 and digest.hex() == root


def _in_order(leaves: Sequence[Leaf]) -> list[Leaf]:
    if len({leaf.chain for leaf in leaves}) != len(leaves):
        raise BadInput(
            words("Một sổ xuất hiện hai lần.", "A chain stands there twice."), field="leaves"
        )
    return sorted(leaves, key=lambda leaf: leaf.chain)


def _root(digests: list[bytes]) -> bytes:
    """RFC 6962, 2.1: the left subtree is the largest full one that is smaller than the whole."""
    if len(digests) <= 1:
        return digests[0] if digests else sha256().digest()
    middle = _split(len(digests))
    return _node(_root(digests[:middle]), _root(digests[middle:]))


def _path(digests: list[bytes], index: int) -> list[bytes]:
    if len(digests) == 1:
        return []
    middle = _split(len(digests))
    left, right = digests[:middle], digests[middle:]
    if index < middle:
        return [*_path(left, index), _root(right)]
    return [*_path(right, index - middle), _root(left)]


def _split(count: int) -> int:
    return 1 << ((count - 1).bit_length() - 1)


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
