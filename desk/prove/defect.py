"""Twelve defects and one more, seeded one by one: each must be caught, or the proof proves nothing.

A defect is put around or in place of a function of the product in the parts of a self-test, before
they begin. The product has no switch for any of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from crisis.records import deadline, delivery, mail, turn
from desk.prove import defect_at_work, defect_in_records
from desk.prove.kill_point import Point
from desk.prove.receiver import Manner
from desk.prove.strike import Aim

NEVER = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Defect:
    """What is wrong, how it is seeded, what is done to bring it out, and which rules may see it.

    `aims` are kills, each with the passing at which it strikes; `jump_hours` moves the clock.
    """

    says: str
    seed: Callable[[], None]
    rules: frozenset[str]
    aims: tuple[tuple[Aim, int], ...] = ()
    manner: Manner = Manner.FINE
    jump_hours: int = 0


def _worker(point: Point, *nths: int) -> tuple[tuple[Aim, int], ...]:
    return tuple((Aim(part="worker", point=point), nth) for nth in nths)


async def _no_miss(*_: object) -> bool:
    return False


def _mail_claim() -> None:
    mail.CLAIM = NEVER


def _delivery_claim() -> None:
    delivery.CLAIM = NEVER


def _lease() -> None:
    turn.LEASE = NEVER


def _deadline() -> None:
    deadline.miss = _no_miss  # type: ignore[assignment]


DEFECTS: Mapping[str, Defect] = {
    "sent_before_claim": Defect(
        says="a mail is sent before its claim is committed",
        seed=defect_at_work.send_before_claim,
        rules=frozenset({"mail unclaimed", "mail twice"}),
        aims=_worker(Point.AFTER_SMTP, 1),
    ),
    "mail_claim_for_ever": Defect(
        says="the claim on a mail outlives the process that made it",
        seed=_mail_claim,
        rules=frozenset({"mail lost", "incident lost"}),
        aims=_worker(Point.BEFORE_SMTP, 1),
    ),
    "ledger_outside": Defect(
        says="ledger entries are written after the transaction, in one of their own",
        seed=defect_in_records.ledger_outside,
        rules=frozenset({"mail unknown", "deadline silent", "not approved", "publication lost"}),
        aims=_worker(Point.AFTER_COMMIT, 1, 2, 1),
    ),
    "approval_not_asked": Defect(
        says="a statement goes out without its approval being checked",
        seed=defect_at_work.skip_approval,
        rules=frozenset({"not approved"}),
    ),
    "key_anew": Defect(
        says="an outlet gets another key with every try",
        seed=defect_at_work.key_anew,
        rules=frozenset({"published twice"}),
        manner=Manner.LOST,
    ),
    "bytes_changed": Defect(
        says="the site shows other bytes than were approved",
        seed=defect_at_work.change_bytes,
        rules=frozenset({"not approved"}),
    ),
    "wake_up_dropped": Defect(
        says="a decision of an approver wakes nobody",
        seed=defect_in_records.drop_wake_ups,
        rules=frozenset({"incident lost"}),
    ),
    "lease_for_ever": Defect(
        says="the lease of a killed run is never taken over",
        seed=_lease,
        rules=frozenset({"incident lost"}),
        aims=_worker(Point.LEASE_TAKEN, 1),
    ),
    "delivery_claim_for_ever": Defect(
        says="the claim on a delivery outlives the process that made it",
        seed=_delivery_claim,
        rules=frozenset({"publication lost", "incident lost", "mail lost"}),
        aims=_worker(Point.BEFORE_OUTLET, 1),
    ),
    "deadline_forgotten": Defect(
        says="a deadline that passes is not recorded",
        seed=_deadline,
        rules=frozenset({"deadline silent"}),
        jump_hours=60,
    ),
    "message_id_anew": Defect(
        says="a mail gets another Message-ID with every try",
        seed=defect_at_work.message_id_anew,
        rules=frozenset({"mail unknown"}),
    ),
    "answer_not_kept": Defect(
        says="the desk says that it was taken before it is committed",
        seed=defect_in_records.forget_writes,
        rules=frozenset({"deed lost", "incident lost"}),
    ),
    "chain_forked": Defect(
        says="an entry does not name the one before it",
        seed=defect_in_records.fork_chain,
        rules=frozenset({"chain broken"}),
    ),
}
"""By name. The one that breaks chains is last: what it broke stays broken."""
