"""A source without a new article for a day is an alarm of its own, raised once."""

from collections import defaultdict

from crisis.intake.politeness import is_silent
from crisis.model.action import Action
from crisis.records import press_feed
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.press import PressFeed, PressSource


async def note_silent(act: Act) -> tuple[str, ...]:
    """Note the sources that have fallen silent since the last look; their names.

    All addresses of a source count together: an article is kept under the one that had it first.
    """
    feeds: dict[str, list[PressFeed]] = defaultdict(list)
    names: dict[str, PressSource] = {}
    for feed, source in await press_feed.health(act.session):
        if feed.next_at is not None:
            feeds[source.id].append(feed)
            names[source.id] = source
    fallen = []
    for key, mine in feeds.items():
        if all(feed.silent_since is None for feed in mine) and are_silent(mine, act):
            await press_feed.silent(act, key)
            await act.note(OFFICE_CHAIN, Action.PRESS_SOURCE_SILENT, {"source": key})
            fallen.append(names[key].name)
    return tuple(fallen)


def are_silent(feeds: list[PressFeed], act: Act) -> bool:
    """Whether the addresses of one source have had nothing new for a day of real time."""
    newest = max((feed.item_at for feed in feeds if feed.item_at), default=None)
    since = min((feed.watched_since for feed in feeds if feed.watched_since), default=act.real)
    return is_silent(newest, watched_since=since, now=act.real)
