"""Items of the press watch: known again by link and title, added once, edits kept as versions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.act import Act
from crisis.records.schema.base import new_id
from crisis.records.schema.press import PressEdit, PressItem, PressJudgement

SAME_TITLE = timedelta(days=7)
"""A source that prints a title again within this time prints the same article again."""

CHUNK = 300
"""Keys asked for at once: SQLite takes no more than 999 values in one question."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewItem:
    """An item as a reading gives it; its keys are hashes of its canonical link and its words."""

    source_id: str
    feed_id: str
    link: str
    link_key: str
    title_key: str
    title: str
    lead: str
    published_at: datetime | None
    future: bool = False

    @property
    def sha256(self) -> str:
        """The hash of what is read."""
        return sha256(f"{self.title}\n{self.lead}".encode()).hexdigest()


async def known(
    act: Act, source_id: str, items: Collection[NewItem]
) -> tuple[dict[str, PressItem], set[str]]:
    """Of these items of one source: those recorded by link, and the titles it printed lately."""
    by_link: dict[str, PressItem] = {}
    titles: set[str] = set()
    wanted = list(items)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        links = PressItem.link_key.in_([one.link_key for one in part])
        lately = PressItem.seen_at > act.now - SAME_TITLE
        same: ColumnElement[bool] = PressItem.title_key.in_([one.title_key for one in part])
        rows = await act.session.scalars(
            select(PressItem).where(PressItem.source_id == source_id, or_(links, same & lately))
        )
        for row in rows:
            by_link[row.link_key] = row
            titles.add(row.title_key)
    return by_link, titles


async def next_number(session: AsyncSession) -> int:
    """The number that the next item gets: items are numbered in the order in which they came."""
    return (await session.scalar(select(func.max(PressItem.number))) or 0) + 1


def made(act: Act, new: NewItem, *, number: int) -> PressItem:
    """A row for a new item, to be added once its story is known."""
    return PressItem(
        id=new_id(),
        number=number,
        source_id=new.source_id,
        feed_id=new.feed_id,
        link=new.link,
        link_key=new.link_key,
        title_key=new.title_key,
        title=new.title,
        lead=new.lead,
        sha256=new.sha256,
        published_at=new.published_at,
        future=new.future,
        seen_at=act.now,
        listed_at=act.now,
    )


def listed_again(act: Act, row: PressItem, new: NewItem) -> bool:
    """The item stands in its feed again; whether its headline or lead was edited meanwhile.

    Only the address by which we know it counts: another feed of the paper may cut the lead.
    """
    row.listed_at = act.now
    if row.feed_id != new.feed_id or row.sha256 == new.sha256:
        return False
    for field, old, told in (("title", row.title, new.title), ("lead", row.lead, new.lead)):
        if old != told:
            edit(act, row, field=field, old=old, new=told)
    row.title, row.lead, row.sha256 = new.title, new.lead, new.sha256
    row.title_key = new.title_key
    return True


def edit(act: Act, row: PressItem, *, field: str, old: str, new: str) -> None:
    """Keep what an outlet changed."""
    act.session.add(PressEdit(item_id=row.id, field=field, old=old, new=new, at=act.now))


async def edits_of(session: AsyncSession, items: Collection[str]) -> Sequence[PressEdit]:
    """Every edit of these items, oldest first."""
    rows = await session.scalars(
        select(PressEdit).where(PressEdit.item_id.in_(items)).order_by(PressEdit.at, PressEdit.id)
    )
    return rows.all()


async def after_number(
    session: AsyncSession, number: int, *, since: datetime, limit: int
) -> Sequence[tuple[PressItem, PressJudgement]]:
    """Items numbered above `number` and first seen since `since`, in their order, as judged."""
    rows = await session.execute(
        select(PressItem, PressJudgement)
        .join(PressJudgement, PressJudgement.item_id == PressItem.id)
        .where(PressJudgement.current, PressItem.number > number, PressItem.seen_at > since)
        .order_by(PressItem.number)
        .limit(limit)
    )
    return [(item, judgement) for item, judgement in rows]
