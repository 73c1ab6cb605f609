"""The shadow clock: the law's shortest limit, counted from the first receipt come what may."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from crisis.model.limit import Limit


@dataclass(frozen=True, kw_only=True, slots=True)
class Shadow:
    """From the first receipt that anybody recorded until `due_at`; `met_at`: the first statement.

    It is no deadline of the law: it shows beside the legal clock how long the public has waited.
    """

    starts_at: datetime
    due_at: datetime
    met_at: datetime | None

    def late(self, now: datetime) -> bool:
        """Whether nothing was said in that time."""
        return (self.met_at or now) > self.due_at


def shadow(receipts: Iterable[datetime], limit: Limit, met_at: datetime | None) -> Shadow:
    """The shadow of an incident, of which `receipts` are all times of receipt ever recorded."""
    first = min(receipts)
    return Shadow(starts_at=first, due_at=first + limit.span, met_at=met_at)
