"""A delivery: its states, when to try again and until when, and when a publication is out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from crisis.model.parcel import Act

PUBLIC = "site"
"""The outlet at which a public statement is out."""

PATIENCE = timedelta(hours=24)
"""Real time in which an outlet that says "later" is asked again."""

READINGS_BEFORE_TOLD, LAST_READING = 3, 12
"""Looks that do not find the approved bytes: after which the coordinator is told, and the last."""

LONGEST_WAIT_MINUTES = 64
LEAST_SHARE = 0.75
"""Jitter only shortens a wait, down to this share of it, so that the cap stays a cap."""

TOO_EARLY, TOO_MANY, REQUEST_TIMEOUT = 425, 429, 408
SERVER_FAULT = 500


class DeliveryState(StrEnum):
    """Where one delivery stands; to publish again after `failed` or `cancelled` is a new one."""

    PENDING = "pending"
    SENDING = "sending"
    ACCEPTED = "accepted"
    VERIFIED_LIVE = "verified_live"
    RETRYING = "retrying"
    FAILED = "failed"
    CANCELLED = "cancelled"


_S = DeliveryState

WAITING = frozenset({_S.PENDING, _S.RETRYING})
TAKEN = frozenset({_S.ACCEPTED, _S.VERIFIED_LIVE})
SETTLED = frozenset({_S.ACCEPTED, _S.VERIFIED_LIVE, _S.FAILED, _S.CANCELLED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """What a place is still owed: for which act of ours, after how many tries, until when."""

    act: Act
    attempts: int
    expires_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Next:
    """What becomes of a delivery: its new state, and the instant of the next try if any."""

    state: DeliveryState
    at: datetime | None = None


def backoff(attempts: int, *, jitter: float) -> timedelta:
    """How long to wait after `attempts` failed tries: 2^attempts minutes, at most 64.

    `jitter` from 0 to 1 takes up to a quarter off, so that retries do not march in step.
    """
    minutes = min(2 ** min(max(attempts, 0), 6), LONGEST_WAIT_MINUTES)
    return timedelta(minutes=minutes * (1 - (1 - LEAST_SHARE) * min(max(jitter, 0.0), 1.0)))


def after_failure(owed: Owed, *, permanent: bool, now: datetime, jitter: float) -> Next:
    """What follows a failed try; `owed.attempts` counts it already.

    A permanent refusal is not tried again, and nothing is tried at or after its expiry.
    """
    if permanent:
        return Next(state=_S.FAILED)
    at = now + backoff(owed.attempts, jitter=jitter)
    if expired(owed, at):
        return Next(state=_S.FAILED)
    return Next(state=_S.RETRYING, at=at)


def expired(owed: Owed, now: datetime) -> bool:
    """Whether it may not be sent any more; a withdrawal never expires."""
    if owed.act is Act.WITHDRAWAL or owed.expires_at is None:
        return False
    return now >= owed.expires_at


def expiry(act: Act, since: datetime) -> datetime | None:
    """After which instant what is owed from `since` on is not tried any more; a person is told."""
    return None if act is Act.WITHDRAWAL else since + PATIENCE


def is_out(owed: Iterable[tuple[str, DeliveryState]]) -> bool:
    """Whether a publication is out: on the public outlet, where it goes there and was not refused.

    `owed` are the outlets with their states. What goes to newsrooms alone is out with the first.
    """
    told = [(outlet, state) for outlet, state in owed if state not in {_S.FAILED, _S.CANCELLED}]
    public = [state for outlet, state in told if outlet == PUBLIC]
    return any(state in TAKEN for state in public or [state for _, state in told])


def look_again(readings: int, now: datetime) -> datetime | None:
    """When to read back again after `readings` looks did not find the approved bytes."""
    return now + backoff(readings, jitter=0) if readings < LAST_READING else None


def smtp_permanent(code: int | None) -> bool:
    """Whether an SMTP reply says never: 500 and above; 4xx and no reply mean later (RFC 5321)."""
    return code is not None and code >= SERVER_FAULT


def http_permanent(code: int | None) -> bool:
    """Whether an HTTP answer says never: 3xx and 4xx but 408, 425 and 429; others mean later."""
    if code is None or code >= SERVER_FAULT:
        return False
    return code not in {REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY}
