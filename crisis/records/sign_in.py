"""Signing in with a password, and the session that follows. All times here are real."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.clock import Clock
from crisis.model.action import Action
from crisis.model.ledger import Actor, ActorKind
from crisis.model.role import APPROVING, Role
from crisis.model.words import Words, words
from crisis.records import bearer, person
from crisis.records.act import OFFICE_CHAIN, SYSTEM, Act, Records
from crisis.records.lockout import count_failure, forgive, is_locked
from crisis.records.password import matches
from crisis.records.schema.person import SignIn, User

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
"""A page view moves the idle limit at most this often, so that reading does not always write."""

NEED_SECOND_FACTOR = frozenset({*APPROVING, Role.ADMIN})


class SecondFactor(StrEnum):
    """Where a session stands with the second factor."""

    NOT_NEEDED = "not_needed"
    TO_SET = "to_set"
    TO_GIVE = "to_give"
    GIVEN = "given"


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionToken:
    """A session that was just opened: `token` is told once, for the cookie."""

    token: str = field(repr=False)
    csrf: str = field(repr=False)
    until: datetime
    factor: SecondFactor


class Why(StrEnum):
    """Why a sign-in was refused; the person is told the same in every case."""

    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """No session. It is a value, not an error, because the counted failure has to be committed."""

    why: Why
    sentence: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """Who is on the other side of a valid session token."""

    user: User
    csrf: str = field(repr=False)
    factor: SecondFactor
    seen_at: datetime

    @property
    def complete(self) -> bool:
        """Whether pages open; otherwise only those of the second factor do."""
        return self.factor in (SecondFactor.GIVEN, SecondFactor.NOT_NEEDED)


REFUSAL = words(
    "E-mail hoặc mật khẩu không đúng. Sau 5 lần sai liên tiếp, tài khoản tạm khóa ít nhất 15 phút.",
    "E-mail or password is wrong. After 5 wrong tries in a row the account is locked "
    "for at least 15 minutes.",
)


async def sign_in(
    records: Records, email: str, password: str, *, replaces: str | None = None
) -> SessionToken | Refused:
    """Open a session for whoever knows the password; `replaces` is the token the browser had.

    It takes `records`, not an act, because hashing is slow and must not hold a transaction.
    Unknown people, wrong passwords and locked accounts take as long and get the same sentence.
    """
    async with records.look() as session:
        known = await person.by_email(session, email)
    checked = known.password_hash if known else None
    right = await matches(password, checked)
    if known is None:
        return Refused(why=Why.WRONG, sentence=REFUSAL)
    actor = Actor(kind=ActorKind.USER, id=known.id) if right else SYSTEM
    async with records.act(actor) as act:
        user = await person.held(act, known.id)
        if is_locked(user, act.real):
            return Refused(why=Why.LOCKED, sentence=REFUSAL)
        if not user.active or user.password_hash != checked:
            return Refused(why=Why.WRONG, sentence=REFUSAL)
        if not right:
            await count_failure(act, user, "password")
            return Refused(why=Why.WRONG, sentence=REFUSAL)
        return await open_session(act, user, second_factor=False, replaces=replaces)


async def open_session(
    act: Act, user: User, *, second_factor: bool, replaces: str | None
) -> SessionToken:
    """A new session under a new token; the old token is dead, so a planted one is worth nothing."""
    if replaces is not None:
        await sign_out(act, replaces)
    token, csrf = bearer.fresh(), bearer.fresh()
    row = SignIn(
        token_hash=bearer.hash_of(token),
        user_id=user.id,
        csrf=csrf,
        second_factor=second_factor,
        made_at=act.real,
        seen_at=act.real,
        until=act.real + LONGEST,
    )
    act.session.add(row)
    factor = factor_of(user, given=second_factor)
    if factor is not SecondFactor.TO_GIVE:
        forgive(user)
    await act.session.flush()
    await act.note(
        OFFICE_CHAIN, Action.USER_SIGNED_IN, {"user": user.id, "second_factor": factor.value}
    )
    return SessionToken(token=token, csrf=csrf, until=row.until, factor=factor)


def factor_of(user: User, *, given: bool) -> SecondFactor:
    """What the second factor is to this person now."""
    if given:
        return SecondFactor.GIVEN
    if user.totp_sealed is not None:
        return SecondFactor.TO_GIVE
    needed = NEED_SECOND_FACTOR & set(user.roles)
    return SecondFactor.TO_SET if needed else SecondFactor.NOT_NEEDED


async def session_of(session: AsyncSession, token: str, *, at: datetime) -> SignedIn | None:
    """Who is signed in with `token` at the real time `at`; None where the session ended."""
    rows = await session.execute(
        select(SignIn, User)
        .join(User, User.id == SignIn.user_id)
        .where(
            SignIn.token_hash == bearer.hash_of(token),
            SignIn.until > at,
            SignIn.seen_at > at - IDLE,
            User.active,
        )
    )
    found = rows.one_or_none()
    if found is None:
        return None
    row, user = found
    factor = factor_of(user, given=row.second_factor)
    return SignedIn(user=user, csrf=row.csrf, factor=factor, seen_at=row.seen_at)


async def visit(records: Records, token: str) -> SignedIn | None:
    """`session_of` now, and the idle limit moves on."""
    at = Clock.real().real_now()
    async with records.look() as session:
        found = await session_of(session, token, at=at)
    if found is not None and at - found.seen_at >= SEEN_EVERY:
        async with records.act() as act:
            await act.session.execute(
                update(SignIn)
                .where(SignIn.token_hash == bearer.hash_of(token))
                .values(seen_at=act.real)
            )
    return found


async def sign_out(act: Act, token: str) -> None:
    """End the session of `token`."""
    await act.session.execute(delete(SignIn).where(SignIn.token_hash == bearer.hash_of(token)))


async def forget_ended(act: Act) -> int:
    """Remove sessions that ended by themselves; how many."""
    ended = or_(SignIn.until <= act.real, SignIn.seen_at <= act.real - IDLE)
    gone = await act.session.scalars(delete(SignIn).where(ended).returning(SignIn.token_hash))
    return len(gone.all())
