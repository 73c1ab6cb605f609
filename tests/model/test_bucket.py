"""The rate limit of one server."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crisis.model.bucket import Bucket

NOW = datetime(2025, 10, 24, 8, tzinfo=UTC)


def test_a_rested_bucket_lets_its_size_through_at_once_and_then_spaces_the_rest() -> None:
    bucket = Bucket.full(per_minute=60, size=2, at=NOW)
    waits = []
    for _ in range(4):
        bucket, wait = bucket.take(NOW)
        waits.append(wait.total_seconds())
    assert waits == [0, 0, 1, 2]


def test_it_fills_with_time_but_not_over_its_size() -> None:
    empty = Bucket(per_minute=60, size=5, tokens=0, at=NOW)
    assert empty.filled(NOW + timedelta(seconds=3)).tokens == 3
    assert empty.filled(NOW + timedelta(hours=1)).tokens == 5


def test_a_clock_that_goes_back_changes_nothing() -> None:
    bucket = Bucket(per_minute=60, size=5, tokens=2, at=NOW)
    assert bucket.filled(NOW - timedelta(hours=1)) == bucket


@given(gaps=st.lists(st.integers(0, 5000), max_size=50), rate=st.integers(1, 600))
def test_no_minute_sees_more_than_the_rate_and_one_burst(gaps: list[int], rate: int) -> None:
    bucket, now, sent = Bucket.full(per_minute=rate, size=3, at=NOW), NOW, []
    for gap in gaps:
        now += timedelta(milliseconds=gap)
        bucket, wait = bucket.take(now)
        sent.append(now + wait)
    for begin in sent:
        in_minute = [at for at in sent if begin <= at < begin + timedelta(minutes=1)]
        assert len(in_minute) <= rate + 3 + 1
