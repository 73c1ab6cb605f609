"""Stories: items that tell the same event, whoever prints them."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from crisis.watch.canonical_link import canonical_link
from crisis.watch.fingerprint import (
    NOTHING_KNOWN,
    Fingerprint,
    Known,
    Sense,
    fingerprint,
    usual_features,
)
from crisis.watch.happening import load_happenings
from crisis.watch.lexicon import load_cues
from crisis.watch.likeness import UNLIKE, Likeness, likeness
from crisis.watch.place import province_names, town_names
from crisis.watch.where import provinces_of
from crisis.watch.window import Entry, Window
from crisis.watch.wording import one_spelling

STORY_LINE = 0.5
FIRST_LINE = 0.12


class Item(BaseModel):
    """One item as it comes from a feed; `at` is its publication time, or None.

    `tone` and `topics` are what was judged of it; both may stay empty.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str | int
    title: str
    lead: str = ""
    link: str = ""
    source: str = ""
    at: datetime | None = None
    tone: str = ""
    topics: tuple[str, ...] = ()


class Grouped(BaseModel):
    """Where an item belongs: `story` is the id of the story's first item; a copy names its
    original, `nearest` the item for whose sake it joined the story.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str | int
    story: str | int
    near_duplicate_of: str | int | None = None
    exact: bool = False
    nearest: str | int | None = None


class Grouper:
    """Assigns items to stories, one after the other; a story is told by its first item, never by a
    chain.
    """

    def __init__(self, window: Window | None = None, known: Known = NOTHING_KNOWN) -> None:
        self._window = Window() if window is None else window
        self._known = known
        self._same: dict[int, _Place] = {}
        self._first: dict[str | int, Entry] = {}

    def learn(self, item: Item) -> None:
        """Count an item's words before grouping, so that the first items know what is rare."""
        self._window.learn(self._mark(item))

    def remember(self, item: Item, story: str | int, copy_of: str | int | None = None) -> None:
        """Take in an item whose story was decided before, by this process or another or a person;
        `story` is a name of its own for each story.
        """
        keys = _keys(item)
        if any(key in self._same for key in keys):
            return
        mark = self._mark(item)
        told = self._window.weights(mark, learned=False)
        entry = Entry(item.id, mark, told, item.at)
        entry.keys, entry.story = keys, story
        self._keep(entry, copy_of, learned=False)

    def group(self, item: Item, *, learned: bool = False) -> Grouped:
        """The story of an item; exact repeats of a link, or of a title in one source, join their
        original.
        """
        keys = _keys(item)
        known = next((self._same[key] for key in keys if key in self._same), None)
        if known is not None:
            return Grouped(
                id=item.id,
                story=known.story,
                near_duplicate_of=known.original,
                exact=True,
                nearest=known.id,
            )
        mark = self._mark(item)
        told = self._window.weights(mark, learned=learned)
        best, like = self._best(mark, told)
        entry = Entry(item.id, mark, told, item.at)
        entry.keys = keys
        copy_of = nearest = None
        if best is not None and like.story >= STORY_LINE:
            entry.story, nearest = best.story, best.id
            copy_of = best.id if like.copy else None
        self._keep(entry, copy_of, learned=learned)
        return Grouped(id=item.id, story=entry.story, near_duplicate_of=copy_of, nearest=nearest)

    def _keep(self, entry: Entry, copy_of: str | int | None, *, learned: bool) -> None:
        self._first.setdefault(entry.story, entry)
        place = _Place(entry.id, entry.story, entry.id if copy_of is None else copy_of)
        self._same.update(dict.fromkeys(entry.keys, place))
        for gone in self._window.add(entry, learned=learned):
            if self._first.get(gone.story) is gone:
                del self._first[gone.story]
            for key in gone.keys:
                self._same.pop(key, None)

    def _best(self, mark: Fingerprint, told: dict[int, float]) -> tuple[Entry | None, Likeness]:
        best, top = None, UNLIKE
        for entry in self._window.candidates(mark):
            like = self._like(mark, told, entry)
            if like.story > top.story and self._fits_story(mark, told, entry):
                best, top = entry, like
        return best, top

    def _fits_story(self, mark: Fingerprint, told: dict[int, float], entry: Entry) -> bool:
        """Whether the item is also like the story's first item: stories do not chain."""
        first = self._first.get(entry.story)
        if first is None or first is entry:
            return True
        return self._like(mark, told, first).story >= FIRST_LINE

    def _like(self, mark: Fingerprint, told: dict[int, float], entry: Entry) -> Likeness:
        return likeness(mark, told, entry, self._known.happenings)

    def _mark(self, item: Item) -> Fingerprint:
        return fingerprint(item.title, item.lead, Sense(item.tone, item.topics), self._known)


class _Place(NamedTuple):
    """Where a kept item belongs: its own id, its story, and what it is a copy of, itself else."""

    id: str | int
    story: str | int
    original: str | int


def _keys(item: Item) -> tuple[int, ...]:
    """What makes two items the same, hashed: the link, and the title within one source (or with
    the same lead). What has no words at all is like nothing else.
    """
    title = " ".join(one_spelling(item.title).casefold().split())
    same_title = hash((item.source or f"lead:{item.lead}", title))
    link = canonical_link(item.link) if item.link else ""
    keys = (hash(("link:", link)),) if link else ()
    return (*keys, same_title) if title or item.lead else keys


def load_grouper(folder: Path, *, hours: int = 72) -> Grouper:
    """A grouper that knows from the lists in `folder` which words tell only a topic, the kinds of
    what happens, and the provinces.
    """
    phrases = (phrase for cue in load_cues(folder) for phrase in cue.phrases)
    known = Known(
        happenings=load_happenings(folder),
        provinces=provinces_of(province_names(folder), town_names(folder)),
    )
    return Grouper(Window(hours=hours, usual=usual_features(phrases)), known)
