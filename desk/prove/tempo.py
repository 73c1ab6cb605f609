"""The tempo of a campaign: waits that the product counts in minutes become seconds."""

from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

from crisis.model import breaker
from crisis.model import delivery as delivery_rule
from crisis.office import delivering, mailing
from crisis.records import delivery, mail, timer, turn
from desk import outbox


@dataclass(frozen=True, kw_only=True, slots=True)
class Tempo:
    """Seconds of the waits that the product counts in minutes; see docs/proof.md for each."""

    lease: float = 15
    claim: float = 25
    forgotten: float = 12
    retry: float = 4
    rest: float = 10


def quicken(tempo: Tempo) -> None:
    """Shorten the waits in this process, before any part begins."""
    turn.LEASE = timedelta(seconds=tempo.lease)
    mail.CLAIM = delivery.CLAIM = timedelta(seconds=tempo.claim)
    timer.CLAIM = timedelta(seconds=tempo.claim)
    setattr(import_module("tasks.reconciliation"), "FORGOTTEN", timedelta(seconds=tempo.forgotten))  # noqa: B010
    outbox.AT_WORK = timedelta(seconds=tempo.claim)
    delivering.LATER = timedelta(seconds=tempo.retry)

    def backoff(attempts: int, *, jitter: float) -> timedelta:
        return timedelta(seconds=tempo.retry * min(attempts, 4) * (1 - jitter / 4))

    delivery_rule.backoff = mailing.backoff = backoff  # type: ignore[attr-defined]
    defaults = breaker.Breaker.__init__.__kwdefaults__ or {}
    defaults["rest"] = timedelta(seconds=tempo.rest)
