"""What of an item is compared: words and word pairs, names, figures, and what happens."""

import re
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from crisis.watch.happening import Happenings
from crisis.watch.where import KeptNames, Names, Provinces, where
from crisis.watch.wording import one_spelling

_TOKEN = re.compile(r"\d+(?:[.,/-]\d+)*|\w+|[^\w\s]")
_DATE = re.compile(r"(?<![\d.,/-])([0-3]?\d)[-/.]([01]?\d)(?:[-/.]20\d\d)?(?![\d/-]|[.,]\d)")
# Syllables that stand in nearly every item: they tell nothing about the story.
_COMMON_TEXT = """
và của là có được các cho với những một này trong khi đã sẽ đang ở tại từ đến về vào ra
trên dưới theo để do vì bị bởi nên mà thì cũng như hay hoặc không chưa còn lại đó đây
nào gì ai sau trước ngày tháng năm giờ sáng chiều tối trưa vừa mới ông bà anh chị em
người việc vụ nhiều rất hơn nhất khoảng gần cùng nhau phải thể biết rằng qua lên xuống
liên quan thông tin cho hay mình họ nó hai ba số lúc đầu cuối hôm nay qua tới
"""
_COMMON = frozenset(_COMMON_TEXT.split())
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_DENYING = frozenset({"không", "chưa", "chẳng"})
_SHORT_RANK = re.compile(r"\b(P|X|TT)\.\s*(?=[A-ZĐÀ-Ỹ])")
_RANK_NAMES = {"P": "phường ", "X": "xã ", "TT": "thị trấn "}
_DIGITS = {
    "hai": "2", "ba": "3", "bốn": "4", "sáu": "6",
    "bảy": "7", "tám": "8", "chín": "9", "mười": "10",
}  # fmt: skip


class Sense(NamedTuple):
    """What an item says without its words: its tone, '' for unknown, and its topics."""

    tone: str = ""
    topics: tuple[str, ...] = ()


UNKNOWN = Sense()


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the lists know of: kinds of happenings, and the provinces."""

    happenings: Happenings = field(default_factory=Happenings)
    provinces: Provinces = field(default_factory=Provinces)


NOTHING_KNOWN = Known()


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """Numbers and dates of an item; `spelled` are its small numbers in words, as digits."""

    numbers: frozenset[str]
    spelled: frozenset[str]
    dates: frozenset[str]

    def kept(self) -> "KeptFigures":
        """The figures as a window keeps them."""
        return KeptFigures(tuple(self.numbers), tuple(self.spelled), tuple(self.dates))


class KeptFigures(NamedTuple):
    """Figures in little memory."""

    numbers: tuple[str, ...]
    spelled: tuple[str, ...]
    dates: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fingerprint:
    """Features of an item: its words and pairs of words, those of the title apart, each by its hash
    in the order of the text; its names and figures; what happens; whether its title denies; its
    tone and topics where they are known.

    Hashes are those of this process: a window of many thousand items would be too large in words.
    """

    features: Mapping[int, str]
    title: Mapping[int, str]
    names: Names
    figures: Figures
    kinds: frozenset[str]
    denies: bool
    sense: Sense

    def kept(self) -> "Kept":
        """The fingerprint without its words, as a window keeps it."""
        return Kept(
            features=array("q", self.features),
            title=array("q", self.title),
            names=self.names.kept(),
            figures=self.figures.kept(),
            kinds=tuple(self.kinds),
            denies=self.denies,
            sense=self.sense,
        )


class Kept(NamedTuple):
    """A fingerprint in little memory: about a kibibyte for an item."""

    features: "array[int]"
    title: "array[int]"
    names: KeptNames
    figures: KeptFigures
    kinds: tuple[str, ...]
    denies: bool
    sense: Sense


def fingerprint(
    title: str, lead: str, sense: Sense = UNKNOWN, known: Known = NOTHING_KNOWN
) -> Fingerprint:
    """The fingerprint of a headline and lead."""
    dates: set[str] = set()
    raw_title, raw_lead = _tokens(title, dates), _tokens(lead, dates)
    both = [*raw_title, ".", *raw_lead]
    told = [token.lower() for token in both]
    in_title = _features(raw_title)
    return Fingerprint(
        features=_hashed(in_title | _features(raw_lead)),
        title=_hashed(in_title),
        names=where(both, told, known.provinces),
        figures=Figures(
            numbers=frozenset(_plain(token) for token in both if token[0].isdigit()) - {"1"},
            spelled=frozenset(_DIGITS[token] for token in both if token in _DIGITS),
            dates=frozenset(dates),
        ),
        kinds=known.happenings.of(told),
        denies=not _DENYING.isdisjoint(token.lower() for token in raw_title),
        sense=sense,
    )


def _plain(number: str) -> str:
    """A number in one spelling: `2.000` is `2000`, `07` is `7`."""
    plain = number.replace(".", "") if _THOUSANDS.fullmatch(number) else number.replace(",", ".")
    return plain.lstrip("0") or "0"


def _hashed(texts: Iterable[str]) -> dict[int, str]:
    return {hash(text): text for text in texts}


def _tokens(text: str, dates: set[str]) -> list[str]:
    """Tokens without the day-and-month dates, which go to `dates`."""
    spelled = _SHORT_RANK.sub(lambda found: _RANK_NAMES[found[1]], one_spelling(text))

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


def usual_features(phrases: Iterable[str]) -> frozenset[int]:
    """The features of phrases that tell a topic and not a story: they weigh less from the start."""
    found: set[int] = set()
    for phrase in phrases:
        found.update(_hashed(_features(_TOKEN.findall(one_spelling(phrase)))))
    return frozenset(found)
