"""A headline and lead as sentences of tokens."""

import re
import unicodedata
from typing import NamedTuple

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[\"“'‘(]?[A-ZÀ-ỸĐ])")
_CITY = re.compile(r"\b(?:TP|Tp|T\.P)\s*\.?\s*(?=[A-ZĐÀ-Ỹ])")
_SAIGON = re.compile(r"\bTP\s*\.?\s*(?:HCM|Hồ Chí Minh)\b|\bThành phố Hồ Chí Minh\b|\bTPHCM\b")
_JOINED = re.compile(r"(?<=[A-ZĐa-zđ])[&/–-](?=[A-ZĐ])")
_OLD_TONE = re.compile(r"o[àáảãạ](?!\w)|o[èéẻẽẹ](?!\w)|(?<![qQ])u[ỳýỷỹỵ](?!\w)")
_TONED = {
    **dict(zip(("oà", "oá", "oả", "oã", "oạ"), ("òa", "óa", "ỏa", "õa", "ọa"), strict=True)),
    **dict(zip(("oè", "oé", "oẻ", "oẽ", "oẹ"), ("òe", "óe", "ỏe", "õe", "ọe"), strict=True)),
    **dict(zip(("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True)),
}


class Sentence(NamedTuple):
    """One sentence: as printed, its lower-case tokens (punctuation included), which are
    capitalised.
    """

    text: str
    tokens: list[str]
    capital: list[bool]


def one_spelling(text: str) -> str:
    """The text in NFC with one spelling per word: tone marks as in `hòa`, `TP HCM`, `GD ĐT`."""
    text = unicodedata.normalize("NFC", text)
    text = _OLD_TONE.sub(lambda found: _TONED[found[0]], text)
    text = _SAIGON.sub("TP HCM", text)
    text = _CITY.sub("TP ", text)
    return _JOINED.sub(" ", text)


def tokens_of(text: str) -> list[str]:
    """Lower-case tokens of a phrase, punctuation marks included."""
    return [token.lower() for token in _TOKEN.findall(one_spelling(text))]


def sentence(text: str) -> Sentence:
    """One sentence as tokens."""
    raw = _TOKEN.findall(one_spelling(text))
    return Sentence(text, [token.lower() for token in raw], [token[0].isupper() for token in raw])


def sentences(title: str, lead: str) -> list[Sentence]:
    """The title and each sentence of the lead; the title comes first even when it is empty."""
    return [sentence(title), *(sentence(part) for part in _SENTENCE_END.split(lead) if part)]
