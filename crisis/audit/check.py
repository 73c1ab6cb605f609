"""Checking the whole ledger in the database: every chain, every entry, against what was signed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.breach import FaultKind, faults_at
from crisis.model.checkpoint import Checkpoint, SignedCheckpoint, check_checkpoint
from crisis.model.errors import BadInput, Misconfigured, NotFound
from crisis.model.ledger import NOTHING, Entry, Head, check_entry, read_entry
from crisis.model.words import Words, words
from crisis.office.office import Office
from crisis.records import checkpoint, ledger
from crisis.records.chain_list import every_chain
from crisis.records.signing_key import key_at

CHECKPOINTS = "checkpoints"
MOST = 20
"""Breaks told of one chain: after the first, the others hardly say more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """Where the ledger does not hold: the chain (or `checkpoints`) and the number in it."""

    chain: str
    seq: int
    sentence: Words


@dataclass(kw_only=True, slots=True)
class Checked:
    """What was checked; `after` counts entries that no checkpoint vouches for yet."""

    chains: int = 0
    entries: int = 0
    checkpoints: int = 0
    after: int = 0
    fingerprints: list[str] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.breaks


Signed = Mapping[str, Mapping[int, str]]
"""Hash by number by chain, of every entry that was a head when a checkpoint was signed."""


async def check_ledger(office: Office) -> Checked:
    """Check every chain and checkpoint, streamed: cost follows the ledger, memory does not."""
    found = Checked()
    async with office.records.look() as session:
        signed = await _check_checkpoints(office, session, found)
        heads = dict(await ledger.chains(session))
        names = sorted({*await every_chain(session), *signed})
        for chain in names:
            expected = dict(signed.get(chain, {}))
            await _check_chain(session, found, chain, (heads.get(chain), expected))
    found.chains = len(names)
    return found


async def _check_checkpoints(
    office: Office, session: AsyncSession, found: Checked
) -> dict[str, dict[int, str]]:
    heads: dict[str, dict[int, str]] = {}
    previous: Checkpoint | None = None
    for signed in await checkpoint.signed_checkpoints(session):
        one = signed.checkpoint
        found.breaks += await _check_signed(office, session, signed, previous)
        for chain, head in (await checkpoint.heads_at(session, one.seq)).items():
            heads.setdefault(chain, {})[head.seq] = head.hash
        found.checkpoints += 1
        found.roots.append(one.root)
        if one.key_id not in found.fingerprints:
            found.fingerprints.append(one.key_id)
        previous = one
    return heads


async def _check_signed(
    office: Office, session: AsyncSession, signed: SignedCheckpoint, previous: Checkpoint | None
) -> list[Break]:
    try:
        key = await key_at(session, office.seal, signed.checkpoint.key_id)
        leaves = await checkpoint.leaves_at(session, office.seal, signed.checkpoint)
    except (NotFound, Misconfigured, ValueError) as error:
        told = getattr(error, "sentence", words(str(error), str(error)))
        return [Break(chain=CHECKPOINTS, seq=signed.checkpoint.seq, sentence=told)]
    faults = check_checkpoint(signed, key.public, previous=previous, leaves=leaves)
    return [Break(chain=CHECKPOINTS, seq=one.seq, sentence=one.sentence) for one in faults]


async def _check_chain(
    session: AsyncSession,
    found: Checked,
    chain: str,
    told: tuple[Head | None, dict[int, str]],
) -> None:
    """Read one chain; `told` is its head row and the hashes that checkpoints vouch for."""
    head, vouched = told
    last = max(vouched, default=0)
    breaks: list[Break] = []
    before: Entry | None = None
    place = 0
    async for body in ledger.bodies(session, chain):
        place += 1
        entry = _read(body)
        if entry is None:
            # What follows cannot be linked to it, so nothing is said of the rest.
            found.breaks += [*breaks, _broken(chain, place, FaultKind.FORM)]
            return
        if len(breaks) < MOST:
            breaks += _faults(chain, entry, before, place)
        if vouched.pop(place, entry.hash) != entry.hash:
            breaks.append(Break(chain=chain, seq=place, sentence=REWRITTEN))
        before = entry
    found.entries += place
    found.after += max(place - last, 0)
    found.breaks += breaks + _ends(chain, before, head, vouched)


def _read(body: str) -> Entry | None:
    try:
        entry = read_entry(json.loads(body))
        return entry if entry.line.decode() == body else None
    except (BadInput, ValueError):
        return None


def _faults(chain: str, entry: Entry, before: Entry | None, place: int) -> list[Break]:
    faults = check_entry(entry, before, place)
    foreign = [] if entry.chain == chain else faults_at(place, {FaultKind.FOREIGN: True})
    return [
        Break(chain=chain, seq=place, sentence=one.sentence)
        for one in {fault.kind: fault for fault in (*faults, *foreign)}.values()
    ]


def _broken(chain: str, place: int, kind: FaultKind) -> Break:
    return Break(chain=chain, seq=place, sentence=faults_at(place, {kind: True})[0].sentence)


def _ends(
    chain: str, last: Entry | None, head: Head | None, vouched: Mapping[int, str]
) -> list[Break]:
    """What is wrong with the end of a chain: vouched entries are gone, or its head row differs."""
    there = last.head if last else Head(seq=0, hash=NOTHING)
    if vouched:
        return [Break(chain=chain, seq=there.seq + 1, sentence=_cut(max(vouched)))]
    # Entries written while we read lie after the head that was read before.
    if head is None or (head.seq >= there.seq and head != there):
        return [Break(chain=chain, seq=there.seq, sentence=HEADLESS)]
    return []


def _cut(last: int) -> Words:
    return words(
        f"Sổ bị cắt: điểm kiểm tra đã bảo đảm đến bút toán {last}.",
        f"The chain was cut: a checkpoint vouches for entries up to {last}.",
    )


REWRITTEN = words(
    "Bút toán này không phải bút toán đã được điểm kiểm tra bảo đảm: sổ đã bị viết lại.",
    "This is not the entry that a checkpoint vouches for: the chain was rewritten.",
)
HEADLESS = words(
    "Dòng đầu sổ không khớp bút toán cuối cùng.",
    "The chain's head row is not its last entry.",
)
