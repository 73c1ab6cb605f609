"""A paper's list page as items, for papers without feeds: by CSS or XPath, or by the pattern of its
article links.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import html
from lxml.cssselect import CSSSelector
from lxml.etree import XPath, XPathError
from pydantic import BaseModel, ConfigDict, model_validator

from crisis.intake.charset import decode
from crisis.intake.feed import FeedReading, FeedState
from crisis.intake.feed_item import FeedItem
from crisis.intake.moment import read_moment
from crisis.intake.plain_text import lead_of, plain, web_link

SIZE_LIMIT = 5 * 2**20
_MOST = 300


class ListRule(BaseModel):
    """Where items stand on a page; a selector that starts with `/` or `.//` is XPath, any other
    CSS.

    With `link_pattern` alone, every link that matches is an item, titled by its longest text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: str = ""
    title: str = "a"
    link: str = "a"
    summary: str = ""
    time: str = ""
    link_pattern: str = ""

    @model_validator(mode="after")
    def _usable(self) -> "ListRule":
        if not (self.item or self.link_pattern):
            msg = "a list rule needs `item` or `link_pattern`"
            raise ValueError(msg)
        _pattern(self.link_pattern)
        for selector in (self.item, self.title, self.link, self.summary, self.time):
            if selector:
                _selector(selector)
        return self


def read_page_list(
    data: bytes, rule: ListRule, *, base: str, content_type: str = "", now: datetime | None = None
) -> FeedReading:
    """The items of a list page in its order; a page without any is `no_items` (its layout may have
    changed).
    """
    text = decode(data[:SIZE_LIMIT], content_type).strip()
    if not text:
        return FeedReading(state=FeedState.EMPTY)
    try:
        page = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (ValueError, html.etree.ParserError):
        return FeedReading(state=FeedState.BROKEN)
    found = _by_rule(page, rule, base=base, now=now) if rule.item else _by_link(page, rule, base)
    items = tuple({item.link: item for item in found if item.link and item.title}.values())[:_MOST]
    if not items:
        return FeedReading(state=FeedState.NO_ITEMS)
    return FeedReading(
        state=FeedState.TOO_LARGE if len(data) > SIZE_LIMIT else FeedState.OK, items=items
    )


def _by_rule(
    page: html.HtmlElement, rule: ListRule, *, base: str, now: datetime | None
) -> Iterator[FeedItem]:
    for node in _all(page, rule.item):
        link = _first(node, rule.link)
        address = web_link(link.get("href") or "", base) if link is not None else ""
        if not re.search(rule.link_pattern, address):
            continue
        moment = read_moment(_words(node, rule.time), now=now)
        yield FeedItem(
            title=plain(_words(node, rule.title)),
            summary=lead_of(_words(node, rule.summary)),
            link=address,
            published_utc=moment.utc,
            future=moment.future,
        )


def _by_link(page: html.HtmlElement, rule: ListRule, base: str) -> Iterator[FeedItem]:
    titles: dict[str, str] = {}
    for anchor in page.iter("a"):
        address = web_link(anchor.get("href") or "", base)
        if address and re.search(rule.link_pattern, address):
            said = max(plain(anchor.text_content()), plain(anchor.get("title") or ""), key=len)
            titles[address] = max(titles.get(address, ""), said, key=len)
    for address, title in titles.items():
        yield FeedItem(title=title, summary="", link=address, published_utc=None)


def _words(node: html.HtmlElement, selector: str) -> str:
    """The words of the first match; a time element's own `datetime`, a link's `title` where it has
    no words.
    """
    found = _first(node, selector) if selector else None
    if found is None:
        return ""
    return str(found.get("datetime") or found.text_content().strip() or found.get("title") or "")


def _first(node: html.HtmlElement, selector: str) -> html.HtmlElement | None:
    if selector == "a" and node.tag == "a":
        return node
    found = _all(node, selector)
    return found[0] if found else None


def _all(node: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    found = _selector(selector)(node)
    return [one for one in found if isinstance(one, html.HtmlElement)]


def _pattern(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        msg = f"not a pattern: {pattern}"
        raise ValueError(msg) from error


def _selector(selector: str) -> XPath:
    """A compiled selector; raises `ValueError` for one that is none."""
    try:
        if selector.startswith(("/", "./", "(")):
            return XPath(selector)
        return CSSSelector(selector, translator="html")
    except (XPathError, SyntaxError) as error:
        msg = f"not a selector: {selector}"
        raise ValueError(msg) from error
