"""Who answers for a matter: departments by topic, committees by place, ministries' lines beside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crisis.model.agency import Agency, Relation
from crisis.model.day_word import day_words
from crisis.model.directory import Directory
from crisis.model.words import Words, words


class Missing(StrEnum):
    """What could not be resolved."""

    TOPIC = "topic"
    PLACE = "place"
    LEAD = "lead"


@dataclass(frozen=True, kw_only=True, slots=True)
class Open:
    """Something that a person has to decide; `candidates` are ids of agencies that may be meant."""

    missing: Missing
    written: str
    why: Words
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why an agency was found."""

    agency: str
    why: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """The lead and coordinating agencies in force on a day, with reasons, and what stays open."""

    lead: Agency | None
    coordinating: tuple[Agency, ...] = ()
    unresolved: tuple[Open, ...] = ()
    reasons: tuple[Reason, ...] = ()


def resolve(
    directory: Directory, *, topics: Sequence[str], places: Sequence[str], on: date
) -> Resolution:
    """Lead and coordinating agencies for `topics` (ids, the main one first) and `places` on a day.

    The first topic that an ordered agency holds gives the lead; without one the first place does.
    Bodies of a ministry's own line only ever coordinate. What is unknown is left open.
    """
    found: list[tuple[Agency, Words]] = []
    left_open: list[Open] = []
    strange = tuple(_strange(directory, places, on))
    # Nobody of another province answers: with none but strange places, no topic is resolved.
    known = () if strange and len(strange) == len(places) else topics
    by_topic = _by_topic(directory, known, on)
    for item in (*by_topic, *strange, *_by_place(directory, places, on)):
        if isinstance(item, Open):
            left_open.append(item)
        else:
            found.append(item)
    agencies = tuple({agency.id: agency for agency, _ in found}.values())
    lead = next((a for a in agencies if a.relation is Relation.SUBORDINATE), None)
    if lead is None:
        left_open.append(_no_lead(agencies))
    return Resolution(
        lead=lead,
        coordinating=tuple(agency for agency in agencies if agency is not lead),
        unresolved=tuple(left_open),
        reasons=tuple(Reason(agency=agency.id, why=why) for agency, why in found),
    )


def _by_topic(
    directory: Directory, topics: Sequence[str], on: date
) -> Iterator[tuple[Agency, Words] | Open]:
    standing = directory.in_force(on)
    for topic in topics:
        label = directory.topics.get(topic)
        holders = [agency for agency in standing if topic in agency.topics]
        if label is None:
            yield Open(missing=Missing.TOPIC, written=topic, why=_unknown_topic(topic))
        elif not holders:
            yield Open(missing=Missing.TOPIC, written=topic, why=_no_holder(label, on))
        else:
            why = words(f"Phụ trách lĩnh vực: {label.vi}", f"Answers for the topic: {label.en}")
            yield from ((agency, why) for agency in holders)


def _strange(directory: Directory, places: Sequence[str], on: date) -> Iterator[Open]:
    """The places in a province of which no committee of that day stands in the directory."""
    held = {code for agency in directory.in_force(on) for code in agency.places}
    provinces = {place.province for place in directory.places if place.code in held}
    for written in places:
        place = directory.place(written, on).place
        if place and provinces and (place.province or place.code) not in provinces:
            yield Open(missing=Missing.PLACE, written=written, why=_not_shipped(place.label, on))


def _by_place(
    directory: Directory, places: Sequence[str], on: date
) -> Iterator[tuple[Agency, Words] | Open]:
    standing = directory.in_force(on)
    for written in places:
        match = directory.place(written, on)
        if match.place is None:
            codes = {place.code for place in match.candidates}
            near = tuple(a.id for a in standing if codes & set(a.places))
            yield Open(missing=Missing.PLACE, written=written, why=match.why, candidates=near)
            continue
        yield from ((a, match.why) for a in standing if match.place.code in a.places)


def _unknown_topic(topic: str) -> Words:
    return words(
        f"Không có lĩnh vực '{topic}' trong danh bạ.",
        f"There is no topic '{topic}' in the directory.",
    )


def _no_holder(label: Words, on: date) -> Words:
    return words(
        f"Ngày {on:%d/%m/%Y} không có cơ quan nào trong danh bạ phụ trách: {label.vi}.",
        f"On {day_words(on).en} no agency in the directory answers for: {label.en}.",
    )


def _not_shipped(label: Words, on: date) -> Words:
    return words(
        f"Danh bạ không có các cơ quan phụ trách {label.vi} vào ngày {on:%d/%m/%Y}.",
        f"The directory does not hold the agencies of {label.en} on {day_words(on).en}.",
    )


def _no_lead(found: tuple[Agency, ...]) -> Open:
    return Open(
        missing=Missing.LEAD,
        written="",
        why=words(
            "Chưa xác định được cơ quan chủ trì: điều phối viên cần chọn.",
            "No lead agency could be determined: the coordinator has to choose one.",
        ),
        candidates=tuple(agency.id for agency in found),
    )
