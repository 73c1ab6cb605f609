"""The tone linter finds blame, labels, guesses, missing updates and personal data."""

import pytest

from crisis.model.statement import StatementKind
from crisis.model.tone import lint, personal_data
from crisis.model.words import Language

UPDATE = "Cập nhật tiếp theo: trước 16 giờ 30 ngày 05/02/2027."


def rules(text: str, kind: StatementKind = StatementKind.CLARIFY, lang: str = "vi") -> list[str]:
    return [finding.rule for finding in lint(text, Language(lang), kind)]


@pytest.mark.parametrize(
    ("text", "rule", "excerpt"),
    [
        ("Đây là tin giả.", "label", "tin giả"),
        ("Nội dung XUYÊN TẠC", "label", "XUYÊN TẠC"),
        ("Phóng viên cố tình câu view", "blame", "cố tình"),
        ("Có khoảng 20 hộ bị ảnh hưởng", "estimate", "khoảng"),
        ("Việc này có lẽ xong sớm", "estimate", "có lẽ"),
    ],
)
def test_vietnamese_words_that_a_statement_avoids(text: str, rule: str, excerpt: str) -> None:
    found = lint(text, Language.VI, StatementKind.CLARIFY)
    assert (rule, excerpt) in [(f.rule, f.excerpt) for f in found]
    assert all(f.advice.vi and f.advice.en for f in found)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("This is fake news", "label"),
        ("a fabricated story", "label"),
        ("a hostile, biased piece", "blame"),
        ("about 20 households", "estimate"),
        ("It will probably end", "estimate"),
    ],
)
def test_english_words_that_a_statement_avoids(text: str, rule: str) -> None:
    assert rule in rules(text, lang="en")


@pytest.mark.parametrize(
    "text",
    [
        "Khoảng cách an toàn là 5 m",
        "Bài “Cảnh báo tin giả” đăng ngày 01/02/2027",
        "Thông tin chưa chính xác",
        "Kết luận số 12/KL-UBND ngày 03/02/2027, kinh phí 1.234.567.890 đồng",
        "Từ 0 giờ 30 ngày 05/02/2027 đến 01/03/2027",
    ],
)
def test_plain_facts_and_quotations_are_left_alone(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_holding_statement_promises_its_next_update(lang: str) -> None:
    promise = UPDATE if lang == "vi" else "Next update: before 16:30 on 5 February 2027."
    assert rules(promise, StatementKind.HOLDING, lang) == []
    assert rules("Noted.", StatementKind.HOLDING, lang) == ["next_update"]
    assert rules("Noted.", StatementKind.CLARIFY, lang) == []


@pytest.mark.parametrize("text", ["Không có việc này.", "Chúng tôi bác bỏ.", "Tin đó sai sự thật."])
def test_a_denial_is_a_fault_in_a_holding_statement_only(text: str) -> None:
    assert rules(f"{text}\n{UPDATE}", StatementKind.HOLDING) == ["denial"]
    assert "denial" not in rules(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("gọi 0912 345 678 gặp chị", "phone"),
        ("gọi 0912.345.678", "phone"),
        ("gọi +84 912 345 678.", "phone"),
        ("gọi 02333851234", "phone"),
        ("CCCD 045123456789", "identity_number"),
        ("CCCD 045 123 456 789", "identity_number"),
        ("thư an.nguyen@mail.example", "email"),
        ("“gọi 0912345678”", "phone"),
    ],
)
def test_personal_data_is_found_even_in_quotations(text: str, rule: str) -> None:
    assert rule in rules(text)


def test_the_official_desk_may_stand_in_a_statement() -> None:
    text = "Liên hệ +84 233 385 0001, Phatngon@quangtri.example"
    assert personal_data(text, official=("0233.385.0001", "phatngon@quangtri.example")) == ()
    assert len(personal_data(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Thông tin báo nêu là sai  sự\u00a0thật.",
        "Thông tin báo nêu là sai\nsự thật.",
        "Thông tin báo nêu là s\u0430i sự thật.",
        "Thông tin báo nêu là 𝐬𝐚𝐢 sự thật.",
        "Thông tin báo nêu là sa\u200bi sự th\u00adật.",
        "Báo đăng sai. Không hề có việc thu tiền này.",
    ],
)
def test_no_other_blank_or_alphabet_hides_what_the_eye_reads(text: str) -> None:
    assert "rejection" in rules(text, StatementKind.ACKNOWLEDGE)


def test_a_fault_of_the_thing_reported_is_no_rejection_of_the_report() -> None:
    told = "Phản ánh về việc thu sai quy định, nội dung sai phạm báo nêu là đúng."
    assert rules(told, StatementKind.ACKNOWLEDGE) == []


def test_a_hidden_label_or_phone_number_is_found_as_well() -> None:
    assert rules("Đây là tin\u00a0gi\u1ea3.") == ["label"]
    assert rules("gọi 0912\u00a0345\u2009678") == ["phone"]
