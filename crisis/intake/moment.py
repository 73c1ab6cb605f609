"""When something was published, read from the ways Vietnamese papers write it; never guessed, never
"now".
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from zoneinfo import ZoneInfo

from crisis.intake.month_name import MONTH, month_number

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_EARLIEST = 1990
_AHEAD = timedelta(minutes=15)  # clocks of papers run a little ahead

_ISO = re.compile(r"\b(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_BASIC = re.compile(
    r"\b(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:t(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2}))?(?!\d)"
)
_NUMBERS = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4})(?!\d)")
_NAMED = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})[\s,/-]*(?:{MONTH})[\s,./-]*(?:năm\s+)?(?P<y>\d{{4}}|\d{{2}}(?=\s+\d{{1,2}}:))(?!\d)"
)
_MONTH_FIRST = re.compile(
    rf"\b(?:{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)"
)
_TIME = re.compile(
    r"(?<![\d:])(?P<H>\d{1,2})\s*(?::|h|g|giờ)\s*(?P<M>\d{2})(?:\s*(?::|m|phút)\s*(?P<S>\d{2})(?:[.,]\d+)?)?(?!\d)"
    r"\s*(?P<half>[ap]\.?m\b\.?|sa\b|ch\b)?"
)
_OFFSET = re.compile(
    r"(?P<name>\b(?:gmt|utc|ut))?\s*(?P<sign>[+-])\s*(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?(?!\d)"
)
_ZONE_NAME = re.compile(
    r"\b(gmt|utc|ut|z|ict|edt|est|cdt|cst|mdt|mst|pdt|pst|jst|sgt|cet|cest|bst)\b"
)
_ZONES = {
    "gmt": 0, "utc": 0, "ut": 0, "z": 0, "ict": 7, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "jst": 9, "sgt": 8, "cet": 1, "cest": 2, "bst": 1,
}  # fmt: skip
_FILLER = re.compile(
    r"\b(?:thứ\s+(?:hai|ba|tư|bốn|năm|sáu|bảy|[2-7])|t[2-7]|cn|chủ\s+nhật|chúa\s+nhật|"
    r"mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"ngày|lúc|vào|hồi|giờ|cập\s+nhật|đăng|xuất\s+bản|việt\s+nam|hà\s+nội|time|at|published|updated)\b|[|,.:()\[\]–—·•\-\s]+"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A time of publication: `utc` is None when unknown; `future` marks one ahead of the reader's
    clock.
    """

    utc: datetime | None
    future: bool = False


UNKNOWN = Moment(utc=None)


def read_moment(text: str, *, now: datetime | None = None) -> Moment:
    """The moment a text names; without a zone it is Vietnamese time; anything unsure is unknown."""
    found = _read(unicodedata.normalize("NFC", unescape(text[:200])).casefold().strip())
    if found is None:
        return UNKNOWN
    return Moment(utc=found, future=now is not None and found > now + _AHEAD)


def as_json(moment: datetime | None) -> str | None:
    """UTC ISO 8601 with `Z`, whole seconds; None stays None."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(text: str) -> datetime | None:
    basic = _BASIC.search(text)
    if basic is not None:
        rest = f"{_clock_of(basic)} {_without(text, basic)}"
        return _at(_ymd(basic, int(basic["m"])), rest)
    text = re.sub(r"(?<=\d)t(?=\d)", " ", text)
    for pattern in (_ISO, _NUMBERS, _NAMED, _MONTH_FIRST):
        date_found = pattern.search(text)
        if date_found is not None:
            rest = _without(text, date_found)
            return _at(_date(pattern, date_found, rest), rest)
    return None


def _clock_of(basic: re.Match[str]) -> str:
    return f"{basic['H']}:{basic['M']}:{basic['S']}" if basic["H"] else ""


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _date(pattern: re.Pattern[str], found: re.Match[str], rest: str) -> tuple[int, int, int] | None:
    if pattern is _ISO:
        return _ymd(found, int(found["m"]))
    if pattern is _NUMBERS:
        return _day_or_month_first(found, rest)
    return _ymd(found, month_number(found))


def _ymd(found: re.Match[str], month: int) -> tuple[int, int, int] | None:
    year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)  # RFC 822 allows two digits
    return year, month, int(found["d"])


def _day_or_month_first(found: re.Match[str], rest: str) -> tuple[int, int, int] | None:
    """`28/05/2026` is day first, `10/2/2026 9:25:00 AM` (.NET servers) month first."""
    one, two = int(found["a"]), int(found["b"])
    time = _TIME.search(rest)
    american = time is not None and bool(time["half"]) and time["half"][0] in "ap"
    if (american and one <= 12) or two > 12:
        return int(found["y"]), one, two
    return int(found["y"]), two, one


def _at(date: tuple[int, int, int] | None, rest: str) -> datetime | None:
    if date is None or date[0] < _EARLIEST:
        return None
    time = _TIME.search(rest)
    hour, minute, second = _clock(time) if time else (0, 0, 0)
    rest = _without(rest, time) if time else rest
    offset = _OFFSET.search(rest) if time else None
    rest = _without(rest, offset) if offset else rest
    zone = _zone(offset, _ZONE_NAME.search(rest))
    if zone is None or _FILLER.sub("", _ZONE_NAME.sub("", rest)):
        return None
    try:
        return datetime(*date, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _clock(time: re.Match[str]) -> tuple[int, int, int]:
    hour = int(time["H"])
    half = (time["half"] or "").replace(".", "")
    if half in {"pm", "ch"} and hour < 12:
        hour += 12
    if half in {"am", "sa"} and hour == 12:
        hour = 0
    return hour, int(time["M"]), min(int(time["S"] or 0), 59)


def _zone(offset: re.Match[str] | None, name: re.Match[str] | None) -> timezone | ZoneInfo | None:
    """The zone named; Vietnamese time where none is; None for an offset no place on earth has."""
    if offset is not None:
        away = timedelta(hours=int(offset["h"]), minutes=int(offset["m"] or 0))
        if away > timedelta(hours=14):
            return None
        return timezone(-away if offset["sign"] == "-" else away)
    return timezone(timedelta(hours=_ZONES[name[1]])) if name else LOCAL
