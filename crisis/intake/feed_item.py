"""One item of a feed, cleaned: what the press watch keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crisis.intake.moment import Moment, read_moment
from crisis.intake.plain_text import lead_of, title_of, web_link

_DATES = ("published", "created", "updated")


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedItem:
    """An item: plain title and summary, absolute link ('' when none), time in UTC (None when
    unknown).
    """

    title: str
    summary: str
    link: str
    published_utc: datetime | None
    future: bool = False


def feed_item(entry: Mapping[str, object], *, base: str, now: datetime | None) -> FeedItem:
    """An item from a parsed entry with feedparser's names of fields."""
    near = web_link(_text(entry, "feed_link"), base) or base
    link = web_link(_text(entry, "link"), near) or web_link(_text(entry, "id"))
    moment = _moment(entry, now)
    return FeedItem(
        title=title_of(_text(entry, "title")),
        summary=lead_of(_text(entry, "summary") or _content(entry)),
        link=link,
        published_utc=moment.utc,
        future=moment.future,
    )


def _moment(entry: Mapping[str, object], now: datetime | None) -> Moment:
    """The first readable date of those the entry has."""
    for name in _DATES:
        found = read_moment(_text(entry, name), now=now)
        if found.utc is not None:
            return found
    return Moment(utc=None)


def _text(entry: Mapping[str, object], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _content(entry: Mapping[str, object]) -> str:
    parts = entry.get("content")
    if isinstance(parts, list) and parts and isinstance(parts[0], Mapping):
        return _text(parts[0], "value")
    return ""
