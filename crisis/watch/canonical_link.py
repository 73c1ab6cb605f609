"""One link for one page, however it was shared."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_\w*|fbclid|gclid|zarsrc|zalo\w*|ref|src|from|s_?mode|gidzl|_gl|mc_\w+)$"
)
_MOBILE = re.compile(r"^(?:www|m|amp|mobile)\.")


def canonical_link(link: str) -> str:
    """The link without scheme, `www.`/`m.`, tracking parameters, fragment, AMP suffix and final
    slash; '' for none.
    """
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return link.strip()
    if not parts.netloc:
        return link.strip()
    host = _MOBILE.sub("", parts.netloc.lower().removesuffix(":443").removesuffix(":80"))
    query = [(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k.lower())]
    path = re.sub(r"/amp/?$|\.amp$", "", parts.path).rstrip("/")
    return urlunsplit(("", host, path, urlencode(sorted(query)), "")).removeprefix("//")
