"""The only reader of time: the office's clock, which is the real one except in an exercise."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from crisis.model.errors import Misconfigured
from crisis.model.words import words


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """Office time: it was `anchor_office` at the real instant `anchor_real`, and runs at `rate`.

    Rate 1 is real speed, 60 an hour per minute, 0 stands still. Without anchors it is real time.
    """

    anchor_real: datetime | None = None
    anchor_office: datetime | None = None
    rate: float = 1.0

    def __post_init__(self) -> None:
        anchors = [at for at in (self.anchor_real, self.anchor_office) if at is not None]
        aware = all(at.tzinfo is not None for at in anchors)
        if len(anchors) == 1 or not aware or self.rate < 0 or (self.rate != 1 and not anchors):
            raise Misconfigured(
                words(
                    "Đồng hồ diễn tập cần hai mốc giờ có múi giờ và tốc độ không âm.",
                    "An exercise clock needs two anchors with a time zone and a rate not below 0.",
                ),
                setting="clock",
            )

    @classmethod
    def real(cls) -> "Clock":
        """The clock of an office at work."""
        return cls()

    @classmethod
    def exercise(cls, *, anchor_real: datetime, anchor_office: datetime, rate: float) -> "Clock":
        """The clock of an exercise, from the three values that its row stores."""
        return cls(anchor_real=anchor_real, anchor_office=anchor_office, rate=rate)

    @property
    def is_real(self) -> bool:
        """Whether office time is real time."""
        return self.anchor_office is None

    def now(self) -> datetime:
        """Office time, aware, in UTC."""
        return self.office_time(self.real_now())

    def real_now(self) -> datetime:
        """Real time, aware, in UTC, also in an exercise: the ledger's `at`."""
        return datetime.now(UTC)

    def office_time(self, real: datetime) -> datetime:
        """The office time at the real instant `real`, in UTC."""
        if self.anchor_real is None or self.anchor_office is None:
            return real.astimezone(UTC)
        return (self.anchor_office + (real - self.anchor_real) * self.rate).astimezone(UTC)

    def monotonic(self) -> float:
        """Real seconds from an arbitrary point, never going back: for durations only."""
        return time.monotonic()
