"""The shipped scorer: alarms, calm, reasons, gravity, narrowing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.watch.judge import Judge, load_judge
from crisis.watch.reason import in_context

Headlines = dict[str, list[tuple[str, str]]]


def test_nine_of_ten_accusing_items_raise_an_alert(judge: Judge, headlines: Headlines) -> None:
    found = [judge.judge(*item) for item in headlines["accused"]]
    assert sum(j.alert for j in found) >= 0.9 * len(found)
    assert sum(j.gov for j in found) >= 0.9 * len(found)


def test_at_most_one_of_twenty_calm_items_raises_an_alert(
    judge: Judge, headlines: Headlines
) -> None:
    found = [judge.judge(*item) for item in headlines["calm"]]
    assert sum(j.alert for j in found) <= 0.05 * len(found)


@pytest.mark.parametrize(
    ("title", "lead", "severity"),
    [
        ("Đường liên xã đầy ổ gà, dân bức xúc", "Tuyến đường ở Đồng Tháp xuống cấp.", 1),
        ("Cách chức chủ tịch xã vì sai phạm đất đai", "", 2),
        ("Cựu chủ tịch UBND tỉnh bị khởi tố", "Bị can bị bắt tạm giam.", 3),
        ("Sản phụ tử vong, sở y tế đình chỉ kíp trực bệnh viện huyện", "", 3),
        ("250 học sinh ngộ độc ở trường tiểu học", "Vụ việc xảy ra tại Huế.", 3),
        ("Phường tổ chức hội thi cắm hoa", "", 0),
    ],
)
def test_gravity_follows_what_happened(judge: Judge, title: str, lead: str, severity: int) -> None:
    assert judge.judge(title, lead).severity == severity


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Công an tỉnh khởi tố giám đốc công ty lừa đảo", "Bị can chiếm đoạt 30 tỉ đồng."),
        ("Chủ tịch ngân hàng bị bắt", "Bị can bị tạm giam để điều tra."),
        ("Trưởng Công an xã cho biết đã bắt nhóm trộm chó", ""),
    ],
)
def test_a_private_person_charged_by_the_police_is_not_a_charge_against_the_body(
    judge: Judge, title: str, lead: str
) -> None:
    assert not judge.judge(title, lead).gov


def test_a_settled_or_refuted_matter_weighs_less_than_the_open_one(judge: Judge) -> None:
    still = judge.judge("Cầu ở xã Tân Phú hư hỏng, người dân phản ánh")
    mended = judge.judge("Cầu ở xã Tân Phú hư hỏng đã khắc phục xong sau phản ánh")
    assert still.alert
    assert mended.score < still.score
    assert not mended.alert


def test_every_alert_names_the_words_and_the_sentence_that_decided(
    judge: Judge, headlines: Headlines
) -> None:
    for title, lead in headlines["accused"]:
        found = judge.judge(title, lead)
        if found.alert:
            first = found.why[0]
            assert first.points > 0
            assert first.sentence in f"{title} {lead}"
            assert first.cue
            assert first.meaning.vi
            assert first.meaning.en


def test_the_score_stands_on_the_side_of_the_alert(judge: Judge, headlines: Headlines) -> None:
    for title, lead in headlines["accused"] + headlines["calm"]:
        found = judge.judge(title, lead)
        assert (found.score >= 0.5) == found.alert


def test_spelling_does_not_change_the_judgement(judge: Judge) -> None:
    composed = judge.judge("Chủ tịch xã Hòa An bị kỷ luật", "")
    decomposed = judge.judge("Chủ tịch xã Hoà An bị kỷ luật", "")
    assert composed.score == decomposed.score
    assert composed.alert


@pytest.mark.parametrize(
    ("title", "sentiment"),
    [
        ("Khánh thành trường học mới cho trẻ vùng cao", "pos"),
        ("Dân bức xúc vì bãi rác hôi thối", "neg"),
        ("Hội đồng nhân dân họp phiên thường kỳ", "neu"),
    ],
)
def test_tone_is_that_of_the_news(judge: Judge, title: str, sentiment: str) -> None:
    assert judge.judge(title).sentiment == sentiment


@pytest.fixture(scope="module")
def ours(lists: Path) -> Judge:
    """The judge of the office of Quảng Trị."""
    return load_judge(lists, own="Quảng Trị", communes=["Nam Gianh"])


@pytest.mark.parametrize(
    ("title", "alert"),
    [
        ("Chủ tịch xã ở Quảng Trị bị cách chức", True),
        ("Chủ tịch xã ở Quảng Bình bị cách chức", True),
        ("Chủ tịch xã ở Đồng Hới bị cách chức", True),
        ("Chủ tịch xã Nam Gianh bị cách chức", True),
        ("Chủ tịch huyện Quảng Ninh bị cách chức", True),
        ("Chủ tịch xã ở tỉnh Quảng Ninh bị cách chức", False),
        ("Chủ tịch xã ở Cà Mau bị cách chức", False),
    ],
)
def test_narrowed_to_the_own_province_other_provinces_do_not_alert(
    ours: Judge, title: str, alert: bool
) -> None:
    assert ours.judge(title).alert is alert


@given(title=st.text(max_size=200), lead=st.text(max_size=400))
def test_any_text_is_judged(judge: Judge, title: str, lead: str) -> None:
    found = judge.judge(title, lead)
    assert 0 <= found.severity <= 3
    assert 0.0 <= found.score <= 1.0
    assert found.alert or not found.gov


def test_why_names_only_words_that_tell_something_alone(judge: Judge, headlines: Headlines) -> None:
    cues = [r for item in headlines["accused"] for r in judge.judge(*item).why]
    usual = [r.cue for r in cues if r.meaning.en == "wording usual in such news"]
    assert usual
    assert all(" " in cue for cue in usual)
    assert not {"cán", "xã", "tỉnh", "của"} & set(usual)


def test_bad_news_that_fills_title_and_lead_is_grave_for_the_place(judge: Judge) -> None:
    title, lead = "Cháy rừng lan rộng, cháy cả bãi gỗ", "Đám cháy lớn ở Lâm Đồng, ngập khói."
    assert judge.judge(title, lead).severity == 2


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Đính chính: UBND xã Hải Lăng không chậm trả sổ đỏ", "Báo đã đăng chưa chính xác."),
        ("Đính chính thông tin trong bài về bãi rác Đông Hà", "Do sơ suất, báo ghi sai số hộ."),
        ("Về bài “Cán bộ xã nhũng nhiễu dân”", "Tòa soạn xin cáo lỗi cùng bạn đọc và UBND xã."),
    ],
)
def test_a_paper_that_corrects_itself_accuses_nobody(judge: Judge, title: str, lead: str) -> None:
    found = judge.judge(title, lead)
    assert (found.gov, found.alert, found.sentiment, found.severity) == (False, False, "neu", 0)
    assert found.why[0].meaning.vi == "báo tự đính chính, xin lỗi bạn đọc"


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Đính chính sổ đỏ ghi sai tên, dân Cam Lộ chờ nhiều năm", "UBND xã chậm giải quyết."),
        ("UBND xã Cam Lộ chậm đính chính giấy tờ, dân bức xúc", "Người dân phản ánh nhiều lần."),
    ],
)
def test_papers_of_an_office_that_wait_to_be_mended_still_accuse(
    judge: Judge, title: str, lead: str
) -> None:
    assert judge.judge(title, lead).alert


def test_a_reason_says_what_is_late(judge: Judge) -> None:
    found = judge.judge("UBND xã Lệ Thủy trả sổ đỏ cho dân chậm 8 tháng", "Dân phản ánh.")
    late = next(one for one in found.why if one.cue == "chậm 8 tháng")
    assert late.meaning.vi == "chậm nhiều tháng, nhiều năm"
    assert in_context(late.cue, late.sentence) == "… Thủy trả sổ đỏ cho dân chậm 8 tháng"
    assert in_context("không có", late.sentence) == "không có"
