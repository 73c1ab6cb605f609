"""Careless or hostile feed XML made well-formed and harmless, in bounded time."""

import re
from collections.abc import Iterator
from html.entities import html5

from lxml import etree

LONGEST_ITEM = 200_000  # the repairing parser is slow on long broken stretches
MOST_TAGS = 400_000  # feedparser takes 20 µs for each
MOST_TAGS_AN_ITEM = 2_000
_TYPES = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b[^>]*+>?", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{1,32};)?")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ITEM_START = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_OPENING = re.compile(r"<((?:\w+:)?\w+)[^<>]{0,4000}>")
_HOME = re.compile(r"<link>\s*([^<>\s]{1,2000})\s*</link>")


def tidy_xml(text: str, *, most: int) -> bytes | None:
    """The feed from its root element on as well-formed UTF-8 XML with at most `most` items; None
    when nothing can be saved.

    No document type survives, so no entity is expanded; `&nbsp;` becomes its character.
    """
    text = _AMPERSAND.sub(_named, _TYPES.sub("", _NOT_XML.sub("", text)))
    ends = [
        found.end() for found, _ in zip(_ITEM_END.finditer(text), range(most + 1), strict=False)
    ]
    if len(ends) <= most and _tags(text) <= MOST_TAGS and _is_well_formed(text):
        return text.encode("utf-8")
    return _mended(text, ends[:most])


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )


def _is_well_formed(text: str) -> bool:
    try:
        etree.fromstring(text.encode("utf-8"), _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def _mended(text: str, ends: list[int]) -> bytes | None:
    """The whole items one by one, each mended alone, under the feed's own opening tag."""
    opening = _OPENING.match(text)
    if opening is None or not ends:
        return None
    head = text[: min(ends[0], 20_000)]
    home = _HOME.search(head[: _first(_ITEM_START, head)])
    channel = f"<channel><link>{home[1]}</link>" if home else "<channel>"
    body = "".join(_pieces(opening, text, ends))
    if opening[1].lower().endswith("rss"):
        body = f"{channel}{body}</channel>"
    whole = f"{opening[0]}{body}</{opening[1]}>"
    return whole.encode("utf-8") if _is_well_formed(whole) else None


def _pieces(opening: re.Match[str], text: str, ends: list[int]) -> Iterator[str]:
    """Each whole item, mended; what is out of all proportion is left out."""
    left = MOST_TAGS
    for start, end in zip([0, *ends], ends, strict=False):
        piece = text[start:end]
        piece = piece[_first(_ITEM_START, piece) :]
        mended = _mend(opening, piece) if len(piece) <= LONGEST_ITEM else ""
        tags = _tags(mended)
        if tags <= min(left, MOST_TAGS_AN_ITEM):
            left -= tags
            yield mended


def _tags(text: str) -> int:
    """How many tags the text holds, CDATA sections apart."""
    first, *sections = text.split("<![CDATA[")
    return first.count("<") + sum(part.partition("]]>")[2].count("<") for part in sections)


def _first(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return found.start() if found else len(text)


def _mend(opening: re.Match[str], piece: str) -> str:
    """One item as well-formed XML; '' when nothing of it can be saved."""
    whole = f"{opening[0]}{piece}</{opening[1]}>".encode()
    try:
        root = etree.fromstring(whole, _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return ""
    if root is None or not len(root):
        return ""
    return str(etree.tostring(root[0], encoding="unicode", with_tail=False))


def _named(found: re.Match[str]) -> str:
    """`&nbsp;` as its character; an ampersand that names nothing known is written as one."""
    name = found[1] or ""
    return html5[name] if name in html5 and html5[name] not in "<&" else f"&amp;{name}"
