"""What became of an article that is read again, and when it is read next."""

from datetime import UTC, datetime, timedelta

import pytest

from crisis.model.article_change import LONGEST, difference, next_reading

AT = datetime(2025, 10, 20, 1, 0, tzinfo=UTC)


def test_only_what_differs_is_told() -> None:
    told = difference("Một câu. Hai câu. Ba câu.", "Một câu. Hai câu khác. Ba câu.")
    assert (told.old, told.new, told.correction) == ("Hai câu.", "Hai câu khác.", False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Báo xin lỗi bạn đọc về sai sót này.",
        "ĐÍNH CHÍNH: số người bị thương là 2.",
        "Chúng tôi thông tin lại cho chính xác.",
    ],
)
def test_a_paper_that_corrects_itself_says_so(sentence: str) -> None:
    assert difference("Một câu.", f"Một câu. {sentence}").correction
    assert not difference(f"Một câu. {sentence}", "Một câu.").correction


def test_a_long_difference_is_cut_as_a_quotation_is() -> None:
    told = difference("", "chữ " * 900)
    assert len(told.new) <= LONGEST
    assert told.new.endswith("…")


@pytest.mark.parametrize(("age", "wait"), [(0, 1), (23, 1), (24, 6), (167, 6), (168, 24)])
def test_an_article_is_read_less_often_as_it_grows_old(age: int, wait: int) -> None:
    now = AT + timedelta(hours=age)
    assert next_reading(now, seen=AT) - now == timedelta(hours=wait)
