"""Where an item plays: the names it writes with capitals, the communes and provinces among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from crisis.watch.wording import tokens_of

_GENERIC_NAMES_TEXT = """
ubnd hđnd tp hcm công an sở chủ tịch phó bí thư ông bà anh chị bộ ban thường vụ ngày
theo sáng chiều tối trong tại sau khi trước các nhiều một những người cơ quan giám đốc
ủy đảng cảnh sát tổng hội tỉnh thành
"""
_GENERIC_NAMES = frozenset(_GENERIC_NAMES_TEXT.split())
_ONE_SYLLABLE_PLACES = frozenset({"huế"})
_RANKS = frozenset({"xã", "phường", "trấn", "khu"})
_SITES_TEXT = "chợ cầu đèo hồ đập cảng bến thôn bản ấp làng trường viện xưởng mỏ chùa đền"
_SITES = frozenset(_SITES_TEXT.split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """Where an item plays: capitalised names of two syllables or more, provinces apart, which of
    the names are communes, the named sites (`chợ hồ xá`), and the syllables of all names.
    """

    local: frozenset[str]
    provinces: frozenset[str]
    communes: frozenset[str]
    sites: frozenset[str]
    syllables: frozenset[str]

    def kept(self) -> "KeptNames":
        """The names as a window keeps them."""
        kept = (self.local, self.provinces, self.communes, self.sites)
        return KeptNames(*map(tuple, kept))


class KeptNames(NamedTuple):
    """Names in little memory."""

    local: tuple[str, ...]
    provinces: tuple[str, ...]
    communes: tuple[str, ...]
    sites: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Provinces:
    """Provinces by the first word of each of their names, and the pairs of words in these names;
    `towns` are pairs of words that name a town, a commune or a district by themselves.
    """

    names: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    pairs: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()


def provinces_of(named: Iterable[tuple[str, str]], towns: Iterable[str] = ()) -> Provinces:
    """The provinces of pairs (name, today's province), and the towns."""
    by_first: dict[str, list[tuple[str, str]]] = {}
    pairs: set[str] = {"tp hcm"}
    for name, province in named:
        syllables = tokens_of(name)
        by_first.setdefault(syllables[0], []).append((" ".join(syllables), province))
        pairs.update(map(" ".join, pairwise(syllables)) if syllables[1:] else syllables)
    return Provinces(
        names={first: tuple(names) for first, names in by_first.items()},
        pairs=frozenset(pairs),
        towns=frozenset(" ".join(tokens_of(town)) for town in towns) - pairs,
    )


def where(raw: list[str], told: list[str], known: Provinces) -> Names:
    """The names in the tokens `raw`; `told` are the same in small letters."""
    capital = [low if word[0].isupper() else "…" for word, low in zip(raw, told, strict=True)]
    text = f" {' '.join(capital)} "
    provinces = {
        province
        for first in known.names.keys() & set(told)
        for name, province in known.names[first]
        if f" {name} " in text
    }
    named = [
        (told[at], f"{told[at + 1]} {told[at + 2]}")
        for at in range(len(raw) - 2)
        if raw[at + 1][0].isupper() and raw[at + 2][0].isupper()
    ]
    names = _names(raw)
    communes = frozenset(name for noun, name in named if noun in _RANKS)
    return Names(
        local=frozenset(names.keys() - known.pairs),
        provinces=frozenset(provinces),
        communes=communes | known.towns.intersection(names),
        sites=frozenset(f"{noun} {name}" for noun, name in named if noun in _SITES),
        syllables=frozenset(syllable for name in names for syllable in name.split()),
    )


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
