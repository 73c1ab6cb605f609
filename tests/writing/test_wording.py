"""How times, durations and texts are said."""

from datetime import UTC, date, datetime, timedelta

import pytest

from crisis.writing.wording import (
    bare,
    broken,
    is_web_address,
    said_day,
    said_moment,
    said_span,
    said_time,
    shortened,
    stopped,
    wrapped,
)

AT = datetime(2027, 2, 5, 9, 30, tzinfo=UTC)


def test_a_moment_is_said_in_local_time_in_both_languages() -> None:
    assert said_moment(AT, "vi") == "16 giờ 30 ngày 05/02/2027"
    assert said_moment(AT, "en") == "16:30 on 5 February 2027"
    assert said_time(datetime(2027, 2, 5, 1, 5, tzinfo=UTC), "vi") == "08 giờ 05"


def test_a_day_is_the_local_day() -> None:
    assert said_day(datetime(2027, 2, 4, 18, 0, tzinfo=UTC), "vi") == "05/02/2027"
    assert said_day(date(2027, 12, 31), "en") == "31 December 2027"


@pytest.mark.parametrize(
    ("length", "vi", "en"),
    [
        (timedelta(days=1, hours=3, minutes=9), "1 ngày 3 giờ", "1 day 3 hours"),
        (timedelta(hours=2), "2 giờ", "2 hours"),
        (timedelta(minutes=45, seconds=59), "45 phút", "45 minutes"),
        (timedelta(seconds=4), "1 phút", "1 minute"),
        (-timedelta(hours=1, minutes=1), "1 giờ 1 phút", "1 hour 1 minute"),
        (timedelta(days=2, minutes=5), "2 ngày 5 phút", "2 days 5 minutes"),
    ],
)
def test_a_duration_is_said_in_its_two_largest_units(length: timedelta, vi: str, en: str) -> None:
    assert (said_span(length, "vi"), said_span(length, "en")) == (vi, en)


def test_text_is_wrapped_without_breaking_links() -> None:
    link = "https://example.test/" + "a" * 60
    lines = wrapped(f"một hai ba {link} bốn\n\nđoạn hai", 40).split("\n")
    assert link in lines
    assert lines[-2:] == ["", "đoạn hai"]


def test_long_titles_end_at_a_word() -> None:
    assert shortened("một hai ba bốn", 12) == "một hai ba…"
    assert shortened("một", 12) == "một"


@pytest.mark.parametrize(
    ("text", "with_stop"),
    [("Xong", "Xong."), ("Xong.", "Xong."), ("“Sao?”", "“Sao?”"), ("a…", "a…")],
)
def test_facts_typed_with_or_without_a_full_stop_read_alike(text: str, with_stop: str) -> None:
    assert stopped(text) == with_stop
    assert bare("Xong. ") == bare("Xong") == "Xong"


def test_line_ends_are_kept_in_html_and_markup_is_not() -> None:
    assert str(broken("a\n<b>")) == "a<br>\n&lt;b&gt;"


@pytest.mark.parametrize(
    ("address", "fit"),
    [
        ("https://bao.example/x?y=1", True),
        ("http://bao.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("https://a b", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_stand_behind_links(address: object, fit: bool) -> None:
    assert is_web_address(address) is fit
