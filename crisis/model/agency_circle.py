"""Circles that no directory may hold: an agency that follows itself, or answers to itself."""

from collections.abc import Iterator, Mapping, Sequence

from crisis.model.agency import Agency
from crisis.model.fault import Fault, fault

Heirs = Mapping[str, set[str]]


def circle_faults(agencies: Sequence[Agency]) -> Iterator[Fault]:
    """A fault for every version whose successors or superiors lead back to itself."""
    successors: dict[str, set[str]] = {}
    parents: dict[str, set[str]] = {}
    for one in agencies:
        successors.setdefault(one.id, set()).update(one.successors)
        parents.setdefault(one.id, set()).update({one.parent} if one.parent else set())
    for n, one in enumerate(agencies):
        if one.successors and _comes_back(one.id, successors):
            yield fault(
                f"'{one.id}' được ghi là kế thừa vòng tròn: theo 'successors' lại gặp chính nó.",
                f"'{one.id}' follows itself: its successors lead back to it in a circle.",
                *("agencies", n, "successors"),
            )
        if one.parent and _comes_back(one.id, parents):
            yield fault(
                f"'{one.id}' là cấp trên của chính nó: 'parent' đi thành vòng tròn.",
                f"'{one.id}' answers to itself: its parents lead back to it in a circle.",
                *("agencies", n, "parent"),
            )


def _comes_back(start: str, ways: Heirs) -> bool:
    seen: set[str] = set()
    ahead = set(ways[start])
    while ahead:
        if start in ahead:
            return True
        seen |= ahead
        ahead = {there for one in ahead for there in ways.get(one, ())} - seen
    return False
