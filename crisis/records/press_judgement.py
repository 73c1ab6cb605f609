"""Judgements of items: one per version of the judge, the current one counts; read by period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.act import Act
from crisis.records.schema.press import PressItem, PressJudgement, PressSource
from crisis.records.schema.story import PressStory


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What the judge `version` says of an item; ids are those of the directory."""

    version: str
    gov: bool
    place: bool
    alert: bool
    severity: int
    tone: str
    score: float
    agencies: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    why: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """An item of a period with what counts about it now; `at` is its printed or first seen time."""

    item: PressItem
    judgement: PressJudgement
    source: PressSource
    story: PressStory

    @property
    def at(self) -> datetime:
        """When it was printed, or first seen where that is unknown or not to be believed."""
        printed = self.item.published_at
        return self.item.seen_at if printed is None or self.item.future else printed


def made(act: Act, item_id: str, judged: Judged) -> PressJudgement:
    """A row for the first judgement of an item, to be added by the caller."""
    row = PressJudgement(item_id=item_id, version=judged.version)
    _fill(act, row, judged)
    return row


async def put(act: Act, item_id: str, judged: Judged) -> None:
    """Record a judgement and make it the current one."""
    mine = PressJudgement.item_id == item_id
    await act.session.execute(update(PressJudgement).where(mine).values(current=False))
    row = await act.session.scalar(
        select(PressJudgement).where(mine, PressJudgement.version == judged.version)
    )
    if row is None:
        act.session.add(made(act, item_id, judged))
    else:
        _fill(act, row, judged)


def _fill(act: Act, row: PressJudgement, judged: Judged) -> None:
    row.current, row.at = True, act.now
    row.gov, row.place, row.alert = judged.gov, judged.place, judged.alert
    row.severity, row.tone, row.score = judged.severity, judged.tone, judged.score
    row.agencies, row.topics = list(judged.agencies), list(judged.topics)
    row.places, row.provinces = list(judged.places), list(judged.provinces)
    row.why = [dict(reason) for reason in judged.why]


def _shown(session: AsyncSession) -> ColumnElement[datetime]:
    """The printed time; first seen where that is unknown or later."""
    at = func.coalesce(PressItem.published_at, PressItem.seen_at)
    near = func.min if session.get_bind().dialect.name == "sqlite" else func.least
    return near(at, PressItem.seen_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Blame:
    """What the counting of negative items needs of one: thousands of them are counted at once."""

    at: datetime
    source_id: str
    severity: int
    topics: tuple[str, ...]


async def blaming(session: AsyncSession, start: datetime, end: datetime) -> Sequence[Blame]:
    """The negative items of [start, end) about a body or the place, oldest first."""
    shown = _shown(session)
    judged = PressJudgement
    about = judged.tone == "neg", judged.gov | judged.place
    rows = await session.execute(
        select(PressItem.published_at, PressItem.seen_at, PressItem.future)
        .add_columns(PressItem.source_id, judged.severity, judged.topics)
        .join(judged, judged.item_id == PressItem.id)
        .where(judged.current, *about, shown >= start, shown < end)
        .order_by(shown, PressItem.number)
    )
    return [
        Blame(
            at=seen_at if printed is None or future else printed,
            source_id=source_id,
            severity=severity,
            topics=tuple(topics),
        )
        for printed, seen_at, future, source_id, severity, topics in rows
    ]


async def of_period(session: AsyncSession, start: datetime, end: datetime) -> Sequence[Seen]:
    """The items of [start, end) by printed time (first seen where unknown), oldest first."""
    shown = _shown(session)
    rows = await session.execute(
        select(PressItem, PressJudgement, PressSource, PressStory)
        .join(PressJudgement, PressJudgement.item_id == PressItem.id)
        .join(PressSource, PressSource.id == PressItem.source_id)
        .join(PressStory, PressStory.id == PressItem.story_id)
        .where(PressJudgement.current, shown >= start, shown < end)
        .order_by(shown, PressItem.number)
    )
    return [Seen(item=i, judgement=j, source=s, story=story) for i, j, s, story in rows]


async def of_story(session: AsyncSession, story_id: str) -> Sequence[Seen]:
    """The items of a story with their current judgements, first seen first."""
    return await of_stories(session, (story_id,))


async def of_stories(session: AsyncSession, stories: Sequence[str]) -> Sequence[Seen]:
    """The items of these stories with their current judgements, first seen first."""
    rows = await session.execute(
        select(PressItem, PressJudgement, PressSource, PressStory)
        .join(PressJudgement, PressJudgement.item_id == PressItem.id)
        .join(PressSource, PressSource.id == PressItem.source_id)
        .join(PressStory, PressStory.id == PressItem.story_id)
        .where(PressJudgement.current, PressItem.story_id.in_(stories))
        .order_by(PressItem.seen_at, PressItem.number)
    )
    return [Seen(item=i, judgement=j, source=s, story=story) for i, j, s, story in rows]
