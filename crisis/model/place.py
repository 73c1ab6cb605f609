"""A place: its rank, its name, and what it was before the mergers of 2025."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crisis.model.agency import Confidence, Dated, PlaceCode
from crisis.model.spelling import folded, nfc, same_name, unmarked
from crisis.model.text import Line
from crisis.model.words import Words, words


class Rank(StrEnum):
    """The rank of an administrative unit."""

    TINH = "tinh"
    THANH_PHO = "thanh_pho"
    THI_XA = "thi_xa"
    HUYEN = "huyen"
    PHUONG = "phuong"
    XA = "xa"
    DAC_KHU = "dac_khu"
    THI_TRAN = "thi_tran"


COMMUNE_RANKS = frozenset({Rank.PHUONG, Rank.XA, Rank.DAC_KHU})
ENDED_RANKS = frozenset({Rank.THANH_PHO, Rank.THI_XA, Rank.HUYEN, Rank.THI_TRAN})
"""Districts, and townships, which ended on 1 July 2025; newspapers go on naming them."""

_RANK_NAMES: dict[Rank, Words] = {
    Rank.TINH: words("tỉnh", "Province"),
    Rank.THANH_PHO: words("thành phố", "City"),
    Rank.THI_XA: words("thị xã", "Town"),
    Rank.HUYEN: words("huyện", "District"),
    Rank.PHUONG: words("phường", "Ward"),
    Rank.XA: words("xã", "Commune"),
    Rank.DAC_KHU: words("đặc khu", "Special Zone"),
    Rank.THI_TRAN: words("thị trấn", "Township"),
}
_SHORT = {"tp": Rank.THANH_PHO, "tx": Rank.THI_XA, "p": Rank.PHUONG, "x": Rank.XA, "h": Rank.HUYEN}
_BODIES = ("ủy ban nhân dân ", "uỷ ban nhân dân ", "ubnd ")


class Place(Dated):
    """An administrative unit. A former district or province that is not known stays None."""

    code: PlaceCode
    rank: Rank
    name: Line
    province: PlaceCode | None = None
    former_province: PlaceCode | None = None
    former_district: PlaceCode | None = None
    former_district_confidence: Confidence | None = None
    confidence: Confidence = Confidence.MEDIUM

    @property
    def label(self) -> Words:
        """The name with its rank: `phường Quảng Trị`, `Quang Tri Ward`."""
        rank = _RANK_NAMES[self.rank]
        return words(f"{rank.vi} {self.name}", f"{unmarked(self.name)} {rank.en}")


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceMatch:
    """What a written place means: one `place`, or None with `candidates` and the reason `why`.

    `known`: whether any unit bears or bore that name, of this rank or after a district.
    """

    place: Place | None
    why: Words
    candidates: tuple[Place, ...] = ()
    known: bool = True


def match_place(written: str, places: Sequence[Place], on: date) -> PlaceMatch:
    """The one place in force `on` that `written` means: a code, or a name such as `xã Lệ Thủy`.

    Never guesses: a name without its rank that several units bear or bore (`Quảng Trị` is a
    province and a ward) is left open, and so is a unit that no longer exists. For a district or
    township that the directory does not have, the communes that bear its name today are offered.
    """
    by_code = [place for place in places if place.code == written.strip()]
    hits = by_code or _by_name(written, places)
    standing = [place for place in hits if place.in_force(on)]
    if not hits:
        return _nowhere(written, places, on)
    if not standing:
        heirs = _heirs(hits, places, on)
        return PlaceMatch(place=None, why=_gone(written, heirs), candidates=heirs)
    if len(standing) > 1 or (not _rank_of(written)[0] and not by_code and _contested(hits)):
        return PlaceMatch(place=None, why=_ambiguous(written, hits), candidates=tuple(standing))
    label = standing[0].label
    return PlaceMatch(place=standing[0], why=words(f"Địa bàn: {label.vi}", f"Place: {label.en}"))


def _nowhere(written: str, places: Sequence[Place], on: date) -> PlaceMatch:
    rank, _ = _rank_of(written)
    alike = _named_alike(written, places) if rank in ENDED_RANKS else []
    today = tuple(p for p in alike if p.rank in COMMUNE_RANKS and p.in_force(on))
    why = _namesake(written, today) if today else _unknown(written)
    return PlaceMatch(place=None, why=why, candidates=today, known=bool(today))


def _by_name(written: str, places: Sequence[Place]) -> list[Place]:
    rank, _ = _rank_of(nfc(written).split(",")[0].strip())
    return [p for p in _named_alike(written, places) if rank in (None, p.rank)]


def _named_alike(written: str, places: Sequence[Place]) -> list[Place]:
    """The units of that name, of whatever rank, in the units that are written after it."""
    unit, *within = [part.strip() for part in nfc(written).split(",")]
    _, bare = _rank_of(unit)
    named = [p for p in places if same_name(p.name, bare)]
    return [p for p in named if all(_lies_in(p, part, places) for part in within if part)]


def _rank_of(written: str) -> tuple[Rank | None, str]:
    """The rank and the bare name; `TP.`, `P.` and `UBND` are understood."""
    name = " ".join(nfc(written).replace(".", ". ").split())
    for body in _BODIES:
        if name.casefold().startswith(body):
            name = name[len(body) :]
    first, _, rest = name.partition(" ")
    short = _SHORT.get(first.rstrip(".").casefold())
    if short and rest:
        return short, rest
    for rank, label in _RANK_NAMES.items():
        length = len(label.vi)
        if folded(name[:length]) == folded(label.vi) and name[length : length + 1] == " ":
            return rank, name[length + 1 :]
    return None, name


def _lies_in(place: Place, within: str, places: Sequence[Place]) -> bool:
    rank, bare = _rank_of(within)
    codes = {place.province, place.former_province, place.former_district}
    around = [p for p in places if p.code in codes]
    return any(same_name(p.name, bare) and rank in (None, p.rank) for p in around)


def _contested(hits: Sequence[Place]) -> bool:
    return len({place.rank for place in hits}) > 1


def _heirs(gone: Sequence[Place], places: Sequence[Place], on: date) -> tuple[Place, ...]:
    codes = {place.code for place in gone}
    return tuple(
        p for p in places if p.in_force(on) and codes & {p.former_district, p.former_province}
    )


def _unknown(written: str) -> Words:
    return words(
        f"Không có địa bàn '{written}' trong danh bạ.",
        f"There is no place '{written}' in the directory.",
    )


def _namesake(written: str, today: tuple[Place, ...]) -> Words:
    vi = ", ".join(place.label.vi for place in today)
    en = ", ".join(place.label.en for place in today)
    return words(
        f"Danh bạ chưa biết '{written}' nay thuộc đơn vị nào; đơn vị hiện nay cùng tên: {vi}.",
        f"The directory does not know what became of '{written}'; units of that name today: {en}.",
    )


def _gone(written: str, heirs: tuple[Place, ...]) -> Words:
    vi = ", ".join(place.label.vi for place in heirs[:10]) or "chưa rõ"
    en = ", ".join(place.label.en for place in heirs[:10]) or "not known"
    return words(
        f"'{written}' không tồn tại vào ngày này; đơn vị có thể liên quan: {vi}.",
        f"'{written}' does not exist on that day; units that may be meant: {en}.",
    )


def _ambiguous(written: str, hits: Sequence[Place]) -> Words:
    vi = ", ".join(dict.fromkeys(place.label.vi for place in hits))
    en = ", ".join(dict.fromkeys(place.label.en for place in hits))
    return words(
        f"'{written}' có thể là {vi}: hãy ghi rõ cấp.",
        f"'{written}' may be {en}: give its rank.",
    )
