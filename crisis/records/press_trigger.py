"""What a rule raised: once per key, decided by a named person, told by mail once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.ledger import ActorKind
from crisis.model.press_watch import Rule, Sensitivity
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.conditional import won
from crisis.records.schema.base import new_id
from crisis.records.schema.story import PressStory, PressTrigger
from crisis.records.upsert import put_new

WAITING, MUTED, OPENED, DISMISSED = "waiting", "muted", "opened", "dismissed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Raised:
    """What is raised; a `mute` keeps it silent but on the record."""

    key: str
    rule: Rule
    severity: int
    sources: int
    items: int
    sensitivity: Sensitivity
    story_id: str | None = None
    topic: str = ""
    mute: str | None = None


async def put(act: Act, raised: Raised) -> PressTrigger | None:
    """Raise it, or None where it was raised before; what was muted is raised once the mute ends."""
    state = MUTED if raised.mute else WAITING
    row = {
        "id": new_id(),
        "key": raised.key,
        "rule": raised.rule.value,
        "story_id": raised.story_id,
        "severity": raised.severity,
        "sources": raised.sources,
        "items": raised.items,
        "topic": raised.topic,
        "sensitivity": raised.sensitivity.value,
        "at": act.now,
        "state": state,
        "mute_id": raised.mute,
    }
    fresh = await put_new(act.session, PressTrigger, row)
    if not fresh and (raised.mute or not await _unmuted(act, raised)):
        return None
    found = await by_key(act.session, raised.key)
    told = {"trigger": found.id, "rule": found.rule, "story": found.story_id, "state": state}
    facts = {"severity": found.severity, "sources": found.sources, "items": found.items}
    await act.note(OFFICE_CHAIN, Action.PRESS_ALERTED, told | facts)
    return found


async def _unmuted(act: Act, raised: Raised) -> bool:
    return await won(
        act.session,
        update(PressTrigger)
        .where(PressTrigger.key == raised.key, PressTrigger.state == MUTED)
        .values(
            state=WAITING,
            mute_id=None,
            at=act.now,
            severity=raised.severity,
            sources=raised.sources,
            items=raised.items,
        ),
    )


async def by_key(session: AsyncSession, key: str) -> PressTrigger:
    """The row of a key that was raised."""
    query = select(PressTrigger).where(PressTrigger.key == key)
    return (await session.scalars(query.execution_options(populate_existing=True))).one()


async def decide(act: Act, story_id: str, state: str, incident_id: str | None = None) -> None:
    """A person has decided about a story: its alerts wait no longer."""
    await act.session.execute(
        update(PressTrigger)
        .where(PressTrigger.story_id == story_id, PressTrigger.state.in_((WAITING, MUTED)))
        .values(state=state, incident_id=incident_id, decided_at=act.now, decided_by=_person(act))
    )


async def wait_again(act: Act, story_id: str) -> None:
    """A dismissal was taken back: the story's alerts wait once more."""
    await act.session.execute(
        update(PressTrigger)
        .where(PressTrigger.story_id == story_id, PressTrigger.state == DISMISSED)
        .values(state=WAITING, decided_at=None, decided_by=None)
    )


def _person(act: Act) -> str | None:
    return act.actor.id if act.actor.kind == ActorKind.USER.value else None


async def waiting(session: AsyncSession) -> int:
    """How many stories wait for a person's decision."""
    count = select(func.count()).select_from(PressTrigger)
    rows = count.where(PressTrigger.state == WAITING, PressTrigger.story_id.is_not(None))
    return await session.scalar(rows) or 0


async def untold(session: AsyncSession) -> Sequence[tuple[PressTrigger, PressStory | None]]:
    """Alerts that no mail has told yet, the gravest first."""
    rows = await session.execute(
        select(PressTrigger, PressStory)
        .outerjoin(PressStory, PressStory.id == PressTrigger.story_id)
        .where(PressTrigger.told_at.is_(None), PressTrigger.state.in_((WAITING, OPENED)))
        .order_by(PressTrigger.severity.desc(), PressTrigger.at)
    )
    return [(trigger, story) for trigger, story in rows]


async def told(act: Act, triggers: Sequence[PressTrigger]) -> None:
    """A mail tells these alerts."""
    for row in triggers:
        row.told_at = act.now
    await act.session.flush()


async def of_stories(session: AsyncSession, stories: Sequence[str]) -> dict[str, PressTrigger]:
    """The newest alert of each of these stories, by story."""
    rows = await session.scalars(
        select(PressTrigger).where(PressTrigger.story_id.in_(stories)).order_by(PressTrigger.at)
    )
    return {str(row.story_id): row for row in rows}


async def volumes(session: AsyncSession, since: datetime) -> Sequence[PressTrigger]:
    """Alerts of the volume rule since `since`, newest first."""
    rows = await session.scalars(
        select(PressTrigger)
        .where(PressTrigger.rule == Rule.VOLUME.value, PressTrigger.at >= since)
        .order_by(PressTrigger.at.desc())
    )
    return rows.all()
