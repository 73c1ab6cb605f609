"""Labels of the office for items of the press watch: the last word on an item counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import NotFound
from crisis.model.words import words
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.base import is_id
from crisis.records.schema.lesson import PressLabel
from crisis.records.schema.press import PressItem


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """A labelled item as it can be learned from."""

    item_id: str
    title: str
    lead: str
    said: str


async def say(act: Act, item_id: str, said: str) -> None:
    """Record what the office says of an item; the same again changes nothing. Raises NotFound."""
    if not is_id(item_id) or await act.session.get(PressItem, item_id) is None:
        raise NotFound(words("Không có bài này.", "There is no such article."))
    row = await act.session.scalar(select(PressLabel).where(PressLabel.item_id == item_id))
    if row is not None and row.said == said:
        return
    if row is None:
        row = PressLabel(item_id=item_id, said=said, at=act.now, by=act.actor.id)
        act.session.add(row)
    row.said, row.at, row.by = said, act.now, act.actor.id
    await act.note(OFFICE_CHAIN, Action.PRESS_LABELLED, {"item": item_id, "said": said})


async def take_back(act: Act, items: Collection[str], said: str, *, at: datetime) -> None:
    """Forget what one decision taught: labels of these items that said this at that instant."""
    rows = await act.session.scalars(
        select(PressLabel).where(
            PressLabel.item_id.in_(items), PressLabel.said == said, PressLabel.at == at
        )
    )
    for row in rows.all():
        await act.session.delete(row)
        told = {"item": row.item_id, "said": said, "taken_back": True}
        await act.note(OFFICE_CHAIN, Action.PRESS_LABELLED, told)
    await act.session.flush()


async def of_items(session: AsyncSession, items: Collection[str]) -> Mapping[str, str]:
    """What was said of these items, by their ids."""
    rows = await session.execute(
        select(PressLabel.item_id, PressLabel.said).where(PressLabel.item_id.in_(items))
    )
    return {row.item_id: row.said for row in rows}


async def everyone(session: AsyncSession) -> Sequence[Labelled]:
    """Every labelled item, in the order of the labels' making."""
    rows = await session.execute(
        select(PressLabel.item_id, PressItem.title, PressItem.lead, PressLabel.said)
        .join(PressItem, PressItem.id == PressLabel.item_id)
        .order_by(PressItem.number)
    )
    return [Labelled(item_id=i, title=t, lead=lead, said=said) for i, t, lead, said in rows]


async def count(session: AsyncSession) -> Mapping[str, int]:
    """How many labels there are of each kind."""
    rows = await session.execute(
        select(PressLabel.said, func.count().label("number")).group_by(PressLabel.said)
    )
    return {row.said: row.number for row in rows}


async def newest_at(session: AsyncSession) -> datetime | None:
    """When a label was last given or changed; None without any. Office time."""
    found: datetime | None = await session.scalar(select(func.max(PressLabel.at)))
    return found
