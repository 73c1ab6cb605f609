"""The tone of a statement: facts, no blame, no labels, no guesses, no personal data.

Words between quotation marks are not the office's own and are judged for personal data only.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from crisis.model.statement import StatementKind
from crisis.model.tone_rule import ADVICE, PHRASES
from crisis.model.words import Language, Words

_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|«[^»]*»")

_PERSONAL = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "identity_number": re.compile(r"(?<![\d.,])(?:\d{12}|\d{3} \d{3} \d{3} \d{3})(?![\d.,]*\d)"),
    "phone": re.compile(r"(?<![\d.,])(?:\+84|0)(?:[ .-]?\d){8,10}(?![\d.,]*\d)"),
}

_UPDATE = {
    Language.VI: re.compile(r"cập nhật[^\n]*\d{1,2} giờ \d{2}[^\n]*\d{2}/\d{2}/\d{4}", re.I),
    Language.EN: re.compile(r"update[^\n]*\d{2}:\d{2} on \d{1,2} \w+ \d{4}", re.I),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing to look at: which rule, the words found, and what to do instead."""

    rule: str
    excerpt: str
    advice: Words


def lint(
    text: str, language: Language, kind: StatementKind, *, official: Collection[str] = ()
) -> tuple[Finding, ...]:
    """What in `text` breaks the tone of the house; empty where nothing does.

    `official` are the phone numbers and e-mail addresses that may stand in a statement. Denials
    are findings in a holding statement only.
    """
    own = _QUOTED.sub(" ", text)
    found = []
    for rule, phrases in PHRASES.items():
        if rule != "denial" or kind is StatementKind.HOLDING:
            found += _matches(rule, _any_of(phrases[language]), own)
    if kind is StatementKind.HOLDING and not _UPDATE[language].search(text):
        found.append(Finding(rule="next_update", excerpt="", advice=ADVICE["next_update"]))
    return (*found, *personal_data(text, official=official))


def personal_data(text: str, *, official: Collection[str] = ()) -> tuple[Finding, ...]:
    """Phone numbers, identity numbers and e-mail addresses in `text` that are not `official`."""
    known = {_digits(one) for one in official}
    return tuple(
        finding
        for rule, pattern in _PERSONAL.items()
        for finding in _matches(rule, pattern, text)
        if _digits(finding.excerpt) not in known
    )


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)


def _matches(rule: str, pattern: re.Pattern[str], text: str) -> list[Finding]:
    return [
        Finding(rule=rule, excerpt=hit[0], advice=ADVICE[rule]) for hit in pattern.finditer(text)
    ]


def _digits(contact: str) -> str:
    """An address in lower case, a number without its spaces and dots, +84 as 0."""
    bare = re.sub(r"[ .()-]", "", contact.casefold()) if "@" not in contact else contact.casefold()
    return f"0{bare.removeprefix('+84')}" if bare.startswith("+84") else bare
