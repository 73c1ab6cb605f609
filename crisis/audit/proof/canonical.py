"""JSON as the ledger has it: read strictly, written in one way only (RFC 8785 for these values)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any, NoReturn

LARGEST = 2**53 - 1


class Malformed(ValueError):
    """Something is not written as a pack writes it."""


def canonical(value: Any) -> bytes:
    """The one row of bytes for `value`; with ASCII keys and no floats this is RFC 8785."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def digest_of(value: Any) -> str:
    """Lowercase hex SHA-256 of the canonical form of `value`."""
    return hashlib.sha256(canonical(value)).hexdigest()


def parsed(raw: bytes) -> Any:
    """The JSON value in `raw`.

    Floats, integers of 2^53 and more, a key twice, a key that is not ASCII and a string that is not
    NFC are `Malformed`; bytes that are no JSON are another ValueError.
    """
    value = json.loads(
        raw.decode("utf-8"),
        object_pairs_hook=_object,
        parse_float=_refuse,
        parse_constant=_refuse,
        parse_int=_integer,
    )
    if not unicodedata.is_normalized("NFC", canonical(value).decode("utf-8")):
        raise Malformed
    return value


def rows(raw: bytes) -> list[Any]:
    """The values of a file that has one canonical value in each line; else ValueError."""
    if not raw.endswith(b"\n"):
        raise Malformed
    lines = raw[:-1].split(b"\n")
    values = [parsed(line) for line in lines]
    if lines != [canonical(value) for value in values]:
        raise Malformed
    return values


def unhexed(text: str, size: int) -> bytes:
    """The `size` bytes that `text` tells in lowercase hex; `Malformed` where it does not."""
    raw = bytes.fromhex(text)
    if raw.hex() != text or len(raw) != size:
        raise Malformed
    return raw


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs) or not all(key.isascii() for key in told):
        raise Malformed
    return told


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST:
        raise Malformed
    return int(text)


def _refuse(text: str) -> NoReturn:
    raise Malformed(text[:20])
