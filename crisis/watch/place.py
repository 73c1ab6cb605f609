"""Places of Vietnam in a text: old and new provinces, towns, and the namesakes that are neither."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from crisis.model.errors import BadContent
from crisis.model.words import words
from crisis.watch.lexicon import read_yaml
from crisis.watch.wording import Sentence, tokens_of

SURNAMES_TEXT = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh đoàn
lâm mai trương đào hà cao lương vương châu tạ phùng tô thái tống quách
"""
SURNAMES = frozenset(SURNAMES_TEXT.split())
_UNITS = frozenset({"xã", "phường", "huyện", "quận", "trấn", "khu", "thôn", "ấp"})


class Place(NamedTuple):
    """A place as named: `province` is today's province ('' when it is another's namesake)."""

    name: str
    province: str
    sentence: int
    start: int
    end: int


class _Province(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    also: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    city: bool = False


class GazetteerFile(BaseModel):
    """`gazetteer.yaml` as written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provinces: tuple[_Province, ...]
    towns: dict[str, tuple[str, ...]] = {}
    regions: tuple[str, ...] = ()
    namesakes: dict[str, str] = {}
    level_words: tuple[str, ...]
    not_a_place_after: tuple[str, ...]

    def known_names(self) -> Iterator[tuple[str, str]]:
        """Each name that stands for itself, with today's province ('' for a region)."""
        for province in self.provinces:
            for name in (province.name, *province.also, *province.before):
                yield name, province.name
        for province_name, towns in self.towns.items():
            yield from ((town, province_name) for town in towns)
        yield from ((region, "") for region in self.regions)


class Gazetteer:
    """Finds places; `communes` are further names of one province that count only after their level
    word.
    """

    def __init__(self, file: GazetteerFile, communes: dict[str, tuple[str, ...]] | None = None):
        self._names: dict[str, list[tuple[list[str], str, bool]]] = {}
        for name, province_name in file.known_names():
            self._add(name, province_name, alone=True)
        for province_name, names in (communes or {}).items():
            for name in names:
                self._add(name, province_name, alone=False)
        for ends in self._names.values():
            ends.sort(key=lambda end: -len(end[0]))
        self._namesakes = {
            tuple(tokens_of(name)): province for name, province in file.namesakes.items()
        }
        self._levels = _as_tuples(file.level_words)
        self._never = _as_tuples(file.not_a_place_after)

    def _add(self, name: str, province: str, *, alone: bool) -> None:
        first, *rest = tokens_of(name)
        ends = self._names.setdefault(first, [])
        if all(rest != known for known, _, _ in ends):
            ends.append((rest, province, alone))

    def places(self, number: int, said: Sentence) -> list[Place]:
        """The places of one sentence, in order."""
        found: list[Place] = []
        free = 0
        for start, token in enumerate(said.tokens):
            if start < free or not _may_start(said, start):
                continue
            ends = self._names.get(token, [])
            place = self._place_at(number, said, start, ends) or _some_unit(number, said, start)
            if place is not None:
                found.append(place)
                free = place.end
        return found

    def _place_at(
        self, number: int, said: Sentence, start: int, ends: list[tuple[list[str], str, bool]]
    ) -> Place | None:
        tokens = said.tokens
        for rest, province, alone in ends:
            end = start + 1 + len(rest)
            if tokens[start + 1 : end] != rest or not _all_named(said, start, end):
                continue
            level = _before(tokens, start, self._levels)
            if not level and (not alone or self._is_a_person_or_street(said, start)):
                return None
            name = tuple(tokens[start:end])
            full = " ".join((*level, *name))
            return Place(full, self._province_of(level, name, province), number, start, end)
        return None

    def _province_of(self, level: tuple[str, ...], name: tuple[str, ...], province: str) -> str:
        """Today's province: a lower unit with a province's name belongs where the list says."""
        if not level or level in {("tỉnh",), ("thành", "phố"), ("tp",)}:
            return province
        if tuple(tokens_of(province)) == name or (*level, *name) in self._namesakes:
            return self._namesakes.get((*level, *name), "")
        return province

    def _is_a_person_or_street(self, said: Sentence, start: int) -> bool:
        if _before(said.tokens, start, self._never):
            return True
        back = start - 1
        while back >= 0 and start - back <= 3 and said.capital[back]:
            if said.tokens[back] in SURNAMES:
                return True
            back -= 1
        return False


def _some_unit(number: int, said: Sentence, start: int) -> Place | None:
    """A unit the gazetteer does not know: a capitalised name right after `xã`, `phường`, …"""
    if not said.capital[start] or not start or said.tokens[start - 1] not in _UNITS:
        return None
    end = start + 1
    while end < len(said.tokens) and end - start < 4 and said.capital[end]:
        end += 1
    return Place(" ".join(said.tokens[start - 1 : end]), "", number, start, end)


def _as_tuples(phrases: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(tokens_of(phrase)) for phrase in phrases)


def _before(tokens: list[str], start: int, phrases: frozenset[tuple[str, ...]]) -> tuple[str, ...]:
    """The phrase of one or two tokens that stands right before `start`, or an empty tuple."""
    for length in (2, 1):
        found = tuple(tokens[max(0, start - length) : start])
        if found in phrases:
            return found
    return ()


def _may_start(said: Sentence, start: int) -> bool:
    return said.capital[start] or said.tokens[start] in {"miền", "đồng"}


def _all_named(said: Sentence, start: int, end: int) -> bool:
    """Whether the last token is capitalised: `miền Trung` is named so, `hòa bình` is no place."""
    return said.capital[end - 1]


def load_gazetteer(folder: Path, communes: dict[str, tuple[str, ...]] | None = None) -> Gazetteer:
    """The gazetteer of `gazetteer.yaml`; raises `BadContent`."""
    return Gazetteer(_read(folder), communes)


def province_names(folder: Path) -> list[tuple[str, str]]:
    """Each name of a province, old or new, with the name of today's; raises `BadContent`."""
    return [
        (name, province.name)
        for province in _read(folder).provinces
        for name in (province.name, *province.also, *province.before)
    ]


def town_names(folder: Path) -> list[str]:
    """The towns and districts that the press names without their province; raises `BadContent`."""
    return [town for towns in _read(folder).towns.values() for town in towns]


def _read(folder: Path) -> GazetteerFile:
    path = folder / "gazetteer.yaml"
    try:
        return GazetteerFile.model_validate(read_yaml(path))
    except ValidationError as error:
        raise BadContent(
            words("Danh mục địa danh sai cấu trúc.", f"The gazetteer is malformed: {error}"),
            place=str(path),
        ) from error
