"""Circles that no directory may hold: an agency that follows itself, or answers to itself."""

from collections.abc import Iterator, Mapping, Sequence

from crisis.model.agency import Agency
from crisis.model.fault import Fault, fault

Heirs = Mapping[str, set[str]]


def circle_faults(agencies: Sequence[Agency]) -> Iterator[Fault]:
    """A fault for every circle of successors or superiors, once, at its first agency."""
    successors: dict[str, set[str]] = {}
    parents: dict[str, set[str]] = {}
    for one in agencies:
        successors.setdefault(one.id, set()).update(one.successors)
        parents.setdefault(one.id, set()).update({one.parent} if one.parent else set())
    for n, circle in _circles(agencies, successors):
        way = " → ".join(circle)
        yield fault(
            f"Kế thừa vòng tròn: {way}.",
            f"The successors go in a circle: {way}.",
            *("agencies", n, "successors"),
        )
    for n, circle in _circles(agencies, parents):
        way = " → ".join(circle)
        yield fault(
            f"Cấp trên đi thành vòng tròn: {way}.",
            f"The superiors go in a circle: {way}.",
            *("agencies", n, "parent"),
        )


def _circles(agencies: Sequence[Agency], ways: Heirs) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Place of the first agency of each circle, and the way round, back to where it begins."""
    told: set[str] = set()
    for n, one in enumerate(agencies):
        way = () if one.id in told else _way_round(one.id, ways)
        if way:
            told.update(way)
            yield n, way


def _way_round(start: str, ways: Heirs) -> tuple[str, ...]:
    """The shortest way from `start` back to it; empty where there is none."""
    seen: set[str] = set()
    ahead: list[tuple[str, ...]] = [(start,)]
    while ahead:
        way, *ahead = ahead
        for there in sorted(ways.get(way[-1], ())):
            if there == start:
                return (*way, start)
            if there not in seen:
                seen.add(there)
                ahead.append((*way, there))
    return ()
