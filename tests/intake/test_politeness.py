"""How often a source is asked, and what its robots.txt allows."""

from datetime import UTC, datetime, timedelta

import pytest

from crisis.intake.fetched import Fetched, FetchState
from crisis.intake.politeness import (
    LONGEST,
    SHORTEST,
    Pace,
    after_failure,
    after_reading,
    is_silent,
    next_poll,
    retry_pause,
)
from crisis.intake.robots import read_robots, robots_url

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_much_news_shortens_the_pause_and_none_lengthens_it() -> None:
    pace = Pace(pause=3 * HOUR)
    assert after_reading(pace, new=30, listed=40).pause == HOUR
    assert after_reading(pace, new=12, listed=40).pause == 2 * HOUR
    assert after_reading(pace, new=2, listed=40).pause == 3 * HOUR
    assert after_reading(pace, new=0, listed=40).pause == 4.5 * HOUR


def test_the_pause_stays_between_ten_minutes_and_a_day() -> None:
    pace = Pace()
    for _ in range(30):
        pace = after_reading(pace, new=0, listed=10)
    assert pace.pause == LONGEST
    for _ in range(30):
        pace = after_reading(pace, new=10, listed=10)
    assert pace.pause == SHORTEST


def test_failures_double_the_pause_and_a_good_answer_forgives_them() -> None:
    pace = Pace()
    pauses = []
    for _ in range(12):
        pace = after_failure(pace, FetchState.SERVER_ERROR)
        pauses.append(pace.pause)
    assert pauses[:3] == [2 * SHORTEST, 4 * SHORTEST, 8 * SHORTEST]
    assert pauses[-1] == LONGEST
    assert after_reading(pace, new=1, listed=10).failures == 0


def test_a_page_gone_three_times_is_asked_once_a_day() -> None:
    pace = Pace()
    for _ in range(3):
        pace = after_failure(pace, FetchState.GONE)
    assert pace.pause == LONGEST


def test_the_servers_own_wish_is_kept_up_to_a_day() -> None:
    assert after_failure(Pace(), FetchState.TOO_MANY, retry_after=5 * HOUR).pause == 5 * HOUR
    assert after_failure(Pace(), FetchState.TOO_MANY, retry_after=50 * HOUR).pause == LONGEST


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("120", timedelta(minutes=2)),
        ("Mon, 23 Nov 2026 02:00:00 GMT", HOUR),
        ("Mon, 23 Nov 2026 00:00:00 GMT", timedelta()),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_read(header: str, pause: timedelta | None) -> None:
    assert retry_pause(header, now=NOW) == pause


def test_sources_do_not_all_come_at_once() -> None:
    moments = {next_poll(Pace(), last=NOW, source=name) for name in ("vov", "vtv", "nhandan")}
    assert len(moments) > 1
    assert all(SHORTEST <= moment - NOW <= 1.1 * SHORTEST for moment in moments)


def test_a_day_without_an_item_is_an_alarm() -> None:
    assert is_silent(NOW - 25 * HOUR, watched_since=NOW - 90 * HOUR, now=NOW)
    assert not is_silent(NOW - 2 * HOUR, watched_since=NOW - 90 * HOUR, now=NOW)
    assert not is_silent(None, watched_since=NOW - HOUR, now=NOW)
    assert is_silent(None, watched_since=NOW - 24 * HOUR, now=NOW)


def answer(state: FetchState, body: bytes = b"") -> Fetched:
    return Fetched(state=state, url="https://bao.example/robots.txt", body=body)


def test_robots_rules_are_followed() -> None:
    rules = b"User-agent: *\nDisallow: /rieng/\nCrawl-delay: 5\n"
    robots = read_robots(answer(FetchState.FETCHED, rules))
    assert robots.allows("https://bao.example/rss/home.rss")
    assert not robots.allows("https://bao.example/rieng/1")
    assert robots.pause() == timedelta(seconds=5)


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (FetchState.GONE, True),
        (FetchState.FORBIDDEN, True),
        (FetchState.SERVER_ERROR, False),
        (FetchState.UNREACHABLE, False),
        (FetchState.TOO_SLOW, False),
    ],
)
def test_no_file_means_free_and_no_answer_means_wait(state: FetchState, allowed: bool) -> None:
    assert read_robots(answer(state)).allows("https://bao.example/x") is allowed


def test_any_bytes_are_rules() -> None:
    rubbish = read_robots(answer(FetchState.FETCHED, bytes(range(256)) * 20))
    assert rubbish.allows("https://bao.example/x")
    assert robots_url("https://bao.example:443/a/b?c") == "https://bao.example:443/robots.txt"
