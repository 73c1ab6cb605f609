"""Vietnamese spelling: one composed form, what the eye reads, names compared without marks."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_BLANKS = re.compile(r"[^\S\n]+")

_LOOK_ALIKE = str.maketrans(
    (
        "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421"
        "\u0422\u0423\u0425\u0430\u0435\u0455\u0456\u0458\u043e\u0440\u0441\u0443"
        "\u0445\u04bb\u0501\u051b\u051d\u0391\u0392\u0395\u0396\u0397\u0399\u039a"
        "\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03c1\u03bd\u03b9\u0251"
        "\u0261\u0131\u0269"
    ),
    "ABESIJKMHOPCTYXaesijopcyxhdqwABEZHIKMNOPTYXopviagii",
)
"""Cyrillic, Greek and phonetic letters that are drawn like Latin ones."""


def nfc(text: str) -> str:
    """`text` in the composed form (NFC) in which the house keeps every text."""
    return unicodedata.normalize("NFC", text)


def as_read(text: str) -> str:
    """`text` as the eye reads it, for rules about what is said; its line breaks stay.

    Letters of other forms and alphabets that look like Latin ones are these, nothing is invisible,
    and blanks of any kind and number are one space.
    """
    latin = unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKE)
    seen = "".join(letter for letter in latin if unicodedata.category(letter) != "Cf")
    return nfc(_BLANKS.sub(" ", seen))


def plain(text: str) -> str:
    """`text` for comparing: as it is read, lower case, one space between words."""
    return " ".join(as_read(text).casefold().split())


def unmarked(text: str) -> str:
    """`text` without Vietnamese marks, letters and case otherwise kept: `Đồng Hới` → `Dong Hoi`."""
    parts = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return nfc("".join(part for part in parts if not unicodedata.combining(part)))


def tokens(text: str) -> tuple[str, ...]:
    """The words of `text` in order, lower case, marks kept."""
    return tuple(_WORD.findall(nfc(text).casefold()))


def folded(text: str) -> str:
    """A key for comparing names: words without marks, case or punctuation, one space between."""
    return " ".join(tokens(unmarked(text)))


def marked(text: str) -> bool:
    """Whether the writer typed any Vietnamese mark in `text`."""
    return unmarked(text) != nfc(text)


def matches(query: str, name: str) -> bool:
    """Whether every word of `query` begins a word of `name`.

    A query typed without marks finds names with them; a query typed with marks keeps its marks.
    The tone mark may stand on either vowel (`Hoà`, `Hòa`), so words compare by letters and tone.
    """
    if not marked(query):
        query, name = unmarked(query), unmarked(name)
    wanted, present = _toned(query), _toned(name)
    return bool(wanted) and all(any(_begins(w, p) for p in present) for w in wanted)


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same word for word, marks compared where both carry them."""
    if marked(one) and marked(other):
        return _toned(one) == _toned(other)
    return folded(one) == folded(other)


_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _begins(wanted: tuple[str, str], present: tuple[str, str]) -> bool:
    """Whether a word begins another; one still being typed may lack its tone, a whole one not."""
    if wanted[1] == present[1]:
        return present[0].startswith(wanted[0])
    return not wanted[1] and wanted[0] != present[0] and present[0].startswith(wanted[0])


def _toned(text: str) -> list[tuple[str, str]]:
    """Words as letters and tone apart, since two ways of placing the tone are in use."""
    return [_letters_and_tone(token) for token in tokens(text)]


def _letters_and_tone(token: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", token)
    tone = "".join(part for part in parts if part in _TONES)
    return "".join(part for part in parts if part not in _TONES), tone
