"""Secrets at rest: sealed with a key that is derived from the installation's one secret."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crisis.model.errors import Misconfigured
from crisis.model.words import words
from crisis.records.secret_file import secret_in

SECRET_FILE = "secret.key"  # noqa: S105  (the name of the file)
SHORTEST = 32
"""Characters that a secret given by the operator has at least."""

_FORM = b"\x01"
_NONCE_BYTES = 12
_KEY_BYTES = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class Seal:
    """What closes and opens secrets (AES-256-GCM); every purpose has a key of its own."""

    secret: bytes = field(repr=False)

    def key_for(self, purpose: str) -> bytes:
        """32 bytes that only this installation can derive, always the same for one `purpose`."""
        derive = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=purpose.encode())
        return derive.derive(self.secret)

    def close(self, content: bytes, purpose: str) -> bytes:
        """`content`, readable only with this installation's secret and the same `purpose`."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _FORM + nonce + self._cipher(purpose).encrypt(nonce, content, _FORM)

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """What `close` was given; Misconfigured where the secret or the sealed bytes are others."""
        nonce, content = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher(purpose).decrypt(nonce, content, sealed[:1])
        except (InvalidTag, ValueError) as error:
            raise Misconfigured(
                words(
                    "Không mở được dữ liệu bí mật: khóa bí mật của hệ thống đã thay đổi.",
                    "A sealed secret does not open: the installation's secret key was changed.",
                ),
                setting="PHATNGON_SECRET_KEY",
            ) from error

    def close_text(self, text: str, purpose: str) -> str:
        """`close` for a text column."""
        return urlsafe_b64encode(self.close(text.encode(), purpose)).decode()

    def open_text(self, sealed: str, purpose: str) -> str:
        """`open` for a text column."""
        return self.open(urlsafe_b64decode(sealed), purpose).decode()

    def _cipher(self, purpose: str) -> AESGCM:
        return AESGCM(self.key_for(f"seal:{purpose}"))


def installation_seal(*, secret_key: str, var: Path, embedded: bool) -> Seal:
    """The seal of this installation: from `secret_key`, or, embedded, from a file in `var`.

    The file is made once, readable by its owner only. Raises Misconfigured where a secret is
    missing on several machines (they must share one) or is too short to be one.
    """
    if not secret_key and embedded:
        return Seal(secret=secret_in(var / SECRET_FILE).encode())
    if len(secret_key) < SHORTEST:
        raise Misconfigured(
            words(
                f"PHATNGON_SECRET_KEY phải có ít nhất {SHORTEST} ký tự ngẫu nhiên, "
                "giống nhau trên mọi máy.",
                f"PHATNGON_SECRET_KEY must be at least {SHORTEST} random characters, "
                "the same on every machine.",
            ),
            setting="PHATNGON_SECRET_KEY",
        )
    return Seal(secret=secret_key.encode())
