"""What verification can conclude about one claim."""

from enum import StrEnum

from crisis.model.words import Words, words


class Verdict(StrEnum):
    """The outcome of verifying one factual allegation (`law.yaml`, `verification_outcomes`)."""

    ACCURATE = "accurate"
    PARTLY_ACCURATE = "partly_accurate"
    INACCURATE = "inaccurate"
    OUT_OF_CONTEXT = "out_of_context"
    UNVERIFIED_YET = "unverified_yet"
    OPINION = "opinion"
    OUT_OF_SCOPE = "out_of_scope"


VERDICT_WORDS: dict[Verdict, Words] = {
    Verdict.ACCURATE: words("Đúng", "Accurate"),
    Verdict.PARTLY_ACCURATE: words("Đúng một phần", "Partly accurate"),
    Verdict.INACCURATE: words("Chưa chính xác", "Not accurate"),
    Verdict.OUT_OF_CONTEXT: words("Tách khỏi bối cảnh", "Out of context"),
    Verdict.UNVERIFIED_YET: words("Chưa đủ căn cứ kết luận", "Not yet verified"),
    Verdict.OPINION: words("Ý kiến, phê bình", "Opinion or criticism"),
    Verdict.OUT_OF_SCOPE: words("Không thuộc thẩm quyền", "Outside our competence"),
}
"""What form, page, letter and law file call a verdict. “False” is for an authority to conclude."""

CONTESTING = frozenset({Verdict.INACCURATE, Verdict.OUT_OF_CONTEXT, Verdict.PARTLY_ACCURATE})
"""Verdicts that contradict the report in whole or part, so each needs evidence (INV1)."""

CLEARING = frozenset({Verdict.INACCURATE, Verdict.OUT_OF_CONTEXT})
"""Verdicts that clear whoever the claim is about: never on that body's own word alone."""
