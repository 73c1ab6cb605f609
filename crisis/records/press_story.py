"""Stories in the records: counted anew from their items, merged and split back by people."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import BadInput, NotFound
from crisis.model.words import words
from crisis.records import press_judgement, viewing
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.press_judgement import Seen
from crisis.records.schema.base import is_id, new_id
from crisis.records.schema.press import PressItem
from crisis.records.schema.story import PressMove, PressStory

TONES = ("neu", "pos", "neg")


def begun(act: Act, title: str) -> PressStory:
    """A row for a story without items yet, to be added by the caller."""
    return PressStory(id=new_id(), title=title, first_at=act.now, last_at=act.now, topics=[])


async def count(act: Act, story_id: str) -> None:
    """Count a story anew from its items."""
    await count_all(act, (story_id,))


async def count_all(act: Act, stories: Collection[str]) -> None:
    """Count stories anew from their items: each source once, the gravest judgement leads."""
    ids = sorted(stories)
    for start in range(0, len(ids), 300):
        part = ids[start : start + 300]
        seen: dict[str, list[Seen]] = {story: [] for story in part}
        for one in await press_judgement.of_stories(act.session, part):
            seen[one.item.story_id].append(one)
        rows = await act.session.scalars(select(PressStory).where(PressStory.id.in_(part)))
        for row in rows.all():
            tally(row, seen[row.id])
    await act.session.flush()


def tally(row: PressStory, seen: Sequence[Seen]) -> None:
    """Count a story from its items, first seen first."""
    judged = [one.judgement for one in seen]
    row.items, row.sources = len(seen), len({one.source.id for one in seen})
    row.weight = sum({one.source.id: one.source.weight for one in seen}.values())
    row.gov, row.place = any(j.gov for j in judged), any(j.place for j in judged)
    row.alert = any(j.alert for j in judged)
    row.severity = max((j.severity for j in judged), default=0)
    row.score = max((j.score for j in judged), default=0.0)
    row.tone = max((j.tone for j in judged), key=TONES.index, default="neu")
    row.topics = list(dict.fromkeys(topic for j in judged for topic in j.topics))
    if seen:
        row.first_item_id, row.title = seen[0].item.id, seen[0].item.title
        row.first_at = min(one.item.seen_at for one in seen)
        row.last_at = max(one.item.seen_at for one in seen)


async def alerting(session: AsyncSession, stories: Collection[str]) -> Sequence[PressStory]:
    """Those of the stories that alert and that nobody has dealt with, in the order of their ids."""
    ids, found = sorted(stories), list[PressStory]()
    for start in range(0, len(ids), 300):
        part = PressStory.id.in_(ids[start : start + 300])
        waiting = PressStory.state == "new", PressStory.alert.is_(True)
        rows = await session.scalars(
            select(PressStory).where(part, *waiting).order_by(PressStory.id)
        )
        found += rows.all()
    return found


async def standing_of(session: AsyncSession, story_id: str) -> PressStory:
    """The story, or the one it was merged into. Raises NotFound."""
    row = await session.get(PressStory, story_id) if is_id(story_id) else None
    for _ in range(20):
        if row is None or row.merged_into is None:
            break
        row = await session.get(PressStory, row.merged_into)
    if row is None or await viewing.hides(session, row.incident_id):
        raise NotFound(words("Không có câu chuyện này.", "There is no such story."))
    return row


async def merge(act: Act, gone: PressStory, into: PressStory) -> None:
    """Put items and incident of one story into another; it can be split back. Raises BadInput."""
    codes = {gone.incident_id, into.incident_id} - {None}
    if gone.id == into.id or "merged" in {gone.state, into.state} or len(codes) > 1:
        raise BadInput(
            words("Không gộp được hai câu chuyện này.", "These stories cannot be merged."),
            field="into",
        )
    items = await _items(act, gone.id)
    await _move(act, items, into.id)
    if gone.incident_id and not into.incident_id:
        into.incident_id, into.state = gone.incident_id, gone.state
    gone.state, gone.merged_into = "merged", into.id
    gone.state_at, gone.state_by = act.now, act.actor.id
    gone.items = 0
    act.session.add(_moved(act, "merge", (gone.id, into.id), items))
    await count(act, into.id)
    await act.note(
        OFFICE_CHAIN,
        Action.PRESS_STORY_MERGED,
        {"story": gone.id, "into": into.id, "items": len(items)},
    )


async def split(act: Act, story: PressStory, items: Collection[str]) -> PressStory:
    """Take items out of a story into one of their own. Raises BadInput where none would stay."""
    mine = await _items(act, story.id)
    taken = [one for one in mine if one in set(items)]
    if not taken or len(taken) == len(mine):
        raise BadInput(
            words(
                "Xin chọn một phần số bài của câu chuyện để tách.",
                "Please choose some, not all, of the story's articles to split off.",
            ),
            field="items",
        )
    made = begun(act, "")
    act.session.add(made)
    await act.session.flush()
    await _move(act, taken, made.id)
    act.session.add(_moved(act, "split", (story.id, made.id), taken))
    await count(act, made.id)
    await count(act, story.id)
    await act.note(
        OFFICE_CHAIN,
        Action.PRESS_STORY_SPLIT,
        {"story": story.id, "into": made.id, "items": len(taken)},
    )
    return made


async def moves_of(session: AsyncSession, story_id: str) -> Sequence[PressMove]:
    """Every merge and split that touched a story, oldest first."""
    rows = await session.scalars(
        select(PressMove)
        .where((PressMove.from_id == story_id) | (PressMove.to_id == story_id))
        .order_by(PressMove.at)
    )
    return rows.all()


async def _items(act: Act, story_id: str) -> list[str]:
    rows = await act.session.scalars(select(PressItem.id).where(PressItem.story_id == story_id))
    return list(rows)


async def _move(act: Act, items: Sequence[str], there: str) -> None:
    for start in range(0, len(items), 300):
        part = items[start : start + 300]
        await act.session.execute(
            update(PressItem).where(PressItem.id.in_(part)).values(story_id=there)
        )


def _moved(act: Act, kind: str, ends: tuple[str, str], items: Sequence[str]) -> PressMove:
    by = act.actor.id
    return PressMove(
        kind=kind, from_id=ends[0], to_id=ends[1], items=list(items), at=act.now, by=by
    )
