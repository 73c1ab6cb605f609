"""A token bucket: how many sends a server takes, as a pure value."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Bucket:
    """`per_minute` tokens flow in evenly up to `size`; a send takes one.

    `tokens` is what stood in it at `at`.
    """

    per_minute: int
    size: int
    tokens: float
    at: datetime

    @classmethod
    def full(cls, *, per_minute: int, size: int, at: datetime) -> "Bucket":
        """A bucket that has rested."""
        return cls(per_minute=per_minute, size=size, tokens=float(size), at=at)

    def filled(self, now: datetime) -> "Bucket":
        """The same bucket at `now`; a clock that went back adds and takes nothing."""
        minutes = max((now - self.at).total_seconds(), 0.0) / 60
        tokens = min(self.tokens + minutes * self.per_minute, float(self.size))
        return replace(self, tokens=tokens, at=max(now, self.at))

    def take(self, now: datetime) -> tuple["Bucket", timedelta]:
        """The bucket after one send, and how long that send must wait first (zero: go now).

        Waiting sends are booked in their order: the bucket goes below zero and later ones wait
        longer.
        """
        bucket = self.filled(now)
        left = bucket.tokens - 1
        wait = timedelta(minutes=max(-left, 0.0) / self.per_minute)
        return replace(bucket, tokens=left), wait
