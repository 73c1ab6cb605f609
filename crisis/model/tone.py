"""The tone of a statement: facts, no blame, no labels, no guesses, no personal data.

Words between quotation marks are not the office's own and are judged for personal data only; who
knows what may be quoted says so, and then other words in quotation marks are the office's.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from crisis.model.spelling import as_read, plain
from crisis.model.statement import StatementKind
from crisis.model.tone_rule import ADVICE, PHRASES
from crisis.model.words import Language, Words

_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|«[^»]*»")

_A_SENTENCE = 4
"""Fewer words than these are nobody's sentence."""

_END = re.compile(r"[.!?…](?=\s|$)|\n")

_PERSONAL = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "identity_number": re.compile(r"(?<![\d.,])(?:\d{12}|\d{3} \d{3} \d{3} \d{3})(?![\d.,]*\d)"),
    "phone": re.compile(r"(?<![\d.,])(?:\+84|0)(?:[ .-]?\d){8,10}(?![\d.,]*\d)"),
}

_UPDATE = {
    Language.VI: re.compile(r"cập nhật[^\n]*\d{1,2} giờ \d{2}[^\n]*\d{2}/\d{2}/\d{4}", re.I),
    Language.EN: re.compile(r"update[^\n]*\d{2}:\d{2} on \d{1,2} \w+ \d{4}", re.I),
}

_ASKED = {
    "denial": frozenset({StatementKind.HOLDING}),
    "rejection": frozenset(StatementKind)
    - {StatementKind.HOLDING, StatementKind.CLARIFY, StatementKind.CORRECT},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing to look at: which rule, the words found, what to do instead, in which sentence."""

    rule: str
    excerpt: str
    advice: Words
    sentence: str = ""


def lint(
    text: str,
    language: Language,
    kind: StatementKind,
    *,
    official: Collection[str] = (),
    quotable: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """What in `text` breaks the tone of the house; empty where nothing does.

    `official` are the phone numbers and e-mail addresses that may stand in a statement; `quotable`
    are the texts of others (None: every quotation is taken for one). Any denial is a finding in a
    holding statement, the rejection of a report in every kind that does not contest.
    """
    text = as_read(text)
    own = _own_words(text, quotable)
    found = []
    for rule, phrases in PHRASES.items():
        if kind in _ASKED.get(rule, StatementKind):
            found += _matches(rule, _any_of(phrases[language]), own, text)
    if kind is StatementKind.HOLDING and not _UPDATE[language].search(text):
        found.append(Finding(rule="next_update", excerpt="", advice=ADVICE["next_update"]))
    return (*found, *personal_data(text, official=official))


def rejections(
    text: str, language: Language, quotable: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """Where `text` calls what was reported wrong, for whatever kind of statement."""
    text = as_read(text)
    rejecting = _any_of(PHRASES["rejection"][language])
    return tuple(_matches("rejection", rejecting, _own_words(text, quotable), text))


def _own_words(text: str, quotable: Collection[str] | None) -> str:
    """`text` with what others said blanked out, every other word at its place.

    Theirs is what stands between quotation marks and is part of something known, or has it in it.
    """
    known = None if quotable is None else [plain(one) for one in quotable]

    def blank(quoted: re.Match[str]) -> str:
        said = plain(quoted[0][1:-1]).rstrip(".")
        theirs = known is None or any(said in one for one in known)
        return " " * len(quoted[0]) if theirs else without(quoted[0], known or ())

    return _QUOTED.sub(blank, text)


def without(text: str, sentences: Collection[str]) -> str:
    """`text` with each of these sentences blanked out wherever it stands whole.

    So a headline may repeat another's without quotation marks. Fewer than four words are none.
    """
    text = as_read(text)
    for words_of_it in (plain(one).rstrip(". ").split() for one in sentences):
        if len(words_of_it) >= _A_SENTENCE:
            whole = r"\s+".join(map(re.escape, words_of_it))
            text = re.sub(whole, lambda hit: " " * len(hit[0]), text, flags=re.IGNORECASE)
    return text


def personal_data(text: str, *, official: Collection[str] = ()) -> tuple[Finding, ...]:
    """Phone numbers, identity numbers and e-mail addresses in `text` that are not `official`."""
    text = as_read(text)
    known = {_digits(one) for one in official}
    return tuple(
        finding
        for rule, pattern in _PERSONAL.items()
        for finding in _matches(rule, pattern, text, text)
        if _digits(finding.excerpt) not in known
    )


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of them as whole words in any case; a blank in them is also a line's end."""
    broken = "|".join(phrases).replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{broken})(?!\w)", re.IGNORECASE)


def _matches(rule: str, pattern: re.Pattern[str], own: str, text: str) -> list[Finding]:
    return [
        Finding(rule=rule, excerpt=hit[0], advice=ADVICE[rule], sentence=_around(hit, text))
        for hit in pattern.finditer(own)
    ]


def _around(hit: re.Match[str], text: str) -> str:
    """The sentence of `text` in which `hit` stands."""
    start = max((end.end() for end in _END.finditer(text, 0, hit.start())), default=0)
    following = _END.search(text, hit.end())
    return text[start : following.end() if following else len(text)].strip()


def _digits(contact: str) -> str:
    """An address in lower case, a number without its spaces and dots, +84 as 0."""
    bare = re.sub(r"[ .()-]", "", contact.casefold()) if "@" not in contact else contact.casefold()
    return f"0{bare.removeprefix('+84')}" if bare.startswith("+84") else bare
