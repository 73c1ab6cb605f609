"""What a surge is told by: figures beside their floors, and what must hold."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from crisis.audit.check import check_ledger
from crisis.office.office import Office

GROWTH = 2.0
"""A machine that others share measures no closer than so many times."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One measurement at one `size`, a count of `of`; `ratio` is value over floor, in `unit`."""

    bench: str
    database: str
    size: int
    of: str
    value: float
    unit: str
    floor: float
    against: str
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """Value over floor; 0 where the floor is nothing."""
        return round(self.value / self.floor, 2) if self.floor else 0.0

    def as_json(self) -> dict[str, Any]:
        """The figure as one flat JSON object."""
        told: dict[str, Any] = asdict(self)
        more: dict[str, Any] = told.pop("more")
        return told | {"ratio": self.ratio} | more


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What must hold for the bench to have been worth anything, and whether it does."""

    says: str
    holds: bool


async def chains_hold(office: Office) -> Claim:
    """Whether every chain of the ledger holds."""
    checked = await check_ledger(office)
    return Claim(says=f"every chain holds: {checked.breaks[:3]}", holds=checked.holds)


def three(most: int, by: int) -> tuple[int, ...]:
    """Three sizes up to `most`, each `by` times the one before, none below 1 or told twice."""
    return tuple(sorted({max(most // by**step, 1) for step in range(3)}))


def rank(values: list[float], share: float) -> float:
    """The smallest of `values` that `share` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
