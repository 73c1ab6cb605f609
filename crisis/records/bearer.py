"""Bearer secrets: random, told once, stored as their SHA-256."""

from hashlib import sha256
from secrets import token_urlsafe

BYTES = 32


def fresh() -> str:
    """A new secret of 256 random bits, safe in URLs, headers and cookies."""
    return token_urlsafe(BYTES)


def hash_of(secret: str) -> str:
    """How `secret` is stored: 256 random bits need no salt and no slow hash."""
    return sha256(secret.encode()).hexdigest()
