"""Texts that people send: normalised, bounded, and free of invisible control characters."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from crisis.model.fault import Unfit, fault
from crisis.model.spelling import nfc
from crisis.model.words import Words

_LINE_ENDS = {"\n", "\t"}
# Letters that reorder what the eye sees: a title could read differently from its bytes.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _clean(text: str, *, allowed: set[str]) -> str:
    composed = nfc(text).replace("\r\n", "\n")
    for letter in composed:
        hidden = unicodedata.category(letter) in {"Cc", "Cs"} or letter in _REORDERING
        if hidden and letter not in allowed:
            raise Unfit(
                fault(
                    f"Có ký tự điều khiển không nhìn thấy (U+{ord(letter):04X}) trong đoạn chữ.",
                    f"The text contains an invisible control character (U+{ord(letter):04X}).",
                )
            )
    return composed


def _line(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise Unfit(fault("Mục này chỉ được viết trên một dòng.", "This must be a single line."))
    return _clean(text, allowed=set())


def _paragraph(text: str) -> str:
    return _clean(text, allowed=_LINE_ENDS)


def _both(value: Words) -> Words:
    return Words(vi=_said(value.vi, "vi"), en=_said(value.en, "en"))


def _said(text: str, language: str) -> str:
    if not text.strip():
        raise Unfit(fault("Chỗ này không được để trống.", "This must not be empty.", language))
    return _clean(text.strip(), allowed=_LINE_ENDS)


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    AfterValidator(_line),
]
"""One line of 1–300 characters."""

Paragraph = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000),
    AfterValidator(_paragraph),
]
"""Running text of 1–4,000 characters; line ends allowed."""

Said = Annotated[Words, AfterValidator(_both)]
"""A text that is there in both languages."""
