"""Phrases found in a text, such as the bodies that it names."""

from crisis.watch.phrase import found_in, phrases_of
from crisis.watch.wording import tokens_of

BODIES = phrases_of(
    [
        ("Sở Tư pháp", "stp"),
        ("Thanh tra tỉnh", "thanh-tra"),
        ("UBND tỉnh Quảng Trị", "ubnd"),
        ("Văn phòng UBND tỉnh Quảng Trị", "vp"),
        ("Sở Y tế", "syt"),
    ]
)


def named(text: str) -> list[str]:
    return found_in(tokens_of(text), BODIES)


def test_phrases_are_found_in_their_order_whatever_their_letters() -> None:
    told = named("Giám đốc SỞ TƯ PHÁP bị khởi tố. Sở Y tế và Sở Tư pháp chưa trả lời")
    assert told == ["stp", "syt", "stp"]


def test_the_longest_phrase_counts_and_half_a_word_does_not() -> None:
    assert named("Văn phòng UBND tỉnh Quảng Trị trả lời") == ["vp"]
    assert named("Thanh tra: Sở Y tếh buông lỏng") == []


def test_without_phrases_nothing_is_found() -> None:
    assert found_in(tokens_of("Sở Y tế"), phrases_of([])) == []
