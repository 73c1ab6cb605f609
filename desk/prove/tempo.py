"""The tempo of a campaign: waits that the product counts in minutes become seconds."""

from dataclasses import dataclass
from datetime import timedelta

from crisis.model import breaker
from crisis.model import delivery as delivery_rule
from crisis.office import mailing
from crisis.office.statement import delivering
from crisis.records import delivery, mail, timer, turn
from desk import dispatch, forgotten, outbox


@dataclass(frozen=True, kw_only=True, slots=True)
class Tempo:
    """Seconds of the waits that the product counts in minutes; see docs/proof.md for each."""

    lease: float = 15
    claim: float = 25
    forgotten: float = 4
    look_round: float = 2.5
    retry: float = 4
    rest: float = 10


def quicken(tempo: Tempo) -> None:
    """Shorten the waits in this process, before any part begins."""
    turn.LEASE = timedelta(seconds=tempo.lease)
    mail.CLAIM = delivery.CLAIM = timedelta(seconds=tempo.claim)
    timer.CLAIM = timedelta(seconds=tempo.claim)
    forgotten.STALLED = timedelta(seconds=tempo.forgotten)
    outbox.AT_WORK = timedelta(seconds=tempo.claim)
    delivering.LATER = timedelta(seconds=tempo.retry)

    def backoff(attempts: int, *, jitter: float) -> timedelta:
        return timedelta(seconds=tempo.retry * min(attempts, 4) * (1 - jitter / 4))

    delivery_rule.backoff = mailing.backoff = backoff  # type: ignore[attr-defined]
    _default(breaker.Breaker, rest=tempo.rest)
    _default(dispatch.Dispatcher, look_round=tempo.look_round)


def _default(kind: type, **seconds: float) -> None:
    """Let `kind` be made with other waits."""
    defaults = getattr(kind, "__init__").__kwdefaults__  # noqa: B009  (mypy: of an instance)
    defaults.update({name: timedelta(seconds=wait) for name, wait in seconds.items()})
