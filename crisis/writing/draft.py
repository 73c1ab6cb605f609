"""Statements in words: a variant per outlet and language, each factual sentence tied to claims."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from crisis.model.draft import DraftFacts
from crisis.model.letter_part import EXERCISE
from crisis.model.mask import mask
from crisis.model.severity import Severity
from crisis.model.statement import StatementKind, Variant, frozen_bytes
from crisis.model.verdict import Verdict
from crisis.model.words import Language, Words, words
from crisis.writing.draft_rule import check_facts, check_variant
from crisis.writing.sentence import Sentence, lift
from crisis.writing.shelf import Shelf
from crisis.writing.view import View, paragraphs

SHORT_FORM = frozenset({"webhook"})
"""Outlets that take the short form; all others carry the full text."""

ORDER = (
    Verdict.ACCURATE,
    Verdict.PARTLY_ACCURATE,
    Verdict.OUT_OF_CONTEXT,
    Verdict.INACCURATE,
    Verdict.OPINION,
    Verdict.OUT_OF_SCOPE,
    Verdict.UNVERIFIED_YET,
)
"""What the report got right comes first."""

_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")

_DRILL = words(
    "DIỄN TẬP – Nội dung diễn tập, không phải thông tin chính thức.",
    "EXERCISE – This is a drill, not official information.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SentenceLink:
    """One factual sentence of a variant, and the ids of the claims that carry it."""

    outlet: str
    language: Language
    sentence: str
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Drafted:
    """The variants of one draft and the ties of their sentences to claims."""

    variants: tuple[Variant, ...]
    links: tuple[SentenceLink, ...]


def draft_variants(
    shelf: Shelf,
    kind: StatementKind,
    facts: DraftFacts,
    *,
    template: str,
    outlets: Sequence[str],
) -> Drafted:
    """The words of a statement for each outlet in each language, names masked, exercises marked.

    `template` is the folder below `templates/statements` that the playbook names for this kind.
    A language in which any fact is missing is left out, Vietnamese never: there a hole is an error.
    Raises RuleBroken where the facts do not carry this kind or the words break a rule of tone, and
    BadContent where a template has a hole, drops a claim or leaves out evidence.
    """
    check_facts(kind, facts)
    variants: list[Variant] = []
    links: list[SentenceLink] = []
    for language in (Language.VI, Language.EN):
        if language is not Language.VI and lacks(facts, language):
            continue
        for outlet in outlets:
            variant, sentences = _written(shelf, template, facts, language=language, outlet=outlet)
            check_variant(kind, facts, variant, sentences)
            variants.append(variant)
            links += _linked(variant, sentences)
    return Drafted(variants=tuple(variants), links=tuple(links))


def lacks(facts: object, language: Language) -> bool:
    """Whether any text among `facts` exists in Vietnamese but not in `language`."""
    if isinstance(facts, Words):
        return bool(facts.vi.strip()) and not facts.in_(language).strip()
    if isinstance(facts, tuple):
        return any(lacks(one, language) for one in facts)
    names = getattr(facts, "__dataclass_fields__", {})
    return any(lacks(getattr(facts, name), language) for name in names)


def _written(
    shelf: Shelf, template: str, facts: DraftFacts, *, language: Language, outlet: str
) -> tuple[Variant, tuple[Sentence, ...]]:
    folder = f"statements/{template}/{language}"
    fields = _fields(facts, language)
    form = "short" if outlet in SHORT_FORM else "body"
    title, _ = lift(shelf.render(f"{folder}/title.txt", fields))
    body, sentences = lift(shelf.render(f"{folder}/{form}.txt", fields))
    title, body = " ".join(title.split()), _EMPTY_LINES.sub("\n\n", body).strip()
    if facts.exercise:
        title = f"[{EXERCISE.in_(language)}] {title}"
        body = "\n\n".join((_DRILL.in_(language), body, _DRILL.in_(language)))
    body = frozen_bytes(body).decode().rstrip("\n")
    return Variant(outlet=outlet, language=language, title=title, body=body), sentences


def _fields(facts: DraftFacts, language: Language) -> dict[str, Any]:
    names = [name for name in facts.personal_names if name != facts.spokesperson.name]
    view = View(language, strict=True, edit=lambda text: mask(paragraphs(text), names))
    fields = dict(view.fields(facts))
    claims = sorted(fields["claims"], key=lambda claim: ORDER.index(claim.verdict))
    fields["claims"] = claims
    fields["ids"] = [claim.id for claim in claims]
    fields["by"] = SimpleNamespace(
        **{v.value: [claim for claim in claims if claim.verdict == v] for v in Verdict}
    )
    fields["grave"] = facts.severity.at_least(Severity.S3)
    fields["lang"] = language.value
    return fields


def _linked(variant: Variant, sentences: Sequence[Sentence]) -> list[SentenceLink]:
    return [
        SentenceLink(
            outlet=variant.outlet,
            language=variant.language,
            sentence=sentence.text,
            claims=sentence.claims,
        )
        for sentence in sentences
    ]
