"""Which sources need a look: those whose addresses fail, or have been silent for a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crisis.intake.politeness import is_silent
from crisis.records.schema.press import PressFeed, PressSource

GOOD = frozenset({"ok", "not_modified", "new"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A source with its addresses, which of them need a look, and which are silent."""

    source: PressSource
    feeds: tuple[PressFeed, ...]
    ill: frozenset[str]
    silent: frozenset[str]

    @property
    def read(self) -> bool:
        """Whether any of its addresses is read."""
        return any(feed.next_at is not None for feed in self.feeds)


def grouped(rows: Sequence[tuple[PressFeed, PressSource]], now: datetime) -> list[Shown]:
    """The sources with their addresses, those that need a look in front."""
    feeds: dict[str, list[PressFeed]] = defaultdict(list)
    sources = {source.id: source for _, source in rows}
    for feed, source in rows:
        feeds[source.id].append(feed)
    made = []
    for key, mine in feeds.items():
        silent = {feed.id for feed in mine if _is_silent(feed, now)}
        ill = {feed.id for feed in mine if _is_used(feed) and feed.state not in GOOD}
        made.append(
            Shown(
                source=sources[key],
                feeds=tuple(mine),
                ill=frozenset(ill | silent),
                silent=frozenset(silent),
            )
        )
    return sorted(made, key=lambda one: (not one.ill, not one.read))


def _is_used(feed: PressFeed) -> bool:
    return feed.next_at is not None or (feed.url.startswith("file:") and feed.state != "new")


def _is_silent(feed: PressFeed, now: datetime) -> bool:
    since = feed.watched_since
    return feed.next_at is not None and is_silent(feed.item_at, watched_since=since or now, now=now)
