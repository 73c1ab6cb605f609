"""Words without markup: what a reader would have seen."""

import re
import unicodedata
from html import unescape
from urllib.parse import urljoin, urlsplit

from crisis.model.outlet_opening import without_bracket, without_opening

LONGEST = 20_000
_TAG = re.compile(r"""<[/!?]?[a-zA-Z](?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}')*+>""")
_LOOSE_TAG = re.compile(r"<[/!?]?[a-zA-Z][^<>]*+>")
_OPEN_TAG = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?|!--[^>]*)$")
_HIDDEN = re.compile(
    r"<(script|style|iframe|noscript|svg)\b[^<>]*+>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>", re.DOTALL)
_BLOCK = re.compile(r"<(?:br|/?p|/?div|/?li|/?tr|/?h\d)\b[^<>]*+>", re.IGNORECASE)
_SCRIPT_LINK = re.compile(r"\b(?:javascript|vbscript|data:text/html)\s*:\S*", re.IGNORECASE)
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    r"\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """The text in NFC on one line: entities undone (also double-escaped), no markup, scripts, or
    unseen characters.
    """
    text = text[:LONGEST]
    for _ in range(6):
        before = text
        text = _strip(unescape(text))
        if text == before:
            break
    else:
        text = re.sub(r"[<>&]", " ", text)
    text = _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()
    return unicodedata.normalize("NFC", text)


def lead_of(text: str) -> str:
    """The plain text without the outlet's own opening, as in `(Dân trí) - …` or `VOV.VN - …`."""
    return without_opening(plain(text))


def title_of(text: str) -> str:
    """The plain text without the outlet's own opening in brackets."""
    return without_bracket(plain(text))


def web_link(link: str, base: str = "") -> str:
    """The absolute http(s) link; '' for any other scheme or a link that cannot be read."""
    try:
        whole = urljoin(base, unescape(unescape(link.strip()[:4000])))
        parts = urlsplit(whole)
        if parts.scheme.lower() in {"http", "https"} and parts.hostname:
            return _SPACE.sub("", _UNSEEN.sub("", whole))
    except ValueError:
        pass
    return ""


def _strip(text: str) -> str:
    if "<" in text:
        text = _HIDDEN.sub(" ", _COMMENT.sub(" ", text))
        text = _BLOCK.sub(" ", text)
        text = _LOOSE_TAG.sub("", _TAG.sub("", text))
        text = _OPEN_TAG.sub("", text)
    return _SCRIPT_LINK.sub("", _UNSEEN.sub("", text)) if ":" in text else _UNSEEN.sub("", text)
