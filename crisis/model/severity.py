"""How bad it is: four levels with hard floors that no judgement can go below."""

from collections.abc import Iterable
from enum import StrEnum


class Severity(StrEnum):
    """S1 low, S2 needs an answer, S3 communication incident, S4 emergency."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"

    @property
    def rank(self) -> int:
        """1 to 4."""
        return int(self.value[1])

    def at_least(self, other: "Severity") -> bool:
        """Whether this is as bad as `other` or worse."""
        return self.rank >= other.rank


class Floor(StrEnum):
    """A fact that forbids a lower severity (`law.yaml`, `severity.hard_floor`)."""

    LIFE_SAFETY = "life_safety"
    PUBLIC_HEALTH = "public_health"
    CHILD_VICTIM = "child_victim"
    PRESS_REQUEST = "press_request"
    SEVERAL_PROVINCES = "several_provinces"
    MAJOR_EVENT = "major_event"
    DIVIDED_OPINION = "divided_opinion"


LOWEST: dict[Floor, Severity] = {
    Floor.LIFE_SAFETY: Severity.S4,
    Floor.PUBLIC_HEALTH: Severity.S3,
    Floor.CHILD_VICTIM: Severity.S3,
    Floor.PRESS_REQUEST: Severity.S2,
    Floor.SEVERAL_PROVINCES: Severity.S4,
    Floor.MAJOR_EVENT: Severity.S3,
    Floor.DIVIDED_OPINION: Severity.S3,
}


def lowest_allowed(floors: Iterable[Floor]) -> Severity:
    """The lowest severity that the facts in `floors` allow; S1 where there are none."""
    return max((LOWEST[floor] for floor in floors), key=lambda s: s.rank, default=Severity.S1)


def with_floors(judged: Severity, floors: Iterable[Floor]) -> Severity:
    """`judged`, raised to the lowest allowed by `floors`; never lowered."""
    return max(judged, lowest_allowed(floors), key=lambda s: s.rank)
