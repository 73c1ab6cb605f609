"""What an audit pack holds, as values that the records fill.

How to fill it: 1. gather everything of one chain into `PackContents`, entries and checkpoints still
empty; 2. append `pack.exported` with `contents` = `pack.contents_digest(…)` to that chain; 3. sign
a checkpoint, which has to cover that entry; 4. `dataclasses.replace` entries and checkpoints, then
`pack.write_pack`. Read the entries after signing; those that come after 2 do no harm: the lists are
compared with the ledger up to the export.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crisis.model.checkpoint import SignedCheckpoint
from crisis.model.ledger import Entry
from crisis.model.merkle import Proof


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """One line of `checkpoints.jsonl`: a signed checkpoint and the proof that it covers this chain.

    JSON: `{"checkpoint": {seq, at, prev, root, count, key_id}, "signature": hex, "proof": {"salt":
    hex, "seq": n, "index": n, "path": [hex, …]}}`; `seq` is the entry that was the chain's head.
    """

    signed: SignedCheckpoint
    salt: bytes
    seq: int
    proof: Proof

    def as_json(self) -> dict[str, Any]:
        """The line as a JSON object."""
        proof = {"salt": self.salt.hex(), "seq": self.seq}
        proof |= {"index": self.proof.index, "path": list(self.proof.path)}
        signed = {"checkpoint": self.signed.checkpoint.body, "signature": self.signed.signature}
        return signed | {"proof": proof}


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovedVariant:
    """One variant of an approved statement; `file` is its path in the pack (`statements/…`)."""

    outlet: str
    language: str
    sha256: str
    file: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenApproval:
    """One item of `approvals.json`, for each `approval.given`; `entry` is that entry's seq.

    The keys are those of this value; `variants` stand in the order in which the digest has them.
    """

    entry: int
    digest: str
    statement: str
    version: int
    kind: str
    exercise: bool
    variants: tuple[ApprovedVariant, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FrozenPublication:
    """One item of `publications/index.json`, for each variant of each `publication.frozen`.

    The keys are those of this value: `entry` is that entry's seq, `file` the path of the published
    bytes (`publications/…`), `digest` that of the approval which covers them.
    """

    entry: int
    digest: str
    outlet: str
    language: str
    sha256: str
    file: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldDeadline:
    """One item of `deadlines.json`, for each clock that the chain started.

    The keys are those of this value: id, rule and instants as the last `clock.started` or
    `clock.recomputed` gave them; `state` is `running`, `met`, `late`, `missed` or `cancelled`, as
    the last entry of the clock says.
    """

    deadline: str
    rule: str
    starts_at: str
    due_at: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PackContents:
    """Everything of one chain that an auditor gets.

    `entries`: the whole chain from seq 1. `checkpoints`: consecutive, each covering this chain,
    from the first that does (or the first by this key) to the last. `public_key`: raw 32 bytes.
    `runs`: JSON objects with a string `id` for every run that an entry names, and what else helps a
    reader (name, deployment, state, times; no floats). `mails`, `statements`, `published`: bytes by
    file name under `mail/`, `statements/`, `publications/`; names are ASCII letters, digits, `.`,
    `_`, `-`, with `/` between folders. They hold at least every mail of the chain, every variant of
    each submitted version and of each publication, but for what was erased under a decision.
    """

    entries: tuple[Entry, ...] = ()
    checkpoints: tuple[Cover, ...] = ()
    public_key: bytes
    runs: tuple[Mapping[str, Any], ...] = ()
    mails: Mapping[str, bytes] = field(default_factory=dict)
    statements: Mapping[str, bytes] = field(default_factory=dict)
    approvals: tuple[GivenApproval, ...] = ()
    publications: tuple[FrozenPublication, ...] = ()
    published: Mapping[str, bytes] = field(default_factory=dict)
    deadlines: tuple[ToldDeadline, ...] = ()
