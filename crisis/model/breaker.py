"""A breaker: stops trying an outlet that keeps failing, and lets one try through after a rest."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

FAILURES_TO_OPEN = 5
REST = timedelta(minutes=5)


class BreakerState(StrEnum):
    """Closed lets everything through, open nothing, half-open the one try that decides."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, kw_only=True, slots=True)
class Breaker:
    """Consecutive failures of one outlet, and until when it rests.

    Count only failures of the outlet itself (those that are not permanent): a refused recipient
    says nothing about the server. The claim of the half-open try is the caller's conditional
    update of the same row.
    """

    failures: int = 0
    open_until: datetime | None = None
    limit: int = FAILURES_TO_OPEN
    rest: timedelta = REST

    def state(self, now: datetime) -> BreakerState:
        """What it lets through at `now`."""
        if self.open_until is None:
            return BreakerState.CLOSED
        return BreakerState.OPEN if now < self.open_until else BreakerState.HALF_OPEN

    def lets_through(self, now: datetime) -> bool:
        """Whether a try may be made at `now`."""
        return self.state(now) is not BreakerState.OPEN

    def trying(self, now: datetime) -> "Breaker":
        """After a try was let through: while a half-open one runs, no second one starts."""
        if self.state(now) is not BreakerState.HALF_OPEN:
            return self
        return replace(self, open_until=now + self.rest)

    def failed(self, now: datetime) -> "Breaker":
        """After a failure: opens at the limit, and again when the half-open try fails."""
        failures = self.failures + 1
        opens = failures >= self.limit
        return replace(self, failures=failures, open_until=now + self.rest if opens else None)
