"""Careless or hostile feed XML made well-formed and harmless, in bounded time."""

import re
from html.entities import html5

from lxml import etree

LONGEST_ITEM = 200_000  # the repairing parser is slow on long broken stretches
_TYPES = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b[^>]*+>?", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{1,32};)?")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ITEM_START = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_OPENING = re.compile(r"<((?:\w+:)?\w+)[^<>]{0,4000}>")
_HOME = re.compile(r"<link>\s*([^<>\s]{1,2000})\s*</link>")


def tidy_xml(text: str, *, most: int) -> bytes | None:
    """The feed from its root element on as well-formed UTF-8 XML with at most `most` items; None when nothing can be saved.

    No document type survives, so no entity is expanded; names such as `&nbsp;` become their characters.
    """
    text = _AMPERSAND.sub(_named, _TYPES.sub("", _NOT_XML.sub("", text)))
    ends = [found.end() for found, _ in zip(_ITEM_END.finditer(text), range(most + 1), strict=False)]
    if len(ends) <= most and _is_well_formed(text):
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
    pieces = []
    start = 0
    for end in ends:
        piece = text[start:end]
        start = end
        piece = piece[_first(_ITEM_START, piece) :]
        if 0 < len(piece) <= LONGEST_ITEM:
            pieces.append(_mend(opening, piece))
    channel = f"<channel><link>{home[1]}</link>" if home else "<channel>"
    body = "".join(pieces)
    if opening[1].lower().endswith("rss"):
        body = f"{channel}{body}</channel>"
    whole = f"{opening[0]}{body}</{opening[1]}>"
    return whole.encode("utf-8") if _is_well_formed(whole) else None


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
