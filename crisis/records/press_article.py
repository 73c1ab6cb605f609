"""Watched articles: those of running incidents, read again; their texts kept for a few days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.incident import ENDED
from crisis.records import press_item
from crisis.records.act import Act
from crisis.records.schema.incident import Incident
from crisis.records.schema.press import PressEdit, PressItem, PressSource
from crisis.records.schema.story import PressStory

CLAIM = timedelta(minutes=10)
"""A round that does not live to read an article leaves it for the next one after this."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """An article as it was read: its text with its hash and a short quotation."""

    text: str
    sha256: str
    quotation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What became of an article: `standing` and the passages that differ."""

    standing: str
    old: str = ""
    new: str = ""


async def claim_due(act: Act, limit: int) -> Sequence[tuple[PressItem, PressSource, Incident]]:
    """Claim the articles of running incidents that are due to be read again."""
    ended = [stage.value for stage in ENDED]
    rows = await act.session.execute(
        select(PressItem, PressSource, Incident)
        .join(PressSource, PressSource.id == PressItem.source_id)
        .join(PressStory, PressStory.id == PressItem.story_id)
        .join(Incident, Incident.id == PressStory.incident_id)
        .where(
            Incident.stage.not_in(ended),
            PressItem.link != "",
            or_(PressItem.read_next_at.is_(None), PressItem.read_next_at <= act.now),
        )
        .order_by(PressItem.read_next_at, PressItem.number)
        .limit(limit)
    )
    due = [(item, source, incident) for item, source, incident in rows]
    for item, _, _ in due:
        item.read_next_at = act.now + CLAIM
    await act.session.flush()
    return due


async def read(act: Act, item_id: str, text: Text | None, *, keep: timedelta) -> PressItem:
    """Record that an article was read; its newest text is kept for `keep`."""
    row = await act.session.get_one(PressItem, item_id, populate_existing=True)
    row.read_at = act.now
    if text is not None:
        row.text, row.text_sha, row.quotation = text.text, text.sha256, text.quotation
        row.text_until = act.now + keep
    return row


async def differs(act: Act, row: PressItem, code: str, found: Found) -> None:
    """An article of the incident `code` was corrected, changed, taken down or is back."""
    press_item.edit(
        act,
        row,
        field="text" if found.old or found.new else "page",
        old=found.old,
        new=found.new or found.standing,
    )
    row.standing, row.standing_since = found.standing, act.now
    await act.session.flush()
    told = {"item": row.id, "standing": found.standing}
    await act.note(code, Action.PRESS_ARTICLE_CHANGED, told)


async def rest(act: Act) -> None:
    """Forget the texts whose days are over; articles of ended incidents are read no more."""
    ended = (
        select(PressStory.id)
        .join(Incident, Incident.id == PressStory.incident_id)
        .where(Incident.stage.in_([stage.value for stage in ENDED]))
    )
    await act.session.execute(
        update(PressItem)
        .where(PressItem.read_next_at.is_not(None), PressItem.story_id.in_(ended))
        .values(read_next_at=None)
    )
    await act.session.execute(
        update(PressItem).where(PressItem.text_until <= act.now).values(text=None, text_until=None)
    )


async def of_incident(
    session: AsyncSession, incident_id: str
) -> Sequence[tuple[PressItem, PressSource, list[PressEdit]]]:
    """The watched articles of an incident with what was changed in each, oldest first."""
    rows = await session.execute(
        select(PressItem, PressSource)
        .join(PressSource, PressSource.id == PressItem.source_id)
        .join(PressStory, PressStory.id == PressItem.story_id)
        .where(PressStory.incident_id == incident_id)
        .order_by(PressItem.seen_at, PressItem.number)
    )
    items = [(item, source) for item, source in rows]
    edits = await press_item.edits_of(session, [item.id for item, _ in items])
    return [(item, source, [e for e in edits if e.item_id == item.id]) for item, source in items]
