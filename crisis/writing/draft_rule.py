"""What a draft must hold before anyone reads it: the last gate behind the decision table.

Facts are checked before writing; the written words are checked again, because a template can be
edited by an office and must not be able to drop a claim or its evidence.
"""

from collections.abc import Sequence

from crisis.model.draft import ClaimFacts, DraftFacts
from crisis.model.errors import BadContent, RuleBroken
from crisis.model.gate import EVIDENCED, check_tone
from crisis.model.mask import mask
from crisis.model.statement import StatementKind, Variant
from crisis.model.verdict import Verdict
from crisis.model.words import Words, words
from crisis.writing.sentence import Sentence
from crisis.writing.view import clean, paragraphs

FINAL = frozenset(StatementKind) - {StatementKind.HOLDING, StatementKind.REFERRAL}
"""Kinds that conclude: nothing unverified may stand in them, and no claim may be left out."""

DENIABLE = frozenset({Verdict.INACCURATE, Verdict.OPINION, Verdict.OUT_OF_SCOPE})
"""Verdicts beside which a denial may stand; anything right or partly right is clarified instead."""

REMEDYING = frozenset({StatementKind.ACKNOWLEDGE, StatementKind.REMEDY_NOTE})


def check_facts(kind: StatementKind, facts: DraftFacts) -> None:
    """Raise RuleBroken where `facts` do not carry a statement of this kind."""
    verdicts = {claim.verdict for claim in facts.claims}
    if kind in FINAL and Verdict.UNVERIFIED_YET in verdicts:
        raise RuleBroken(_UNVERIFIED, rule="unverified")
    if kind is StatementKind.CORRECT and verdicts - DENIABLE:
        raise RuleBroken(_RIGHT_IN_PART, rule="INV2")
    if kind in REMEDYING and not facts.remedies:
        raise RuleBroken(_NO_REMEDY, rule="remedy")
    if kind in EVIDENCED:
        _check_grounds(facts.claims)
    _check_no_fact(kind, facts)


def _check_no_fact(kind: StatementKind, facts: DraftFacts) -> None:
    """What is no fact of ours is explained by somebody, or passed on to somebody."""
    if kind is StatementKind.LISTEN and facts.explanation is None:
        raise RuleBroken(_NO_EXPLANATION, rule="explanation")
    if kind is StatementKind.REFERRAL and facts.referred_to is None:
        raise RuleBroken(_NOBODY_COMPETENT, rule="referred_to")


def _check_grounds(claims: Sequence[ClaimFacts]) -> None:
    for claim in claims:
        if claim.contested and not claim.evidence:
            said = claim.text
            raise RuleBroken(
                words(
                    f"Nội dung “{said.vi}” bị kết luận khác báo nêu mà chưa có chứng cứ.",
                    f"The claim “{said.en or said.vi}” is contested without evidence.",
                ),
                rule="INV1",
                claim=claim.id,
            )


def check_variant(
    kind: StatementKind, facts: DraftFacts, variant: Variant, sentences: Sequence[Sentence]
) -> None:
    """Raise where the written words drop a claim, its evidence or its place, or break the tone."""
    place = f"statements/{kind}/{variant.language}"
    order = [claim for sentence in sentences for claim in sentence.claims]
    if kind is not StatementKind.REFERRAL and {c.id for c in facts.claims} - set(order):
        raise BadContent(_DROPPED, place=place)
    if kind is StatementKind.CLARIFY:
        _check_order(facts.claims, order, place)
    if kind in EVIDENCED:
        _check_evidence(facts, variant, place)
    check_tone(kind, variant)


def _check_order(claims: Sequence[ClaimFacts], order: Sequence[str], place: str) -> None:
    first = {claim.id: order.index(claim.id) for claim in claims}
    right = [first[c.id] for c in claims if c.verdict is Verdict.ACCURATE]
    contested = [first[c.id] for c in claims if c.contested]
    if right and contested and max(right) > min(contested):
        raise BadContent(_ACCURATE_FIRST, place=place)


def _check_evidence(facts: DraftFacts, variant: Variant, place: str) -> None:
    for claim in facts.claims:
        said = (clean(e.title.in_(variant.language)) for e in claim.evidence)
        titles = [mask(paragraphs(title), facts.personal_names) for title in said]
        if claim.contested and not any(title in variant.body for title in titles):
            raise BadContent(_NO_EVIDENCE, place=place)


_DROPPED: Words = words(
    "Mẫu phát ngôn bỏ sót một nội dung báo nêu.",
    "The statement's template leaves out a claim.",
)
_ACCURATE_FIRST: Words = words(
    "Mẫu phát ngôn phải nêu phần báo nêu đúng trước.",
    "The statement's template must put what the report got right first.",
)
_NO_EVIDENCE: Words = words(
    "Mẫu phát ngôn không nêu chứng cứ của nội dung có kết luận khác báo nêu.",
    "The statement's template does not name the evidence of a contested claim.",
)
_UNVERIFIED: Words = words(
    "Còn nội dung chưa xác minh xong nên chỉ được phát thông tin ban đầu.",
    "A claim is not verified yet, so only a holding statement may be issued.",
)
_RIGHT_IN_PART: Words = words(
    "Báo nêu có phần đúng nên phải làm rõ từng nội dung, không bác bỏ.",
    "The report is right in part, so it is clarified claim by claim, not denied.",
)
_NO_EXPLANATION: Words = words(
    "Chưa có lời giải thích cho ý kiến này: xin chờ cơ quan được giao trả lời, hoặc giao tại mục "
    "“Giao cơ quan khác”.",
    "Nobody has explained the matter yet: wait for the agency's answer, or assign the claim under "
    "“Give it to another agency”.",
)
_NOBODY_COMPETENT: Words = words(
    "Chưa rõ cơ quan có thẩm quyền: xin sửa lĩnh vực, địa bàn của vụ việc để danh bạ xác định.",
    "It is not known who is competent: set the incident's topics and places right.",
)
_NO_REMEDY: Words = words(
    "Phải nêu ít nhất một biện pháp khắc phục: việc gì, ai làm, khi nào xong.",
    "Name at least one remedy: what is done, by whom, by when.",
)
