"""Links to published content, and the keys by which the same content is recognised."""

import re
from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import BeforeValidator, StringConstraints

from crisis.model.fault import Unfit, fault
from crisis.model.spelling import folded, nfc
from crisis.model.words import words

LONGEST_LINK = 2000


def _link(value: object) -> object:
    if not isinstance(value, str):
        return value
    written = nfc(value.strip())
    if not is_link(written):
        raise Unfit(fault(NOT_A_LINK.vi, NOT_A_LINK.en))
    return written


def is_link(written: str) -> bool:
    """Whether it is an http or https address without credentials."""
    try:
        parts = urlsplit(written)
        good = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
        good = good and parts.username is None and parts.password is None
        good = good and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return good and not _UNFIT.search(written)


_UNFIT = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]")
NOT_A_LINK = words(
    "Đường dẫn bắt đầu bằng http:// hoặc https://, có tên miền, không dấu cách và tên đăng nhập.",
    "A link begins with http:// or https://, has a host, no spaces and no user name.",
)

Link = Annotated[
    str, StringConstraints(max_length=LONGEST_LINK, min_length=1), BeforeValidator(_link)
]
"""An http or https address without credentials, as it was given."""

_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|dclid|msclkid|igshid|zarsrc|mc_[ce]id|ref|referer|share|_ga|"
    r"yclid|cmpid)$",
    re.IGNORECASE,
)
_SAME_HOST = re.compile(r"^(?:www|m|mobile|amp|wap)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"(?:/amp|\.amp)(?=/?$|\.(?:html?|tpo)$)")


def canonical_link(link: str) -> str:
    """A key that is equal for addresses of the same page: one scheme, host, order and no tracking.

    Phone and AMP hosts, default ports, fragments and tracking parameters are dropped. It is a key
    for comparing, not an address to open.
    """
    parts = urlsplit(nfc(link.strip()))
    host = _SAME_HOST.sub("", (parts.hostname or "").rstrip("."))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    kept = [pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0])]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"https://{host}{port}{path}{query}"


def title_key(title: str) -> str:
    """A key that is equal for titles that differ in marks, case, punctuation or spacing only."""
    return folded(title)


def title_likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 1: the share of neighbouring pairs of words in common."""
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / len(first | second) if first | second else 0.0


def _pairs(title: str) -> set[tuple[str, ...]]:
    words = folded(title).split()
    return {tuple(words[n : n + 2]) for n in range(max(1, len(words) - 1))} if words else set()
