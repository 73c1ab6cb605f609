"""Passwords: what is asked of one, and its Argon2id hash, made and checked off the event loop."""

import asyncio
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from crisis.model.errors import BadInput
from crisis.model.words import words

SHORTEST = 12
LONGEST = 256
"""Longer ones would only cost the server time."""

# OWASP's second setting for Argon2id: strong enough behind a lock-out, and 19 MiB a try, so that
# many tries at once do not take the machine's memory.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def check_password(password: str, email: str) -> None:
    """Refuse a password that is too short or too long, or that is the e-mail address.

    Raises BadInput with `field` "password".
    """
    password = _normal(password)
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(
            words(
                f"Mật khẩu cần từ {SHORTEST} đến {LONGEST} ký tự; nên dùng một câu dễ nhớ.",
                f"A password has {SHORTEST} to {LONGEST} characters; a phrase is best.",
            ),
            field="password",
        )
    if password.strip().casefold() in {email.casefold(), email.partition("@")[0].casefold()}:
        raise BadInput(
            words(
                "Mật khẩu không được trùng địa chỉ e-mail.",
                "The password must not be the e-mail address.",
            ),
            field="password",
        )
    if len(set(password)) < SHORTEST // 2:
        raise BadInput(
            words(
                "Mật khẩu lặp lại quá ít ký tự khác nhau.",
                "The password repeats too few different characters.",
            ),
            field="password",
        )


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A password that may be set, as it is stored: hashed before the act that stores it begins."""

    stored: str = field(repr=False)


async def new_password(password: str, email: str) -> NewPassword:
    """Check and hash a password for the person with this address. Raises BadInput."""
    check_password(password, email)
    return NewPassword(await hashed(password))


async def hashed(password: str) -> str:
    """The Argon2id hash of `password`, its NFC form."""
    return await asyncio.to_thread(_HASHER.hash, _normal(password))


async def matches(password: str, stored: str | None) -> bool:
    """Whether `password` has the hash `stored`; takes as long where there is none."""
    told = _normal(password[: LONGEST + 1])
    found = await asyncio.to_thread(_verify, told, stored)
    return found and stored is not None and len(told) <= LONGEST


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def _verify(password: str, stored: str | None) -> bool:
    try:
        return _HASHER.verify(stored or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash that is checked for people whom we do not know, so that they cannot be told apart."""
    return _HASHER.hash("nobody")
