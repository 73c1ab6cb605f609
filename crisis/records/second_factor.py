"""The second factor: a time-based code (TOTP, RFC 6238), each code good once."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime

import pyotp

from crisis.model.action import Action
from crisis.model.errors import NotAllowed
from crisis.model.words import words
from crisis.records import person
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.lockout import count_failure, is_locked
from crisis.records.schema.person import User
from crisis.records.seal import Seal
from crisis.records.sign_in import (
    Refused,
    SecondFactor,
    SessionToken,
    SignedIn,
    Why,
    open_session,
    session_of,
)

STEP_SECONDS = 30
LATE_OR_EARLY = 1
"""Steps by which a phone's clock may be off."""

WRONG_CODE = words(
    "Mã xác thực không đúng, đã dùng hoặc đã hết hạn. Xin nhập mã mới trên ứng dụng.",
    "The code is wrong, was used or has expired. Please enter the next one your app shows.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class TotpSetup:
    """What a person's app needs once: the secret, and the address for a QR code."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


async def set_totp(act: Act, seal: Seal, token: str, *, issuer: str) -> TotpSetup:
    """A new secret for the person of this session; it is in force once a code proves it.

    Raises NotAllowed without a session, or where a factor in force was not given: a password
    alone must not replace it.
    """
    signed = await _signed(act, token)
    if signed.factor is SecondFactor.TO_GIVE:
        raise NotAllowed(
            words(
                "Xin nhập mã xác thực đang dùng trước khi đổi sang mã mới.",
                "Please give your present second factor before you replace it.",
            )
        )
    user = await person.held(act, signed.user.id)
    setup = _fresh(user, issuer)
    user.totp_pending = seal.close_text(setup.secret, _purpose(user))
    return setup


async def confirm_totp(act: Act, seal: Seal, token: str, code: str) -> SessionToken | Refused:
    """Put the new secret in force by its first code; every other session of the person ends."""
    signed = await _signed(act, token)
    user = await person.held(act, signed.user.id)
    if user.totp_pending is None or signed.factor is SecondFactor.TO_GIVE:
        return Refused(why=Why.WRONG, sentence=WRONG_CODE)
    step = _step_of(seal.open_text(user.totp_pending, _purpose(user)), code, act.real)
    if step is None:
        return Refused(why=Why.WRONG, sentence=WRONG_CODE)
    user.totp_sealed, user.totp_pending, user.totp_last_step = user.totp_pending, None, step
    await person.changed(act, user, "second_factor")
    await act.note(OFFICE_CHAIN, Action.USER_SECOND_FACTOR_SET, {"user": user.id})
    return await open_session(act, user, second_factor=True, replaces=token)


async def check_totp(act: Act, seal: Seal, token: str, code: str) -> SessionToken | Refused:
    """Give the second factor: a new session under a new token, or a counted failure."""
    signed = await _signed(act, token)
    user = await person.held(act, signed.user.id)
    if is_locked(user, act.real):
        return Refused(why=Why.LOCKED, sentence=WRONG_CODE)
    if user.totp_sealed is None:
        return Refused(why=Why.WRONG, sentence=WRONG_CODE)
    step = _step_of(seal.open_text(user.totp_sealed, _purpose(user)), code, act.real)
    if step is None or step <= (user.totp_last_step or 0):
        await count_failure(act, user, "code")
        return Refused(why=Why.WRONG, sentence=WRONG_CODE)
    user.totp_last_step = step
    return await open_session(act, user, second_factor=True, replaces=token)


async def give_totp(act: Act, seal: Seal, user_id: str, *, issuer: str) -> TotpSetup:
    """An operator gives a person a second factor that is in force at once (`user add`)."""
    user = await person.held(act, user_id)
    setup = _fresh(user, issuer)
    user.totp_sealed = seal.close_text(setup.secret, _purpose(user))
    user.totp_pending, user.totp_last_step = None, None
    await person.changed(act, user, "second_factor")
    await act.note(OFFICE_CHAIN, Action.USER_SECOND_FACTOR_SET, {"user": user.id})
    return setup


async def remove_totp(act: Act, user_id: str) -> None:
    """Take away a lost second factor; who needs one has to set another at the next sign-in."""
    user = await person.held(act, user_id)
    user.totp_sealed = user.totp_pending = user.totp_last_step = None
    await person.changed(act, user, "second_factor_removed")


async def _signed(act: Act, token: str) -> SignedIn:
    signed = await session_of(act.session, token, at=act.real)
    if signed is None:
        raise NotAllowed(
            words(
                "Phiên làm việc đã hết. Xin đăng nhập lại.",
                "Your session has ended. Please sign in again.",
            )
        )
    return signed


def _fresh(user: User, issuer: str) -> TotpSetup:
    secret = pyotp.random_base32()
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=issuer)
    return TotpSetup(secret=secret, uri=uri)


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step to which `code` belongs near `at`; None where it is of none of them."""
    told = "".join(code.split()).encode()
    totp, now = pyotp.TOTP(secret), int(at.timestamp()) // STEP_SECONDS
    around = range(now - LATE_OR_EARLY, now + LATE_OR_EARLY + 1)
    right = [s for s in around if hmac.compare_digest(totp.generate_otp(s).encode(), told)]
    return max(right, default=None)


def _purpose(user: User) -> str:
    """Sealed for one person: copied to another row it does not open."""
    return f"totp:{user.id}"
