"""Faults between the parts of a directory: names that nothing has, two of a thing on one day."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import combinations

from crisis.model.agency import Agency, Relation
from crisis.model.day_word import day_words
from crisis.model.fault import Fault, fault
from crisis.model.place import Place
from crisis.model.words import Words, words


def names_missing(
    agencies: Sequence[Agency], places: Sequence[Place], topics: Collection[str]
) -> Iterator[Fault]:
    """Faults of agencies and places that name something which the directory does not have."""
    ids, codes = {agency.id for agency in agencies}, {place.code for place in places}
    for n, agency in enumerate(agencies):
        named = {"topics": (agency.topics, topics), "places": (agency.places, codes)}
        named["successors"] = (agency.successors, ids)
        named["parent"] = ((agency.parent,) if agency.parent else (), ids)
        for name, (used, known) in named.items():
            yield from (_unknown(item, "agencies", n, name) for item in used if item not in known)
    for n, place in enumerate(places):
        for name in ("province", "former_province", "former_district"):
            code = getattr(place, name)
            if code is not None and code not in codes:
                yield _unknown(code, "places", n, name)


def standing_twice(agencies: Sequence[Agency]) -> Iterator[Fault]:
    """Faults of agencies with two versions, or of topics with two ordered agencies, on one day."""
    for (_, one), (n, other) in combinations(enumerate(agencies), 2):
        if not one.overlaps(other):
            continue
        first = max(one.valid_from or date.min, other.valid_from or date.min)
        if one.id == other.id:
            yield _two_versions(one, other, first, "agencies", n, "valid_from")
            continue
        shared = set(one.topics) & set(other.topics)
        if shared and Relation.VERTICAL not in (one.relation, other.relation):
            yield _two_holders((one, other), min(shared), first, "agencies", n, "topics")


def codes_twice(places: Sequence[Place]) -> Iterator[Fault]:
    """Faults of places whose code an earlier place has."""
    for (_, one), (n, other) in combinations(enumerate(places), 2):
        if one.code == other.code:
            yield fault(
                f"Mã “{one.code}” dùng cho hai địa bàn: {one.label.vi} và {other.label.vi}.",
                f"The code “{one.code}” stands for two places: {one.label.en}, {other.label.en}.",
                *("places", n, "code"),
            )


def _unknown(item: str, *at: str | int) -> Fault:
    return fault(
        f"'{item}' không có trong danh bạ này.", f"'{item}' does not stand in this directory.", *at
    )


def _two_versions(one: Agency, other: Agency, first: date, *at: str | int) -> Fault:
    day, old, new = _on(first), _term(one), _term(other)
    return fault(
        f"{other.name.vi} ({other.id}) có hai bản cùng hiệu lực{day.vi}: bản {old.vi} và bản "
        f"{new.vi}; bản trước phải kết thúc trước ngày bản sau bắt đầu.",
        f"{other.name.en} ({other.id}) stands twice{day.en}: one entry holds {old.en}, another "
        f"{new.en}; the earlier has to end before the later begins.",
        *at,
    )


def _two_holders(pair: tuple[Agency, Agency], topic: str, first: date, *at: str | int) -> Fault:
    (one, other), day = pair, _on(first)
    return fault(
        f"Lĩnh vực “{topic}” có hai cơ quan cùng phụ trách{day.vi}: {one.name.vi} ({one.id}) và "
        f"{other.name.vi} ({other.id}).",
        f"The topic “{topic}” is held by two agencies{day.en}: {one.name.en} ({one.id}) and "
        f"{other.name.en} ({other.id}).",
        *at,
    )


def _on(first: date) -> Words:
    if first == date.min:
        return words("", "")
    day = day_words(first)
    return words(f" từ ngày {day.vi}", f" from {day.en}")


def _term(one: Agency) -> Words:
    since, until = one.valid_from, one.valid_to
    vi = [f"từ {day_words(since).vi}"] if since else []
    en = [f"from {day_words(since).en}"] if since else []
    vi += [f"đến {day_words(until).vi}"] if until else []
    en += [f"to {day_words(until).en}"] if until else []
    return words(" ".join(vi) or "không ghi thời hạn", " ".join(en) or "without any date")
