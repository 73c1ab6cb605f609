"""Links and tokens: random ones that are stored hashed, and signed ones that are stored nowhere."""

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from crisis.model.errors import BadInput, NotFound
from crisis.model.words import words

_MAC_CHARACTERS = 32
"""Hex digits of a signature: 128 bits."""

_REPLY_MAC_BYTES = 10
"""80 bits: a mailbox name has 64 characters at most, and a forged reply is read by a human."""


def new_token() -> str:
    """A random token for a task link, 256 bits; only its hash is stored."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Lowercase hex SHA-256 under which a token is stored and looked up."""
    return sha256(token.encode()).hexdigest()


def sign(value: str, *, secret: bytes, purpose: str, until: datetime) -> str:
    """`value` with its end of validity (to the second) and a signature, safe in a URL path.

    A signature for one `purpose` is worth nothing for another. `value` may be any text.
    """
    packed = base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")
    body = f"{packed}.{int(until.timestamp()):x}"
    return f"{body}.{_mac(secret, purpose, body)}"


def read_signed(signed: str, *, secret: bytes, purpose: str, now: datetime) -> str:
    """The value of a signed text; raises NotFound where it is forged, BadInput where too old."""
    body, _, mac = signed.rpartition(".")
    # Half a surrogate pair, which only a forger sends, has no bytes to compare.
    whole = signed.isascii() and hmac.compare_digest(mac, _mac(secret, purpose, body))
    if not whole:
        raise NotFound(_NO_SUCH_LINK)
    packed, _, until = body.partition(".")
    if int(until, 16) < now.timestamp():
        raise BadInput(
            words(
                "Liên kết đã hết hạn; xin yêu cầu liên kết mới.",
                "The link has expired; ask for a new one.",
            ),
            field="link",
        )
    return base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()


def reply_token(task: UUID, *, secret: bytes) -> str:
    """The sub-address for replies about `task`: 42 characters, lower case as some servers do."""
    return _base32(task.bytes) + _base32(_reply_mac(task.bytes, secret))


def task_of_reply(token: str, *, secret: bytes) -> UUID:
    """The task that a reply is about; raises NotFound where the token is forged."""
    try:
        task = base64.b32decode(token[:26].upper() + "======")
    except ValueError as error:
        raise NotFound(_NO_SUCH_LINK) from error
    given = token[26:].lower().encode()
    if len(task) != 16 or not hmac.compare_digest(
        given, _base32(_reply_mac(task, secret)).encode()
    ):
        raise NotFound(_NO_SUCH_LINK)
    return UUID(bytes=task)


_NO_SUCH_LINK = words("Không có liên kết này.", "There is no such link.")


def _mac(secret: bytes, purpose: str, body: str) -> str:
    return hmac.new(secret, f"{purpose}\0{body}".encode(), sha256).hexdigest()[:_MAC_CHARACTERS]


def _reply_mac(task: bytes, secret: bytes) -> bytes:
    return hmac.new(secret, b"reply\0" + task, sha256).digest()[:_REPLY_MAC_BYTES]


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()
