"""What a version may say, whoever wrote it: no label, no denial of what is right, its evidence."""

from dataclasses import replace
from typing import Any

import pytest

from crisis.model.claim import Conclusion
from crisis.model.gate import check_words
from crisis.model.statement import StatementKind, Variant
from crisis.model.verdict import Verdict
from crisis.model.words import Language, words

K, V = StatementKind, Verdict
CLAIM = words("Sân trường bị ngập khi mưa", "The school yard floods when it rains")
NEXT = "Cập nhật tiếp theo: trước 16 giờ 30 ngày 05/02/2027."


def said(body: str, title: str = "Thông tin", language: str = "vi") -> Variant:
    return Variant(outlet="site", language=Language(language), title=title, body=body)


@pytest.fixture
def found(concluded: Any) -> Any:
    """`found(verdict)`: one claim, as verification left it."""

    def one(verdict: Verdict) -> tuple[Conclusion, ...]:
        made = concluded(verdict)
        return (replace(made, claim=replace(made.claim, text=CLAIM)),)

    return one


@pytest.mark.parametrize(
    ("kind", "verdict", "body", "rule"),
    [
        (K.ACKNOWLEDGE, V.ACCURATE, "Đây là tin giả.", "tone.label"),
        (K.ACKNOWLEDGE, V.ACCURATE, "Báo nêu hoàn toàn sai sự thật.", "tone.rejection"),
        (K.ACKNOWLEDGE, V.ACCURATE, "Thông tin báo nêu là chưa chính xác.", "tone.rejection"),
        (K.ACKNOWLEDGE, V.ACCURATE, "Đây là “tin giả”.", "tone.label"),
        (K.REMEDY_NOTE, V.ACCURATE, "Chúng tôi bác bỏ.", "tone.rejection"),
        (K.LISTEN, V.OPINION, "Ý kiến này không đúng sự thật.", "tone.rejection"),
        (K.REFERRAL, V.OUT_OF_SCOPE, "Phản ánh này là vô căn cứ.", "tone.rejection"),
        (K.HOLDING, V.UNVERIFIED_YET, f"Không có việc này. {NEXT}", "tone.denial"),
        (K.CORRECT, V.OPINION, f"“{CLAIM.vi}” là sai sự thật.", "INV2"),
        (K.CLARIFY, V.ACCURATE, f"Việc “{CLAIM.vi}” hoàn toàn không có.", "INV2"),
        (K.CORRECT, V.INACCURATE, "Sân trường khô ráo.", "INV1"),
        (K.CLARIFY, V.PARTLY_ACCURATE, "Sân ngập một lần.", "INV1"),
    ],
)
def test_words_that_no_person_can_submit(
    refused: Any, found: Any, kind: StatementKind, verdict: Verdict, body: str, rule: str
) -> None:
    assert refused(check_words, kind, [said(body)], found(verdict)) == rule


@pytest.mark.parametrize(
    ("kind", "body", "rule"),
    [
        (K.ACKNOWLEDGE, "This is fake news.", "tone.label"),
        (K.ACKNOWLEDGE, "The report is not true.", "tone.rejection"),
        (K.LISTEN, "These claims are unfounded.", "tone.rejection"),
    ],
)
def test_english_words_that_no_person_can_submit(
    refused: Any, found: Any, kind: StatementKind, body: str, rule: str
) -> None:
    assert refused(check_words, kind, [said(body, language="en")], found(V.ACCURATE)) == rule


@pytest.mark.parametrize(
    ("kind", "verdict", "body"),
    [
        (
            K.ACKNOWLEDGE,
            V.ACCURATE,
            "Rãnh được xây không đúng thiết kế; thu phí không đúng quy định.",
        ),
        (K.ACKNOWLEDGE, V.ACCURATE, "Thông tin nêu việc thu phí không đúng quy định là đúng."),
        (K.ACKNOWLEDGE, V.ACCURATE, "Bài “Cảnh báo tin giả về vỡ đập” đăng hôm qua."),
        (K.ACKNOWLEDGE, V.ACCURATE, "Số liệu Văn phòng công bố ngày 20/10 là không chính xác."),
        (K.CORRECT, V.INACCURATE, "Thông tin chưa chính xác: xem Biên bản  Kiểm tra."),
        (K.CLARIFY, V.PARTLY_ACCURATE, "Căn cứ: biên bản kiểm tra (ngày 20/10/2025)."),
    ],
)
def test_plain_facts_own_errors_and_quotations_pass(
    found: Any, kind: StatementKind, verdict: Verdict, body: str
) -> None:
    reported = ("Cảnh báo tin giả về vỡ đập",)
    assert check_words(kind, [said(body)], found(verdict), reported=reported) is None


def test_a_title_that_repeats_the_report_is_nobodys_label(refused: Any, found: Any) -> None:
    title = "Tiếp thu: Cảnh báo tin giả về vỡ đập"
    one = [said("Đã kiểm tra.", title)]
    assert refused(check_words, K.ACKNOWLEDGE, one, found(V.ACCURATE)) == "tone.label"
    reported = ("Cảnh báo tin giả về vỡ đập",)
    assert check_words(K.ACKNOWLEDGE, one, found(V.ACCURATE), reported=reported) is None


def test_in_the_body_what_others_said_stands_between_quotation_marks(
    refused: Any, found: Any
) -> None:
    reported = ("Cảnh báo tin giả về vỡ đập",)
    asked = [
        refused(check_words, K.ACKNOWLEDGE, [said(body)], found(V.ACCURATE), reported=reported)
        for body in (
            "Cảnh báo tin giả về vỡ đập.",
            "Bài “Cảnh báo tin giả về vỡ đập” là đúng.",
            "Bổ sung “Tiếp thu: Cảnh báo tin giả về vỡ đập” đã công bố.",
        )
    ]
    assert asked == ["tone.label", None, None]


def test_the_sentence_is_named(found: Any) -> None:
    body = "Đã kiểm tra. Báo nêu hoàn toàn sai sự thật. Xin cảm ơn."
    with pytest.raises(Exception, match="Báo nêu hoàn toàn sai sự thật") as broken:
        check_words(K.ACKNOWLEDGE, [said(body)], found(V.ACCURATE))
    assert "Đã kiểm tra" not in str(broken.value)


def test_evidence_that_names_a_protected_person_is_named_masked(
    refused: Any, concluded: Any
) -> None:
    paper = replace(concluded(V.INACCURATE).evidence[0], title="Đơn của Nguyễn Văn An")
    found = (concluded(V.INACCURATE, evidence=(paper,)),)
    one = [said("Chứng cứ: Đơn của N.V.A.")]
    assert refused(check_words, K.CORRECT, one, found) == "INV1"
    assert check_words(K.CORRECT, one, found, names=("Nguyễn Văn An",)) is None
