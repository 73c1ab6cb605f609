"""Header lines of a mail, encoded by RFC 2047 so that every space and accent comes back.

The standard library's `EmailMessage` loses spaces between encoded words when it folds long
Vietnamese headers, so headers with free text are written here. Encoded words end after a space
where they can: readers that put one of their own between them then change no word.
"""

import base64
import unicodedata
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import quote

from crisis.model.errors import BadInput
from crisis.model.words import words

_WIDTH = 76
_CHUNK = 45
"""Bytes that fit in one encoded word of 75 characters, as base64."""


def text_header(name: str, text: str) -> bytes:
    """The header `name` with free text; raises BadInput on control characters."""
    safe = checked(text, name.lower())
    plain = safe.isascii() and "=?" not in safe and len(name) + len(safe) + 2 <= _WIDTH
    return _line(name, safe if plain else _encoded(safe))


def address_header(name: str, address: Address) -> bytes:
    """The header `name` with one address and its display name."""
    shown = address.display_name
    if not shown:
        return _line(name, address.addr_spec)
    plain = shown.isascii() and "=?" not in shown and len(shown) <= _WIDTH // 2
    phrase = f'"{quote(shown)}"' if plain else _encoded(shown)
    return _line(name, f"{phrase}\r\n <{address.addr_spec}>")


def token_header(name: str, value: str) -> bytes:
    """The header `name` with an ASCII value of our own making: a date, an id, a keyword."""
    return _line(name, value)


def checked(text: str, field: str) -> str:
    """`text` in NFC; control characters would start a header of the writer's choice."""
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in text):
        raise _refused(field)
    return unicodedata.normalize("NFC", text).strip()


def checked_address(name: str, mailbox: str, field: str) -> Address:
    """One address in ASCII with its display name; raises BadInput where it is none."""
    if not mailbox.isascii():
        raise _refused(field)
    try:
        return Address(display_name=checked(name, field), addr_spec=checked(mailbox, field))
    except (ValueError, HeaderParseError, IndexError) as error:
        raise _refused(field) from error


def _encoded(text: str) -> str:
    coded = (base64.b64encode(chunk.encode()).decode() for chunk in _chunks(text))
    return "\r\n ".join(f"=?utf-8?b?{one}?=" for one in coded)


def _chunks(text: str) -> list[str]:
    """`text` in pieces of at most `_CHUNK` bytes, after spaces where there are any."""
    chunks = [""]
    for word in text.split(" "):
        for piece in _pieces(f"{word} "):
            if len((chunks[-1] + piece).encode()) > _CHUNK:
                chunks.append("")
            chunks[-1] += piece
    chunks[-1] = chunks[-1][:-1]
    return [chunk for chunk in chunks if chunk]


def _pieces(word: str) -> list[str]:
    """A word that is longer than an encoded word, cut between characters (4 bytes at most)."""
    step = _CHUNK // 4
    fits = len(word.encode()) <= _CHUNK
    return [word] if fits else [word[at : at + step] for at in range(0, len(word), step)]


def _line(name: str, value: str) -> bytes:
    return f"{name}: {value}\r\n".encode("ascii")


def _refused(field: str) -> BadInput:
    return BadInput(
        words(
            "Tên, địa chỉ hoặc tiêu đề thư có ký tự không hợp lệ.",
            "A name, address or subject of the mail has characters that it may not have.",
        ),
        field=field,
    )
