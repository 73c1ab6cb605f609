"""Lock-out: wrong passwords and codes close an account for a while, longer every time."""

from datetime import datetime, timedelta

from crisis.model.action import Action
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.person import User

TRIES = 5
FIRST = timedelta(minutes=15)
LONGEST = timedelta(hours=4)
"""A lock is also a way to keep an approver out, so it ends, and an admin can lift it."""


def lock_after(failures: int) -> timedelta | None:
    """How long the account closes after this many failures in a row; None: it stays open."""
    rounds, more = divmod(failures, TRIES)
    if more or not rounds:
        return None
    return min(FIRST * (1 << min(rounds - 1, 10)), LONGEST)


def is_locked(user: User, at: datetime) -> bool:
    """Whether the account is closed at the real time `at`."""
    return user.locked_until is not None and at < user.locked_until


async def count_failure(act: Act, user: User, step: str) -> None:
    """Count a wrong `step` (password, code) of `user`, whose row is held, and lock when due."""
    user.failures += 1
    lock = lock_after(user.failures)
    told = {"user": user.id, "step": step, "failures": user.failures}
    await act.note(OFFICE_CHAIN, Action.USER_SIGN_IN_FAILED, told)
    if lock is not None:
        user.locked_until = act.real + lock
        seconds = int(lock.total_seconds())
        await act.note(OFFICE_CHAIN, Action.USER_LOCKED, {"user": user.id, "seconds": seconds})


def forgive(user: User) -> None:
    """Forget the failures after a complete sign-in."""
    user.failures, user.locked_until = 0, None
