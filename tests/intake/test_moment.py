"""When an item was published, as papers write it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.intake.moment import as_json, read_moment

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("Thu, 28 May 2026 17:00:00 GMT+7", "2026-05-28T10:00:00Z"),
        ("Thu, 28 May 2026 17:00:00 GMT +7", "2026-05-28T10:00:00Z"),
        ("Thu, 28 May 2026 17:00:00 GMT+07:00", "2026-05-28T10:00:00Z"),
        ("Thu, 28 May 2026 17:00:00 ICT", "2026-05-28T10:00:00Z"),
        ("Thu, 28 May 2026 17:00:00 +0700", "2026-05-28T10:00:00Z"),
        ("Thu, 28 May 2026 17:00:00 +0700 (ICT)", "2026-05-28T10:00:00Z"),
        ("Thu, 28 May 2026 17:00:00 GMT", "2026-05-28T17:00:00Z"),
        ("Thu, 28 May 2026 17:00:00 EST", "2026-05-28T22:00:00Z"),
        ("Thu, 28 May 26 17:00:00 GMT", "2026-05-28T17:00:00Z"),
        ("Thu, 28 May 2026 17:00:00", "2026-05-28T10:00:00Z"),
        ("28 May 2026 17:00", "2026-05-28T10:00:00Z"),
        ("Thứ 5, 28/05/2026 17:00:00 GMT+7", "2026-05-28T10:00:00Z"),
        ("Thứ năm, 28/5/2026, 17:00 (GMT+7)", "2026-05-28T10:00:00Z"),
        ("T2, 23 Thg 11 2026", "2026-11-22T17:00:00Z"),
        ("CN, 22 Thg 11 2026 08:00:00 GMT+7", "2026-11-22T01:00:00Z"),
        ("Thứ Hai, ngày 23 tháng 11 năm 2026", "2026-11-22T17:00:00Z"),
        ("23 Tháng Mười Một, 2026 08:05", "2026-11-23T01:05:00Z"),
        ("01 tháng năm năm 2026", "2026-04-30T17:00:00Z"),
        ("10/2/2026 9:25:00 AM", "2026-10-02T02:25:00Z"),
        ("12/31/2026 11:00:00 PM", "2026-12-31T16:00:00Z"),
        ("28/05/2026 5:00:00 CH", "2026-05-28T10:00:00Z"),
        ("10/2/2026 09:25", "2026-02-10T02:25:00Z"),
        ("17h30 ngày 28/5/2026", "2026-05-28T10:30:00Z"),
        ("17:00 | 28-05-2026", "2026-05-28T10:00:00Z"),
        ("2026-05-28T17:00:00+07:00", "2026-05-28T10:00:00Z"),
        ("2026-05-28T10:00:00.250Z", "2026-05-28T10:00:00Z"),
        ("2026-05-28 17:00:00", "2026-05-28T10:00:00Z"),
        ("2026-05-28", "2026-05-27T17:00:00Z"),
        ("20260528T100000Z", "2026-05-28T10:00:00Z"),
    ],
)
def test_a_written_time_is_read(text: str, utc: str) -> None:
    assert as_json(read_moment(text, now=NOW).utc) == utc


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hôm nay",
        "2 giờ trước",
        "vừa xong",
        "31/02/2026",
        "Thu, 28 May 2026 25:00:00 GMT",
        "Thu, 28 May 2026 17:00:00 XYZ",
        "Thu, 28 May 2026 17:00:00 +9900",
        "0001-01-01T00:00:00",
        "1779962400",
        "28/05",
        "ngày 28 tháng 15 năm 2026",
    ],
)
def test_what_is_not_surely_a_time_stays_unknown(text: str) -> None:
    assert read_moment(text, now=NOW).utc is None


def test_a_time_ahead_of_the_clock_is_flagged_and_kept() -> None:
    ahead = read_moment("2027-11-23T08:00:00+07:00", now=NOW)
    assert ahead.future
    assert as_json(ahead.utc) == "2027-11-23T01:00:00Z"
    assert not read_moment("2026-11-23T08:05:00+07:00", now=NOW).future


@given(st.text(max_size=60))
def test_any_text_is_a_time_or_unknown(text: str) -> None:
    found = read_moment(text, now=NOW).utc
    assert found is None or found.tzinfo is UTC


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2090, 1, 1)))  # noqa: DTZ001
def test_iso_8601_in_utc_reads_back(moment: datetime) -> None:
    whole = moment.replace(microsecond=0, tzinfo=UTC)
    assert read_moment(whole.isoformat()).utc == whole
