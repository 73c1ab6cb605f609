"""What became of an article that is read again: the same, corrected, changed, or gone."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

LONGEST = 600
"""Of what differs so many characters are kept, as a quotation is."""

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_CORRECTION = re.compile(
    r"đính chính|cải chính|xin lỗi bạn đọc|cáo lỗi|thông tin lại cho (?:chính xác|rõ)|"
    r"chân thành xin lỗi|\(đã (?:sửa|cập nhật)\)",
    re.IGNORECASE,
)

SOON, LATER, SELDOM = timedelta(hours=1), timedelta(hours=6), timedelta(hours=24)


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """The passages that went and came, each cut short; `correction` where the paper says so."""

    old: str
    new: str
    correction: bool


def difference(before: str, after: str) -> Difference:
    """What differs between two texts, sentence by sentence."""
    old, new = _sentences(before), _sentences(after)
    gone: list[str] = []
    came: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += old[i:j]
            came += new[k:m]
    return Difference(
        old=_cut(" ".join(gone)),
        new=_cut(" ".join(came)),
        correction=any(_CORRECTION.search(one) for one in came),
    )


def next_reading(now: datetime, *, seen: datetime) -> datetime:
    """When an article is read again: hourly on its first day, four times a day in its first week,
    daily afterwards.
    """
    age = now - seen
    if age < timedelta(days=1):
        return now + SOON
    return now + (LATER if age < timedelta(days=7) else SELDOM)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rsplit(' ', 1)[0]}…"
