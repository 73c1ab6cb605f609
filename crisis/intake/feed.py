"""A feed's bytes as items: RSS, Atom, RDF and JSON Feed; anything else is a state, never an
exception.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

import feedparser

from crisis.intake import json_feed
from crisis.intake.charset import decode
from crisis.intake.feed_item import FeedItem, feed_item
from crisis.intake.inflate import unzipped
from crisis.intake.tidy_xml import tidy_xml

SIZE_LIMIT = 10 * 2**20
ITEM_LIMIT = 20_000
_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|rdf)\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*?-->\s*)*$", re.IGNORECASE | re.DOTALL
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|body|head)\b", re.IGNORECASE)
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_HEAD = 20_000


class FeedState(StrEnum):
    """What became of the bytes."""

    OK = "ok"
    EMPTY = "empty"  # no bytes, or only white space
    NO_ITEMS = "no_items"  # a feed, but nothing in it
    NOT_A_FEED = "not_a_feed"  # a web page or anything else
    TRUNCATED = "truncated"  # cut off: the whole items before the cut are kept
    TOO_LARGE = "too_large"  # over the limit: the items before it are kept
    BROKEN = "broken"  # looks like a feed, cannot be read


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedReading:
    """The items of a feed in its own order, and the state it was in."""

    state: FeedState
    items: tuple[FeedItem, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether all of a feed was read."""
        return self.state is FeedState.OK


def read_feed(
    data: bytes, *, content_type: str = "", base: str = "", now: datetime | None = None
) -> FeedReading:
    """Read a feed, also a `.gz` file; `base` is its address (for relative links), `now` flags dates
    of the future.
    """
    data = unzipped(data, limit=SIZE_LIMIT)
    text = decode(data[:SIZE_LIMIT], content_type).strip()
    if not text:
        return FeedReading(state=FeedState.EMPTY)
    if json_feed.looks_like(text):
        listed = json_feed.entries(text)
        whole = _wholeness(too_large=len(listed or ()) > ITEM_LIMIT, closed=True)
        return _reading(listed and listed[:ITEM_LIMIT], base=base, now=now, whole=whole)
    head = text[:_HEAD]
    root = _ROOT.search(head)
    page = _HTML.search(head)
    if root is None or (page is not None and page.start() < root.start()):
        return FeedReading(state=FeedState.NOT_A_FEED)
    many = sum(1 for _ in islice(_ENTRY_END.finditer(text), ITEM_LIMIT + 1)) > ITEM_LIMIT
    closed = _CLOSED.search(text[-2000:]) is not None
    whole = _wholeness(closed=closed, too_large=many or len(data) > SIZE_LIMIT)
    return _reading(_entries(text[root.start() :]), base=base, now=now, whole=whole)


def _wholeness(*, closed: bool, too_large: bool) -> FeedState:
    if too_large:
        return FeedState.TOO_LARGE
    return FeedState.OK if closed else FeedState.TRUNCATED


def _entries(text: str) -> list[dict[str, object]] | None:
    """feedparser's entries, of the whole items only; None when it cannot read them."""
    tidy = tidy_xml(text, most=ITEM_LIMIT)
    if tidy is None:
        return None
    try:
        parsed = feedparser.parse(
            tidy,
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:  # noqa: BLE001, RUF100 - feedparser raises many kinds on hostile input; all mean: cannot be read
        return None
    # Plain dicts, because feedparser's own answer a missing date with another one.
    return [dict(entry, feed_link=parsed.feed.get("link", "")) for entry in parsed.entries]


def _reading(
    entries: Iterable[dict[str, object]] | None,
    *,
    base: str,
    now: datetime | None,
    whole: FeedState,
) -> FeedReading:
    if entries is None:
        return FeedReading(state=FeedState.BROKEN if whole is FeedState.OK else whole)
    found = [feed_item(entry, base=base, now=now) for entry in entries]
    items = tuple(dict.fromkeys(one for one in found if one.title or one.link or one.summary))
    if not items and whole is FeedState.OK:
        return FeedReading(state=FeedState.NO_ITEMS)
    return FeedReading(state=whole, items=items)
