"""Taking in what a reading lists: new items judged and put into stories, known ones looked over."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from crisis.intake.feed_item import FeedItem
from crisis.office.press.reader import WINDOW, Reader, told
from crisis.records import press_item, press_judgement, press_source, press_story
from crisis.records.act import Act
from crisis.records.press_item import NewItem
from crisis.records.press_judgement import Seen
from crisis.records.schema.press import PressFeed, PressItem, PressJudgement, PressSource
from crisis.records.schema.story import PressStory
from crisis.watch.canonical_link import canonical_link
from crisis.watch.line import LONGEST_LEAD, LONGEST_TITLE
from crisis.watch.wording import one_spelling

LONGEST_LINK = 2_000


@dataclass(kw_only=True, slots=True)
class Taken:
    """What became of a reading: how many items were new or edited, which stories they touched.

    `live` are the stories with something printed lately: only these can raise an alert.
    """

    fresh: int = 0
    edited: int = 0
    sharing: int = 0
    first: bool = False
    stories: set[str] = field(default_factory=set)
    live: set[str] = field(default_factory=set)

    def add(self, other: "Taken") -> None:
        """Count another reading in."""
        self.fresh += other.fresh
        self.edited += other.edited
        self.sharing += other.sharing
        self.stories |= other.stories
        self.live |= other.live


@dataclass(kw_only=True, slots=True)
class Fresh:
    """What a reading brings that is new: written together at its end, each after what it needs."""

    stories: list[PressStory] = field(default_factory=list)
    items: dict[str, PressItem] = field(default_factory=dict)
    judgements: list[PressJudgement] = field(default_factory=list)

    async def write(self, act: Act, source: PressSource) -> None:
        """Write stories, counted, then their items of this source, then what was judged."""
        begun = {story.id: story for story in self.stories}
        seen: dict[str, list[Seen]] = {}
        for item, judged in zip(self.items.values(), self.judgements, strict=True):
            story = begun.get(item.story_id)
            if story is not None:
                one = Seen(item=item, judgement=judged, source=source, story=story)
                seen.setdefault(story.id, []).append(one)
        for key, mine in seen.items():
            press_story.tally(begun[key], mine)
        for rows in (self.stories, list(self.items.values()), self.judgements):
            act.session.add_all(rows)
            await act.session.flush()


async def take(act: Act, reader: Reader, feed: PressFeed, listed: Sequence[FeedItem]) -> Taken:
    """Record the items of one reading, in the transaction of `act`."""
    taken, fresh = Taken(first=feed.polled_at is None), Fresh()
    items = _named(feed, listed, taken)
    known, titles = await press_item.known(act, feed.source_id, items)
    number = await press_item.next_number(act.session)
    for new in items:
        row = known.get(new.link_key)
        if row is not None:
            await _again(act, reader, row, new, taken)
        elif new.title_key not in titles:
            row = press_item.made(act, new, number=number)
            await _first(act, reader, row, fresh)
            _note_first(row, taken)
            titles.add(new.title_key)
            number += 1
    await fresh.write(act, await press_source.by_id(act.session, feed.source_id))
    await press_story.count_all(act, taken.stories - {story.id for story in fresh.stories})
    return taken


async def _first(act: Act, reader: Reader, row: PressItem, fresh: Fresh) -> None:
    """Put a new item into its story and judge it."""
    judged = reader.judged(row.title, row.lead)
    found = reader.grouper.group(told(row, judged.tone, judged.topics))
    near = str(found.nearest) if found.nearest else ""
    nearest = fresh.items.get(near) or (await act.session.get(PressItem, near) if near else None)
    if nearest is None:
        begun = press_story.begun(act, row.title)
        fresh.stories.append(begun)
        row.story_id = begun.id
    else:
        copied = found.near_duplicate_of
        row.story_id, row.copy_of = nearest.story_id, str(copied) if copied else None
    fresh.items[row.id] = row
    reader.upto = row.number
    fresh.judgements.append(press_judgement.made(act, row.id, judged))


def _note_first(row: PressItem, taken: Taken) -> None:
    taken.fresh += 1
    taken.stories.add(row.story_id)
    if is_live(row, first=taken.first):
        taken.live.add(row.story_id)


def is_live(row: PressItem, *, first: bool) -> bool:
    """Whether an item was printed within the window; of an unknown time, unless at first reading.

    What a source lists when it is read for the first time has stood there for long.
    """
    if row.published_at is None:
        return not first
    return not row.future and row.seen_at - row.published_at <= WINDOW


async def _again(act: Act, reader: Reader, row: PressItem, new: NewItem, taken: Taken) -> None:
    if not press_item.listed_again(act, row, new):
        return
    await press_judgement.put(act, row.id, reader.judged(row.title, row.lead))
    taken.edited += 1
    taken.stories.add(row.story_id)


def _named(feed: PressFeed, listed: Sequence[FeedItem], taken: Taken) -> list[NewItem]:
    """The items with their keys; those that share one address are told apart by their titles."""
    links = Counter(canonical_link(item.link) for item in listed if item.link)
    made: dict[str, NewItem] = {}
    for item in listed:
        link, title = canonical_link(item.link) if item.link else "", _title_of(item)
        alone = bool(link) and links[link] == 1
        taken.sharing += bool(link) and not alone
        key = link if alone else f"{link}#{title}"
        new = NewItem(
            source_id=feed.source_id,
            feed_id=feed.id,
            link=item.link[:LONGEST_LINK],
            link_key=_hash(key),
            title_key=_hash(f"{title}\n{item.summary}"),
            title=item.title[:LONGEST_TITLE],
            lead=item.summary[:LONGEST_LEAD],
            published_at=item.published_utc,
            future=item.future,
        )
        made.setdefault(new.link_key, new)
    return list(made.values())


def _title_of(item: FeedItem) -> str:
    """The title for comparing; an item without one is known by its lead or address."""
    said = item.title or item.summary or item.link
    return " ".join(one_spelling(said).casefold().split())


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
