"""What of an item is compared: its words and word pairs, its numbers, dates and names."""

import re
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from crisis.watch.wording import one_spelling

_TOKEN = re.compile(r"\d+(?:[.,/-]\d+)*|\w+|[^\w\s]")
_DATE = re.compile(r"(?<![\d.,/-])([0-3]?\d)[-/.]([01]?\d)(?:[-/.]20\d\d)?(?![\d,/-]|\.\d)")
# Syllables that stand in nearly every item: they tell nothing about the story.
_COMMON_TEXT = """
và của là có được các cho với những một này trong khi đã sẽ đang ở tại từ đến về vào ra
trên dưới theo để do vì bị bởi nên mà thì cũng như hay hoặc không chưa còn lại đó đây
nào gì ai sau trước ngày tháng năm giờ sáng chiều tối trưa vừa mới ông bà anh chị em
người việc vụ nhiều rất hơn nhất khoảng gần cùng nhau phải thể biết rằng qua lên xuống
liên quan thông tin cho hay mình họ nó hai ba số lúc đầu cuối hôm nay qua tới
"""
_COMMON = frozenset(_COMMON_TEXT.split())
_GENERIC_NAMES_TEXT = """
ubnd hđnd tp hcm công an sở chủ tịch phó bí thư ông bà anh chị bộ ban thường vụ ngày
theo sáng chiều tối trong tại sau khi trước các nhiều một những người cơ quan giám đốc
ủy đảng cảnh sát tổng hội tỉnh thành
"""
_GENERIC_NAMES = frozenset(_GENERIC_NAMES_TEXT.split())

_ONE_SYLLABLE_PLACES = frozenset({"huế"})


class Sense(NamedTuple):
    """What an item says without its words: its tone, '' for unknown, and its topics."""

    tone: str = ""
    topics: tuple[str, ...] = ()


UNKNOWN = Sense()


@dataclass(frozen=True, kw_only=True, slots=True)
class Fingerprint:
    """Features of an item: its words and pairs of words, and its capitalised names of two
    syllables or more, each by its hash in the order of the text; its numbers and dates; its tone
    and topics where they are known.

    Hashes are those of this process: a window of many thousand items would be too large in words.
    """

    features: Mapping[int, str]
    names: Mapping[int, str]
    numbers: frozenset[int]
    dates: frozenset[int]
    sense: Sense

    def kept(self) -> "Kept":
        """The fingerprint without its words, as a window keeps it."""
        return Kept(
            features=array("q", self.features),
            names=array("q", self.names),
            numbers=self.numbers,
            dates=self.dates,
            sense=self.sense,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A fingerprint as numbers only: half a kibibyte for an item."""

    features: "array[int]"
    names: "array[int]"
    numbers: frozenset[int]
    dates: frozenset[int]
    sense: Sense


def fingerprint(title: str, lead: str, sense: Sense = UNKNOWN) -> Fingerprint:
    """The fingerprint of a headline and lead."""
    dates: set[str] = set()
    raw_title = _tokens(title, dates)
    raw_lead = _tokens(lead, dates)
    both = [*raw_title, ".", *raw_lead]
    return Fingerprint(
        features=_hashed(_features(raw_title) | _features(raw_lead)),
        names=_hashed(_names(both)),
        numbers=frozenset(hash(t) for t in both if t[0].isdigit() and t != "1"),
        dates=frozenset(map(hash, dates)),
        sense=sense,
    )


def _hashed(texts: Iterable[str]) -> dict[int, str]:
    return {hash(text): text for text in texts}


def _tokens(text: str, dates: set[str]) -> list[str]:
    """Tokens without the day-and-month dates, which go to `dates`."""
    spelled = one_spelling(text)

    def take(found: re.Match[str]) -> str:
        day, month = int(found[1]), int(found[2])
        if not (0 < day <= 31 and 0 < month <= 12):
            return found[0]
        dates.add(f"{day}-{month}")
        return " "

    return _TOKEN.findall(_DATE.sub(take, spelled))


def _features(raw: list[str]) -> dict[str, None]:
    found: dict[str, None] = {}
    before = ""
    for token in raw:
        word = token.lower()
        if not word[0].isalnum():
            before = ""
            continue
        common = word in _COMMON
        if not common:
            found[word] = None
        if before and not (common and before in _COMMON):
            found[f"{before} {word}"] = None
        before = word
    return found


def _names(raw: list[str]) -> dict[str, None]:
    """Capitalised runs as pairs of syllables (`phú lạc`); words of office and lone capitals are
    left out.
    """
    found: dict[str, None] = {}
    before = ""
    for token in raw:
        word = token.lower()
        if not token[0].isupper() or word in _GENERIC_NAMES:
            before = ""
            continue
        if word in _ONE_SYLLABLE_PLACES:
            found[word] = None
        if before:
            found[f"{before} {word}"] = None
        before = word
    return found


def usual_features(phrases: Iterable[str]) -> frozenset[int]:
    """The features of phrases that tell a topic and not a story: they weigh less from the start."""
    found: set[int] = set()
    for phrase in phrases:
        found.update(_hashed(_features(_TOKEN.findall(one_spelling(phrase)))))
    return frozenset(found)
