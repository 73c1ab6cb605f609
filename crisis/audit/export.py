"""Exporting an audit pack: links revoked, contents bound in the chain, heads signed, written."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.audit.case_file import case_file
from crisis.audit.contents import Cover, PackContents
from crisis.audit.pack import contents_digest, write_pack
from crisis.model.action import Action
from crisis.model.checkpoint import fingerprint
from crisis.model.errors import NotFound
from crisis.model.ledger import Actor, Entry, read_entry
from crisis.model.words import words
from crisis.office.office import Office
from crisis.records import assignment, checkpoint, incident, ledger, signing_key, task_link
from crisis.records.act import Act

EXPORTED = "exported"


@dataclass(frozen=True, kw_only=True, slots=True)
class Exported:
    """A pack that was written: what to tell the auditor beside it."""

    code: str
    file: Path
    entries: int
    mails: int
    fingerprint: str
    root: str


async def export_pack(
    office: Office,
    actor: Actor,
    code: str,
    *,
    runs: Sequence[Mapping[str, Any]],
    target: Path,
) -> Exported:
    """Write the audit pack of an incident to `target`; `runs` is what the engine told of its runs.

    The export stands in the chain before the file exists: a pack that nobody knows of cannot be.
    Raises NotFound for an unknown code; NotFound, OutsideFailure where kept bytes are damaged.
    """
    async with office.records.act(actor) as act:
        bound = await bind_pack(office, act, code, runs)
    contents = await _covered(office, bound)
    await asyncio.to_thread(write_pack, contents, target)
    return Exported(
        code=contents.entries[0].chain,
        file=target,
        entries=len(contents.entries),
        mails=len(contents.mails),
        fingerprint=fingerprint(contents.public_key),
        root=contents.checkpoints[-1].signed.checkpoint.root,
    )


async def bind_pack(
    office: Office, act: Act, code: str, runs: Sequence[Mapping[str, Any]]
) -> PackContents:
    """What goes into a pack; its digest stands in the chain, under a checkpoint.

    Every task link of the incident is revoked first: its mails leave the house with the pack.
    """
    row = await incident.held(act, code)
    for task in await assignment.of_incident(act.session, row.id):
        await task_link.revoke(act, row, task.id, EXPORTED)
    contents = await case_file(act.session, row, await _entries(act.session, row.code), runs)
    await act.note(row.code, Action.PACK_EXPORTED, {"contents": contents_digest(contents)})
    await checkpoint.sign_now(act, office.seal)
    return replace(contents, entries=await _entries(act.session, row.code))


async def _covered(office: Office, bound: PackContents) -> PackContents:
    """The pack with its proofs: worked out after the act, so that nobody waits to write."""
    chain = bound.entries[0].chain
    async with office.records.look() as session:
        key = await signing_key.public_key(session)
        proofs = await checkpoint.proofs_for(session, office.seal, chain)
    if key is None:
        raise NotFound(words("Chưa có khóa ký.", "There is no signing key yet."))
    covers = (
        Cover(signed=one.signed, salt=one.salt, seq=one.seq, proof=one.proof)
        for one in proofs
        # Whoever went on meanwhile, and signed, signed more than this pack holds.
        if one.seq <= len(bound.entries)
    )
    return replace(bound, public_key=key, checkpoints=tuple(covers))


async def _entries(session: AsyncSession, chain: str) -> tuple[Entry, ...]:
    return tuple([read_entry(json.loads(body)) async for body in ledger.bodies(session, chain)])
