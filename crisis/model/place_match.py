"""What a written place means on a day: one unit, or open with what may be meant, never a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crisis.model.day_word import day_words
from crisis.model.place import COMMUNE_RANKS, ENDED_RANKS, RANK_NAMES, Place, Rank
from crisis.model.spelling import folded, nfc, same_name
from crisis.model.words import Words, words

_SHORT = {"tp": Rank.THANH_PHO, "tx": Rank.THI_XA, "p": Rank.PHUONG, "x": Rank.XA, "h": Rank.HUYEN}
_BODIES = ("ủy ban nhân dân ", "uỷ ban nhân dân ", "ubnd ")


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
        return PlaceMatch(place=None, why=_not_there(written, hits, heirs, on), candidates=heirs)
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
    for rank, label in RANK_NAMES.items():
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
    """The units of the day `on` that came out of them, or out of which they came later."""
    codes = {place.code for place in gone}
    before = {place.former_district or place.former_province for place in gone}
    return tuple(
        p
        for p in places
        if p.in_force(on) and (codes & {p.former_district, p.former_province} or p.code in before)
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


def _not_there(written: str, hits: Sequence[Place], heirs: tuple[Place, ...], on: date) -> Words:
    vi = ", ".join(place.label.vi for place in heirs[:10]) or "danh bạ chưa biết"
    en = ", ".join(place.label.en for place in heirs[:10]) or "the directory does not know"
    ended = [place.valid_to for place in hits if place.valid_to and place.valid_to < on]
    if ended:
        last = day_words(max(ended))
        return words(
            f"'{written}' chỉ còn đến hết ngày {last.vi}; đơn vị có thể liên quan từ sau đó: {vi}.",
            f"'{written}' stood until {last.en}; units that may be meant since then: {en}.",
        )
    first = day_words(min(place.valid_from or on for place in hits))
    return words(
        f"'{written}' đến ngày {first.vi} mới có; đơn vị có thể liên quan trước đó: {vi}.",
        f"'{written}' has stood only since {first.en}; units that may be meant before: {en}.",
    )


def _ambiguous(written: str, hits: Sequence[Place]) -> Words:
    vi = ", ".join(dict.fromkeys(place.label.vi for place in hits))
    en = ", ".join(dict.fromkeys(place.label.en for place in hits))
    return words(
        f"'{written}' có thể là {vi}: hãy ghi rõ cấp.",
        f"'{written}' may be {en}: give its rank.",
    )
