"""Masking the names of victims, children and complainants (INV9)."""

import re
import unicodedata
from collections.abc import Iterable

_HONORIFICS = "ông|bà|anh|chị|em|cháu|bé|cô|chú|bác|dì|cậu|cụ|học sinh|nạn nhân|Mr|Mrs|Ms|Miss"


def initials(name: str) -> str:
    """ "Nguyễn Văn An" as "N.V.A."."""
    return "".join(f"{part[0].upper()}." for part in name.split())


def mask(text: str, names: Iterable[str]) -> str:
    """`text` with every full name as initials, and given names after a form of address too."""
    for name in sorted({_plain(one) for one in names} - {""}, key=len, reverse=True):
        full = r"\s+".join(re.escape(part) for part in name.split())
        text = _whole(f"(?i:{full})").sub(lambda found: initials(found[0]), text)
        text = _whole(rf"(?i:{_HONORIFICS})\.?\s+{re.escape(name.split()[-1])}").sub(_last, text)
    return text


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)\.?")


def _last(found: re.Match[str]) -> str:
    """A form of address kept, the given name after it as an initial."""
    form, given = found[0].rsplit(maxsplit=1)
    return f"{form} {initials(given)}"
