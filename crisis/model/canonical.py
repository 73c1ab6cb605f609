"""One value, one row of bytes: what is hashed and signed, and how times and names stand in it."""

import json
import unicodedata
from datetime import UTC, datetime
from hashlib import sha256

from crisis.model.errors import BadInput
from crisis.model.words import words

SALT_BYTES = 32
EXACT_INTEGERS = 2**53
"""Integers below this are exact in every JSON reader."""


def instant(at: datetime) -> str:
    """`at` as UTC RFC 3339 with microseconds and `Z`; a time without zone is `BadInput`."""
    if at.utcoffset() is None:
        raise BadInput(words("Thời điểm thiếu múi giờ.", "The time has no zone."), field="at")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """The time that `instant` wrote as `text`; anything else is `BadInput`."""
    try:
        at = datetime.fromisoformat(text) if text[-1:] == "Z" else None
    except (TypeError, ValueError):
        at = None
    if at is None or f"{at.isoformat(timespec='microseconds')[:-6]}Z" != text:
        raise BadInput(
            words(f"“{text}” không phải thời điểm của sổ.", f"“{text}” is no ledger time."),
            field="at",
        )
    return at


_WRITE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""RFC 8785 for what passes `_stands`: ASCII keys sort alike by code point and by UTF-16 unit."""


def canonical(value: object) -> bytes:
    """`value` in RFC 8785 canonical JSON.

    Floats, integers of 2^53 and more, strings that are not NFC or not text, and keys that are not
    ASCII are `BadInput`; its `field` is the path inside the value.
    """
    if not _stands(value):
        _refuse_foreign(value, "$")
    return _WRITE(value).encode()


def _stands(value: object) -> bool:
    """Whether nothing in `value` is foreign: asked of every entry, hence without any path."""
    if isinstance(value, str):
        return value.isascii() or _is_plain(value)
    if isinstance(value, dict):
        keys = all(isinstance(key, str) and key.isascii() for key in value)
        return keys and all(map(_stands, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_stands, value))
    return _is_plain(value)


def _refuse_foreign(value: object, path: str) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _refuse_key(key, path)
            _refuse_foreign(inner, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            _refuse_foreign(inner, f"{path}[{place}]")
    elif not _is_plain(value):
        raise BadInput(
            words(
                f"Giá trị tại {path} không ghi được vào sổ.",
                f"The value at {path} cannot stand in the ledger.",
            ),
            field=path,
        )


def _refuse_key(key: object, path: str) -> None:
    if not isinstance(key, str) or not key.isascii():
        raise BadInput(
            words(
                f"Khóa tại {path} phải là chữ ASCII.", f"A key at {path} is not an ASCII string."
            ),
            field=path,
        )


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        is_text = not any("\ud800" <= letter <= "\udfff" for letter in value)
        return is_text and unicodedata.is_normalized("NFC", value)
    if isinstance(value, int):
        return abs(value) < EXACT_INTEGERS
    return value is None


def commitment(text: str, salt: bytes) -> str:
    """Lowercase hex SHA-256 of `salt` (32 bytes) followed by `text` in UTF-8, NFC.

    It stands for a name in the ledger: with the salt anyone can check it, once the salt is erased
    nobody can.
    """
    if len(salt) != SALT_BYTES:
        raise BadInput(words("Muối phải dài 32 byte.", "A salt has 32 bytes."), field="salt")
    return sha256(salt + unicodedata.normalize("NFC", text).encode()).hexdigest()
