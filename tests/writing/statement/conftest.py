"""What the statement tests share: facts from which every kind of statement can be drafted."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crisis.model.draft import ClaimFacts, DraftFacts, EvidenceRef, PressDesk, Raised, Remedy
from crisis.model.letter_part import Contact
from crisis.model.severity import Severity
from crisis.model.statement import StatementKind
from crisis.model.verdict import Verdict
from crisis.model.words import Language, words
from crisis.writing.draft import Drafted, draft_variants
from crisis.writing.shelf import Shelf

EVIDENCE = EvidenceRef(
    title=words("Biên bản kiểm tra số 12/BB-SXD", "Inspection record 12/BB-SXD"),
    holder=words("Sở Xây dựng", "Department of Construction"),
    dated=date(2027, 2, 3),
)


def _claim(number: int, verdict: Verdict) -> ClaimFacts:
    """A claim with everything that its verdict needs."""
    contested = verdict in {Verdict.INACCURATE, Verdict.OUT_OF_CONTEXT, Verdict.PARTLY_ACCURATE}
    return ClaimFacts(
        id=f"c{number}",
        text=words(f"Nội dung phản ánh {number}", f"Reported point {number}"),
        verdict=verdict,
        truth=words(f"Sự việc thứ {number} như sau", f"The facts of point {number}"),
        evidence=(EVIDENCE,) if contested else (),
    )


@pytest.fixture
def facts() -> DraftFacts:
    """Facts that every kind of statement can draw on, with one accurate claim."""
    return DraftFacts(
        office=words("Văn phòng UBND tỉnh Quảng Trị", "Office of the Quang Tri People's Committee"),
        spokesperson=Contact(
            name="Lê Minh Tuấn", title=words("Phó Chánh Văn phòng", "Deputy Head"), phone="02330001"
        ),
        desk=PressDesk(
            name=words("Phòng Thông tin", "Information Desk"),
            phone="0233 385 0001",
            email="phatngon@quangtri.example",
        ),
        subject=words("phản ánh sân trường đọng nước", "a school yard under water"),
        severity=Severity.S3,
        exercise=False,
        raised=(
            Raised(
                outlet="Pháp Luật TP.HCM",
                title="Trường học cứ mưa là ngập",
                published_on=date(2027, 2, 1),
            ),
        ),
        claims=(_claim(1, Verdict.ACCURATE),),
        remedies=(
            Remedy(
                what=words("Khơi thông mương thoát nước", "Clear the drain"),
                who=words("Ban Quản lý dự án", "Project Management Board"),
                by=date(2027, 3, 1),
            ),
        ),
        doing=words("Kiểm tra hiện trường, làm việc với nhà trường", "Inspecting the site"),
        leading=words("Sở Xây dựng", "Department of Construction"),
        advice=words("Học sinh không vào khu vực ngập", "Pupils keep out of the flooded part"),
        next_update_at=datetime(2027, 2, 5, 9, 30, tzinfo=UTC),
        explanation=words("Phí được thu theo mức đã niêm yết", "Fees follow the posted rates"),
        referred_to=words("Công an tỉnh", "Provincial Police"),
        basis=(words("khoản 6 Điều 7 Nghị định 244/2026/NĐ-CP", "Article 7(6), Decree 244/2026"),),
    )


VERDICTS: dict[StatementKind, tuple[Verdict, ...]] = {
    StatementKind.HOLDING: (Verdict.UNVERIFIED_YET, Verdict.UNVERIFIED_YET),
    StatementKind.ACKNOWLEDGE: (Verdict.ACCURATE, Verdict.OPINION),
    StatementKind.CLARIFY: (
        Verdict.INACCURATE,
        Verdict.OUT_OF_SCOPE,
        Verdict.ACCURATE,
        Verdict.OUT_OF_CONTEXT,
        Verdict.OPINION,
        Verdict.PARTLY_ACCURATE,
    ),
    StatementKind.CORRECT: (Verdict.INACCURATE, Verdict.INACCURATE, Verdict.OPINION),
    StatementKind.LISTEN: (Verdict.OPINION, Verdict.OPINION),
    StatementKind.REMEDY_NOTE: (Verdict.ACCURATE,),
    StatementKind.REFERRAL: (Verdict.OUT_OF_SCOPE,),
}
"""The verdicts from which each kind follows."""


@pytest.fixture
def facts_for(facts: DraftFacts):
    """`facts_for(kind)`: facts with the claims that this kind answers."""

    def make(kind: StatementKind) -> DraftFacts:
        numbered = enumerate(VERDICTS[kind], start=1)
        return replace(facts, claims=tuple(_claim(n, verdict) for n, verdict in numbered))

    return make


@pytest.fixture
def claim():
    """`claim(number, verdict)`: a claim with everything that its verdict needs."""
    return _claim


@pytest.fixture
def draft(shelf: Shelf):
    """`draft(kind, facts)`: the statement for the site and the webhook, in both languages."""

    def write(kind: StatementKind, facts: DraftFacts, **over: object) -> Drafted:
        asked = {"template": kind, "outlets": ("site", "press_list", "webhook"), **over}
        return draft_variants(shelf, kind, facts, **asked)

    return write


@pytest.fixture
def site(draft):
    """`site(kind, facts, language)`: the full text on the site."""

    def write(kind: StatementKind, facts: DraftFacts, language: Language = Language.VI) -> str:
        variants = draft(kind, facts, outlets=("site",)).variants
        (variant,) = (one for one in variants if one.language is language)
        return variant.content.decode()

    return write
