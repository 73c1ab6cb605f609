"""A delivery: its states and moves, when to try again, and what must go first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from crisis.model.errors import RuleBroken
from crisis.model.parcel import Act
from crisis.model.words import words

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
    """Where one delivery stands."""

    PENDING = "pending"
    SENDING = "sending"
    ACCEPTED = "accepted"
    VERIFIED_LIVE = "verified_live"
    RETRYING = "retrying"
    FAILED = "failed"
    CANCELLED = "cancelled"


_S = DeliveryState

MOVES: dict[DeliveryState, frozenset[DeliveryState]] = {
    _S.PENDING: frozenset({_S.SENDING, _S.CANCELLED}),
    _S.SENDING: frozenset({_S.ACCEPTED, _S.RETRYING, _S.FAILED}),
    # Read-back that finds the bytes gone or changed hands over the same parcel once more.
    _S.ACCEPTED: frozenset({_S.VERIFIED_LIVE, _S.RETRYING, _S.FAILED}),
    _S.RETRYING: frozenset({_S.SENDING, _S.FAILED, _S.CANCELLED}),
    _S.VERIFIED_LIVE: frozenset({_S.RETRYING}),
    _S.FAILED: frozenset(),
    _S.CANCELLED: frozenset(),
}
"""Every legal move; to publish again after `failed` or `cancelled` is a new delivery."""

WAITING = frozenset({_S.PENDING, _S.RETRYING})
TAKEN = frozenset({_S.ACCEPTED, _S.VERIFIED_LIVE})
SETTLED = frozenset({_S.ACCEPTED, _S.VERIFIED_LIVE, _S.FAILED, _S.CANCELLED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One publication for one outlet and recipient.

    `family` is shared by a statement and all its updates, corrections and withdrawals; `order`
    counts up within it. `attempts` are those already made. A withdrawal has no `expires_at`.
    """

    key: str
    outlet: str
    recipient: str
    family: str
    order: int
    act: Act
    state: DeliveryState
    attempts: int = 0
    expires_at: datetime | None = None

    @property
    def place(self) -> tuple[str, str, str]:
        """What must arrive in order: the same family at the same outlet and recipient."""
        return (self.family, self.outlet, self.recipient)


@dataclass(frozen=True, kw_only=True, slots=True)
class Next:
    """What becomes of a delivery: its new state, and the instant of the next try if any."""

    state: DeliveryState
    at: datetime | None = None


def may_move(here: DeliveryState, there: DeliveryState) -> bool:
    """Whether the table of moves allows `here` → `there`."""
    return there in MOVES[here]


def check_move(here: DeliveryState, there: DeliveryState) -> None:
    """Refuse an illegal move. Raises RuleBroken."""
    if not may_move(here, there):
        raise RuleBroken(
            words(
                f"Lượt gửi đang ở trạng thái “{here}” không chuyển sang “{there}” được.",
                f"A delivery that is “{here}” cannot become “{there}”.",
            ),
            rule="delivery_moves",
        )


def backoff(attempts: int, *, jitter: float) -> timedelta:
    """How long to wait after `attempts` failed tries: 2^attempts minutes, at most 64.

    `jitter` from 0 to 1 takes up to a quarter off, so that retries do not march in step.
    """
    minutes = min(2 ** min(max(attempts, 0), 6), LONGEST_WAIT_MINUTES)
    return timedelta(minutes=minutes * (1 - (1 - LEAST_SHARE) * min(max(jitter, 0.0), 1.0)))


def after_failure(delivery: Delivery, *, permanent: bool, now: datetime, jitter: float) -> Next:
    """What follows a failed try; `delivery.attempts` counts it already.

    A permanent refusal is not tried again, and nothing is tried at or after its expiry.
    """
    if permanent:
        return Next(state=_S.FAILED)
    at = now + backoff(delivery.attempts, jitter=jitter)
    if expired(delivery, at):
        return Next(state=_S.FAILED)
    return Next(state=_S.RETRYING, at=at)


def expired(delivery: Delivery, now: datetime) -> bool:
    """Whether it may not be sent any more; a withdrawal never expires."""
    if delivery.act is Act.WITHDRAWAL or delivery.expires_at is None:
        return False
    return now >= delivery.expires_at


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


def blocker(delivery: Delivery, others: Iterable[Delivery]) -> Delivery | None:
    """The earliest delivery of the same family to the same place that must be settled first."""
    before = (
        other
        for other in others
        if other.place == delivery.place
        and other.order < delivery.order
        and other.state not in SETTLED
    )
    return min(before, key=lambda other: other.order, default=None)


def overtaken(delivery: Delivery, others: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """Earlier deliveries not yet sent that `delivery` makes wrong to send: cancel them.

    Only a correction or a withdrawal does so; an update leaves what it adds to.
    """
    if delivery.act not in {Act.CORRECTION, Act.WITHDRAWAL}:
        return ()
    return tuple(
        other
        for other in others
        if other.place == delivery.place and other.order < delivery.order and other.state in WAITING
    )


def may_send(delivery: Delivery, others: Iterable[Delivery], *, now: datetime) -> bool:
    """Whether it may be sent now, as far as state, expiry and order go."""
    waits = delivery.state in WAITING and not expired(delivery, now)
    return waits and blocker(delivery, others) is None


def smtp_permanent(code: int | None) -> bool:
    """Whether an SMTP reply says never: 500 and above; 4xx and no reply mean later (RFC 5321)."""
    return code is not None and code >= SERVER_FAULT


def http_permanent(code: int | None) -> bool:
    """Whether an HTTP answer says never: 3xx and 4xx but 408, 425 and 429; others mean later."""
    if code is None or code >= SERVER_FAULT:
        return False
    return code not in {REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY}
