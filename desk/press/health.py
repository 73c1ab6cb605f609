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
    """A source with its addresses, which of them need a look, and whether it is silent."""

    source: PressSource
    feeds: tuple[PressFeed, ...]
    ill: frozenset[str]
    silent: bool

    @property
    def trouble(self) -> bool:
        """Whether somebody has to look at it."""
        return bool(self.ill) or self.silent

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
    made = [
        Shown(
            source=sources[key],
            feeds=tuple(mine),
            ill=frozenset(f.id for f in mine if _is_used(f) and f.state not in GOOD),
            silent=_are_silent(mine, now),
        )
        for key, mine in feeds.items()
    ]
    return sorted(made, key=lambda one: (not one.trouble, not one.read))


def _is_used(feed: PressFeed) -> bool:
    return feed.next_at is not None or (feed.url.startswith("file:") and feed.state != "new")


def _are_silent(feeds: Sequence[PressFeed], now: datetime) -> bool:
    """Whether a source that is read has had nothing new for a day, its addresses together."""
    read = [feed for feed in feeds if feed.next_at is not None]
    newest = max((feed.item_at for feed in read if feed.item_at), default=None)
    since = min((feed.watched_since for feed in read if feed.watched_since), default=now)
    return bool(read) and is_silent(newest, watched_since=since, now=now)
