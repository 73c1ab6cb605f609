"""A claim: one factual allegation, the findings about it, and what may be concluded from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crisis.model.verdict import CLEARING, CONTESTING, Verdict
from crisis.model.words import Words, words


class Block(StrEnum):
    """Why findings do not yet carry a conclusion."""

    NO_ANSWER = "no_answer"
    UNDER_INVESTIGATION = "under_investigation"
    NO_EVIDENCE = "no_evidence"
    OWN_WORD_ONLY = "own_word_only"
    ANSWERS_DIFFER = "answers_differ"
    NOT_CLASSIFIED = "not_classified"


BLOCK_WORDS: dict[Block, Words] = {
    Block.NO_ANSWER: words(
        "Chưa có trả lời của cơ quan được giao", "No answer from the agency yet"
    ),
    Block.UNDER_INVESTIGATION: words(
        "Đang thanh tra, điều tra, chưa có kết luận",
        "Under inspection or investigation, not concluded",
    ),
    Block.NO_EVIDENCE: words(
        "Kết luận trái với nội dung báo nêu nhưng chưa có chứng cứ",
        "The finding contradicts the report but has no evidence",
    ),
    Block.OWN_WORD_ONLY: words(
        "Cơ quan bị phản ánh không tự kết luận cho mình: cần cơ quan thứ hai hoặc tài liệu độc lập",
        "A body cannot clear itself: a second body or an independent document is needed",
    ),
    Block.ANSWERS_DIFFER: words(
        "Các cơ quan trả lời khác nhau, điều phối viên cần làm rõ",
        "The agencies' answers differ; the coordinator has to clear this up",
    ),
    Block.NOT_CLASSIFIED: words(
        "Cơ quan cho rằng đây là ý kiến hoặc ngoài thẩm quyền; điều phối viên cần quyết định",
        "The agency calls it an opinion or out of scope; the coordinator has to decide that",
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A file or link that carries a finding.

    `issuer` is the body that made the document, once a person of the office has confirmed it: what
    the answering agency wrote there is its own word.
    """

    id: str
    title: str
    sha256: str
    holder: str
    issued_on: date | None
    issuer: str | None = None

    @property
    def traceable(self) -> bool:
        """Whether it can be asked for and checked: someone holds it and its bytes are known."""
        return bool(self.holder and self.sha256)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What one agency, through one named person, says about one claim."""

    id: str
    agency: str
    person: str
    verdict: Verdict
    explanation: Words
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One allegation; `about` is the agency whose own conduct it concerns.

    `awaited`: an agency that has to answer it has not answered yet.
    """

    id: str
    number: int
    text: Words
    about: str | None = None
    opinion: bool = False
    out_of_scope: bool = False
    under_investigation: bool = False
    awaited: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Conclusion:
    """What stands about a claim; `unverified_yet` with the block where nothing may be concluded."""

    claim: Claim
    verdict: Verdict
    block: Block | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every piece of evidence behind the conclusion, in the order of the findings."""
        return tuple(e for finding in self.findings for e in finding.evidence)

    @property
    def settled(self) -> bool:
        """Whether verification of this claim is over, whatever it found."""
        return self.block is None


OUTSIDE = "outside"
"""The issuer of a document that comes from a body outside the directory."""

IsSubordinate = Callable[[str, str], bool]
"""`is_subordinate(a, b)`: whether agency `a` answers to agency `b` at the moment of the act."""


def conclude(
    claim: Claim, findings: Sequence[Finding], is_subordinate: IsSubordinate
) -> Conclusion:
    """Conclude `claim` from the current finding of each agency that answered.

    Criticism stays `opinion` and what lies outside the office's competence `out_of_scope`, whatever
    an agency says; that a claim is of this sort is for the coordinator to say. What is under
    investigation stays `unverified_yet`. A finding against the report needs evidence, and one that
    clears the body it is about needs a second, independent voice.
    """
    said = tuple(findings)
    if claim.opinion:
        return Conclusion(claim=claim, verdict=Verdict.OPINION, findings=said)
    if claim.out_of_scope:
        return Conclusion(claim=claim, verdict=Verdict.OUT_OF_SCOPE, findings=said)
    block = _block(claim, said, is_subordinate)
    if block is not None:
        return Conclusion(claim=claim, verdict=Verdict.UNVERIFIED_YET, block=block, findings=said)
    return Conclusion(claim=claim, verdict=said[0].verdict, findings=said)


_CLASSES = frozenset({Verdict.OPINION, Verdict.OUT_OF_SCOPE})


def _block(
    claim: Claim, findings: tuple[Finding, ...], is_subordinate: IsSubordinate
) -> Block | None:
    if claim.under_investigation:
        return Block.UNDER_INVESTIGATION
    verdicts = {finding.verdict for finding in findings}
    if claim.awaited or not verdicts or Verdict.UNVERIFIED_YET in verdicts:
        return Block.NO_ANSWER
    if len(verdicts) > 1:
        return Block.ANSWERS_DIFFER
    if verdicts <= _CLASSES:
        return Block.NOT_CLASSIFIED
    return _ungrounded(claim, findings, is_subordinate)


def _ungrounded(
    claim: Claim, findings: tuple[Finding, ...], is_subordinate: IsSubordinate
) -> Block | None:
    """What the one verdict of all `findings` still lacks to stand."""
    verdict = findings[0].verdict
    if verdict in CONTESTING and not any(e.traceable for f in findings for e in f.evidence):
        return Block.NO_EVIDENCE
    if verdict in CLEARING and not _independent(claim, findings, is_subordinate):
        return Block.OWN_WORD_ONLY
    return None


def _independent(
    claim: Claim, findings: tuple[Finding, ...], is_subordinate: IsSubordinate
) -> bool:
    """Whether a voice other than the body concerned, or below it, carries the finding."""
    if claim.about is None:
        return True

    def stands_apart(body: str | None) -> bool:
        if body is None or claim.about is None or body == claim.about:
            return False
        return not is_subordinate(body, claim.about)

    return any(
        stands_apart(finding.agency)
        or any(stands_apart(e.issuer) for e in finding.evidence if e.traceable)
        for finding in findings
    )
