"""Months as papers write them: `Thg 11`, `tháng Mười Một`, `Nov`, `November`."""

import re

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_VIETNAMESE = {
    "mười một": 11, "mười hai": 12, "mười": 10, "một": 1, "giêng": 1, "hai": 2, "ba": 3,
    "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "chạp": 12,
}  # fmt: skip

# The named groups of one match: a number after `tháng` / `thg`, a word after it, or an English
# name.
MONTH = (
    rf"(?:tháng|thg\.?|th\.?)\s*(?:(?P<number>\d{{1,2}})|(?P<word>{'|'.join(_VIETNAMESE)}))"
    rf"|(?P<english>{'|'.join(_ENGLISH)})[a-z]{{0,6}}\.?"
)


def month_number(found: re.Match[str]) -> int:
    """The month 1–12 of a match of `MONTH`; a number out of range is left for the calendar to
    refuse.
    """
    if found["number"]:
        return int(found["number"])
    if found["word"]:
        return _VIETNAMESE[found["word"]]
    return _ENGLISH.index(found["english"]) + 1
