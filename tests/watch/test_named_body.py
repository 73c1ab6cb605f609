"""Bodies named in a text."""

from crisis.watch.named_body import bodies

KNOWN = bodies(
    [
        ("Sở Tư pháp", "stp"),
        ("Thanh tra tỉnh", "thanh-tra"),
        ("UBND tỉnh Quảng Trị", "ubnd"),
        ("Văn phòng UBND tỉnh Quảng Trị", "vp"),
        ("Sở Y tế", "syt"),
    ]
)


def test_bodies_are_found_in_their_order_whatever_their_letters() -> None:
    told = KNOWN.named("Giám đốc SỞ TƯ PHÁP bị khởi tố", "Sở Y tế và Sở Tư pháp chưa trả lời")
    assert told == ("stp", "syt")


def test_the_longest_name_counts_and_half_a_word_does_not() -> None:
    assert KNOWN.named("Văn phòng UBND tỉnh Quảng Trị trả lời") == ("vp",)
    assert KNOWN.named("Thanh tra: Sở Y tếh buông lỏng") == ()


def test_an_empty_directory_names_nothing() -> None:
    assert bodies([]).named("Sở Y tế") == ()
