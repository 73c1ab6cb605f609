"""Checking the whole ledger in the database: every chain, every entry, against what was signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.audit.chain_check import Break, ChainCheck
from crisis.model.checkpoint import Checkpoint, SignedCheckpoint, check_checkpoint
from crisis.model.errors import Misconfigured, NotFound
from crisis.model.ledger import Head
from crisis.model.words import words
from crisis.office.office import Office
from crisis.records import as_frozen, checkpoint, ledger, publication_list
from crisis.records.chain_list import Line, every_chain, every_line
from crisis.records.signing_key import key_at

CHECKPOINTS = "checkpoints"


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
        names = {*await every_chain(session), *signed}
        found.chains = len(names)
        walk = _Walk(found=found, left=names, heads=heads, signed=signed)
        async for line in every_line(session):
            walk.take(line)
        walk.end()
        found.breaks += await _changed_publications(session)
    return found


async def _changed_publications(session: AsyncSession) -> list[Break]:
    """Publications whose texts in the table are not those that the ledger says were frozen."""
    there = await publication_list.everything(session)
    codes = {made.id: code for made, code in there}
    changed = await as_frozen.changed(session, [made for made, _ in there])
    return [
        Break(
            chain=codes[made.id],
            seq=made.number,
            sentence=words(
                f"bản công bố {made.slug} không còn đúng như đã chốt",
                f"the publication {made.slug} is no longer what was frozen",
            ),
        )
        for made in changed
    ]


@dataclass(kw_only=True, slots=True)
class _Walk:
    """A walk over all lines, chain by chain; `left` are the chains that are still to come."""

    found: Checked
    left: set[str]
    heads: Mapping[str, Head]
    signed: Signed
    breaks: list[Break] = field(default_factory=list)
    chain: ChainCheck | None = None

    def take(self, line: Line) -> None:
        """Check the next line; a chain that began while we read is nobody's yet."""
        name = line.chain
        if self.chain is None or self.chain.chain != name:
            if name not in self.left:
                return
            self._close()
            self.chain = self._begun(name)
        self.chain.take(line)

    def end(self) -> None:
        """No line is left: a chain without any is one that was taken away."""
        self._close()
        for name in sorted(self.left):
            self.chain = self._begun(name)
            self._close()
        self.found.breaks += sorted(self.breaks, key=lambda one: one.chain)

    def _begun(self, name: str) -> ChainCheck:
        self.left.discard(name)
        return ChainCheck(chain=name, vouched=dict(self.signed.get(name, {})))

    def _close(self) -> None:
        if self.chain is None:
            return
        self.chain.end(self.heads.get(self.chain.chain))
        self.found.entries += self.chain.entries
        self.found.after += self.chain.after
        self.breaks += self.chain.breaks
        self.chain = None


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
