"""A story as the desk shows it: who carries it, how it spread, what was edited, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.office.office import Office
from crisis.records import press_article, press_item, press_judgement, press_match, press_trigger
from crisis.records.act import Act
from crisis.records.press_judgement import Seen
from crisis.records.schema.incident import Incident
from crisis.records.schema.press import PressEdit, PressItem
from crisis.records.schema.story import PressMatch, PressStory, PressTrigger
from desk.door.word_diff import Span, difference

HOURS, WIDTH, HEIGHT = 72, 216, 36
BARS = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One bar of the spread: its place and size in the picture, how many articles it stands for."""

    x: int
    y: int
    height: int
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """What an outlet changed in one article."""

    outlet: str
    edit: PressEdit
    spans: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A story with everything beside it."""

    story: PressStory
    seen: tuple[Seen, ...]
    gravest: Seen
    bars: tuple[Bar, ...]
    edits: tuple[Edit, ...]
    matches: tuple[tuple[PressMatch, Incident], ...]
    trigger: PressTrigger | None
    incident: Incident | None

    @property
    def outlets(self) -> tuple[tuple[str, str], ...]:
        """Each source once, with the link of its first article."""
        first: dict[str, str] = {}
        for one in self.seen:
            first.setdefault(one.source.name, one.item.link)
        return tuple(first.items())

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """Id and name of each source."""
        return tuple({one.source.id: one.source.name for one in self.seen}.items())


async def cards_of(office: Office, act: Act, stories: Sequence[PressStory]) -> list[Card]:
    """The cards of these stories, in their order; a story without articles has none."""
    ids = [story.id for story in stories]
    raised = await press_trigger.of_stories(act.session, ids)
    matches = await press_match.of_stories(act.session, ids)
    cards = []
    for story in stories:
        seen = tuple(await press_judgement.of_story(act.session, story.id))
        if not seen:
            continue
        case = await act.session.get(Incident, story.incident_id) if story.incident_id else None
        cards.append(
            Card(
                story=story,
                seen=seen,
                gravest=max(seen, key=lambda s: (s.judgement.severity, s.judgement.score)),
                bars=spread([one.item.seen_at for one in seen], story.first_at),
                edits=await _edits(act, seen),
                matches=tuple(one for one in matches if one[0].story_id == story.id),
                trigger=raised.get(story.id),
                incident=case,
            )
        )
    return cards


async def _edits(act: Act, seen: Sequence[Seen]) -> tuple[Edit, ...]:
    names = {one.item.id: one.source.name for one in seen}
    rows = await press_item.edits_of(act.session, list(names))
    return tuple(
        Edit(outlet=names[row.item_id], edit=row, spans=difference(row.old, row.new))
        for row in rows
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """A watched article of an incident with what its paper changed."""

    item: PressItem
    outlet: str
    edits: tuple[Edit, ...]


async def articles_of(session: AsyncSession, incident_id: str) -> tuple[Article, ...]:
    """The watched articles of an incident, oldest first."""
    rows = await press_article.of_incident(session, incident_id)
    return tuple(
        Article(
            item=item,
            outlet=source.name,
            edits=tuple(
                Edit(outlet=source.name, edit=edit, spans=difference(edit.old, edit.new))
                for edit in edits
            ),
        )
        for item, source, edits in rows
    )


def spread(times: Sequence[datetime], first: datetime) -> tuple[Bar, ...]:
    """How many articles came in each three hours of a story's first three days."""
    counts = [0] * BARS
    step = timedelta(hours=HOURS / BARS)
    for at in times:
        counts[min(BARS - 1, max(0, int((at - first) / step)))] += 1
    top, wide = max(counts, default=1) or 1, WIDTH // BARS
    return tuple(
        Bar(x=n * wide, y=HEIGHT - height, height=height, count=count)
        for n, count in enumerate(counts)
        if (height := max(3, round(HEIGHT * count / top)) if count else 0)
    )
