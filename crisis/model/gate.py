"""The gate between the office's words and the public: what was found, and how it is said.

Asked of every version, whoever wrote it, when it is submitted, when it is approved and when it is
frozen: findings change in between, and people edit.
"""

from collections.abc import Collection, Sequence

from crisis.model.claim import Conclusion
from crisis.model.decision import contested
from crisis.model.errors import RuleBroken
from crisis.model.mask import mask
from crisis.model.rule import (
    inv1_evidence_for_each_contested_claim,
    inv2_true_report_is_acknowledged,
)
from crisis.model.severity import Severity
from crisis.model.spelling import plain
from crisis.model.statement import StatementKind, Variant
from crisis.model.tone import Finding, lint, rejections, without
from crisis.model.verdict import CONTESTING
from crisis.model.words import words

EVIDENCED = frozenset({StatementKind.CLARIFY, StatementKind.CORRECT})
"""Kinds that contest, so each contested claim names its evidence (ND 244/2026, Art. 7.6)."""

_ACKNOWLEDGING = frozenset({"label", "rejection"})
FORBIDDEN_TONE: dict[StatementKind, frozenset[str]] = {
    StatementKind.HOLDING: frozenset({"label", "blame", "denial", "next_update"}),
    StatementKind.LISTEN: frozenset({"label", "blame", "rejection"}),
    StatementKind.ACKNOWLEDGE: _ACKNOWLEDGING,
    StatementKind.REMEDY_NOTE: _ACKNOWLEDGING,
    StatementKind.REFERRAL: _ACKNOWLEDGING,
}
_EVER = frozenset({"label"})


def check_findings(
    kind: StatementKind, conclusions: Sequence[Conclusion], severity: Severity
) -> None:
    """Raise RuleBroken (INV1, INV2) where what was found does not carry a statement of `kind`."""
    inv1_evidence_for_each_contested_claim(kind, conclusions)
    if kind is not StatementKind.HOLDING:
        inv2_true_report_is_acknowledged(kind, conclusions, severity)


def carried(kind: StatementKind, conclusions: Sequence[Conclusion], severity: Severity) -> bool:
    """Whether `check_findings` lets it pass."""
    try:
        check_findings(kind, conclusions, severity)
    except RuleBroken:
        return False
    return True


def check_words(
    kind: StatementKind,
    variants: Sequence[Variant],
    conclusions: Sequence[Conclusion],
    *,
    reported: Collection[str] = (),
    names: Collection[str] = (),
) -> None:
    """Raise RuleBroken where the words of a version label, deny what is not contested, or contest
    without naming the evidence.

    `reported`: texts of others that may be quoted whatever they say, beside the claims. `names`
    are masked wherever they stand (INV9).
    """
    theirs = [text for c in conclusions for text in (c.claim.text.vi, c.claim.text.en)]
    for variant in variants:
        check_tone(kind, variant, quotable=(*theirs, *reported))
        _check_nothing_true_is_denied(variant, conclusions, quotable=(*theirs, *reported))
        if kind in EVIDENCED:
            _check_evidence(variant, conclusions, names)


def check_tone(
    kind: StatementKind | None, variant: Variant, quotable: Collection[str] | None = None
) -> None:
    """Raise RuleBroken, with the sentence, where title or body say what `kind` may never say.

    No `kind`: what no text of the office may say.
    """
    forbidden = FORBIDDEN_TONE.get(kind, _EVER) if kind else _EVER
    asked = kind or StatementKind.CLARIFY
    title = lint(without(variant.title, quotable or ()), variant.language, asked, quotable=quotable)
    told = [finding for finding in title if finding.rule != "next_update"]
    for finding in (*told, *lint(variant.body, variant.language, asked, quotable=quotable)):
        if finding.rule in forbidden:
            _refuse(finding, rule=f"tone.{finding.rule}")


def _check_nothing_true_is_denied(
    variant: Variant, conclusions: Sequence[Conclusion], quotable: Collection[str]
) -> None:
    """No sentence calls wrong what was found right, is an opinion, or is not verified."""
    standing = [c.claim.text.in_(variant.language) for c in conclusions if _uncontested(c)]
    told = [plain(text) for text in standing if text.strip()]
    for finding in rejections(variant.body, variant.language, quotable):
        if any(text in plain(finding.sentence) for text in told):
            _refuse(finding, rule="INV2")


def _uncontested(conclusion: Conclusion) -> bool:
    return conclusion.verdict not in CONTESTING


def _check_evidence(
    variant: Variant, conclusions: Sequence[Conclusion], names: Collection[str]
) -> None:
    body = plain(variant.body)
    for one in contested(conclusions):
        if not any(plain(mask(piece.title, names)) in body for piece in one.evidence):
            said = one.claim.text
            raise RuleBroken(
                words(
                    f"Bản {variant.language} cho {variant.outlet} phải nêu tên chứng cứ của nội "
                    f"dung “{said.vi}”: {_titles(one)}.",
                    f"The {variant.language} text for {variant.outlet} has to name the evidence "
                    f"about “{said.en or said.vi}”: {_titles(one)}.",
                ),
                rule="INV1",
                claim=one.claim.id,
            )


def _titles(conclusion: Conclusion) -> str:
    return "; ".join(f"“{piece.title}”" for piece in conclusion.evidence)


def _refuse(finding: Finding, *, rule: str) -> None:
    where = finding.sentence or finding.excerpt
    vi, en = (f" “{where}”", f" “{where}”") if where else ("", "")
    raise RuleBroken(
        words(f"{finding.advice.vi}{vi}", f"{finding.advice.en}{en}"),
        rule=rule,
        excerpt=finding.excerpt,
    )
