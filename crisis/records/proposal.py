"""Proposed changes of content: one person proposes, another decides."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import NotFound, Stale
from crisis.model.words import words
from crisis.records import blob, content
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.conditional import won
from crisis.records.content import ContentKind
from crisis.records.schema.proposal import ContentProposal


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


_NOTES = {
    ProposalState.CONFIRMED: Action.CONTENT_CONFIRMED,
    ProposalState.REFUSED: Action.CONTENT_REFUSED,
    ProposalState.WITHDRAWN: Action.CONTENT_WITHDRAWN,
}


async def propose(
    act: Act, kind: ContentKind, name: str, data: bytes, reason: str
) -> ContentProposal:
    """Keep `data` as a proposed version of `kind`/`name`; whoever calls has checked it."""
    row = ContentProposal(
        kind=kind.value,
        name=name,
        sha256=await blob.keep(act, data, "application/yaml"),
        base_sha=await content.active_hash(act.session, kind, name),
        reason=reason.strip(),
        by=act.actor.id,
        at=act.now,
        state=ProposalState.OPEN.value,
    )
    act.session.add(row)
    await act.session.flush()
    await act.note(OFFICE_CHAIN, Action.CONTENT_PROPOSED, _told(row))
    return row


async def decide(act: Act, row: ContentProposal, state: ProposalState, answer: str) -> None:
    """Record what became of an open proposal. Raises Stale where somebody decided before."""
    open_ = (ContentProposal.id == row.id, ContentProposal.state == ProposalState.OPEN.value)
    values = {
        "state": state.value,
        "decided_by": act.actor.id,
        "decided_at": act.now,
        "answer": answer.strip(),
    }
    if not await won(act.session, update(ContentProposal).where(*open_).values(**values)):
        raise Stale(
            words(
                "Đề nghị này đã có người quyết định.", "Somebody has decided this proposal already."
            )
        )
    await act.session.refresh(row)
    await act.note(OFFICE_CHAIN, _NOTES[state], _told(row))


async def is_overtaken(session: AsyncSession, row: ContentProposal) -> bool:
    """Whether the proposal is open, but another version came in force since it was made."""
    if row.state != ProposalState.OPEN.value:
        return False
    return await content.active_hash(session, ContentKind(row.kind), row.name) != row.base_sha


def _told(row: ContentProposal) -> dict[str, str | None]:
    return {
        "proposal": row.id,
        "kind": row.kind,
        "name": row.name,
        "sha256": row.sha256,
        "before": row.base_sha,
    }


async def by_id(session: AsyncSession, proposal_id: str) -> ContentProposal:
    """The proposal with this id; NotFound."""
    found = await session.get(ContentProposal, proposal_id) if proposal_id else None
    if found is None:
        raise NotFound(words("Không có đề nghị này.", "There is no such proposal."))
    return found


async def newest(session: AsyncSession, limit: int = 100) -> Sequence[ContentProposal]:
    """Proposals, the newest first."""
    wanted = select(ContentProposal).order_by(ContentProposal.at.desc(), ContentProposal.id)
    return list(await session.scalars(wanted.limit(limit)))


async def behind(session: AsyncSession, digest: str) -> ContentProposal | None:
    """The confirmed proposal that put these bytes in force, the newest; None: at installation."""
    found: ContentProposal | None = await session.scalar(
        select(ContentProposal)
        .where(
            ContentProposal.sha256 == digest,
            ContentProposal.state == ProposalState.CONFIRMED.value,
        )
        .order_by(ContentProposal.decided_at.desc())
        .limit(1)
    )
    return found
