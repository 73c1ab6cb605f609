"""Which days the office works, on the official calendars of 2024 to 2026 and the computed 2027."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from crisis.calendar_source import office_calendar, public_days
from crisis.model.calendar import Calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.deadline import due_at
from crisis.model.errors import BadInput
from crisis.model.limit import parse_target

OFF = [
    *["2024-01-01", "2024-02-08", "2024-02-09", "2024-02-12", "2024-02-13", "2024-02-14"],
    *["2024-04-18", "2024-04-29", "2024-04-30", "2024-05-01", "2024-09-02", "2024-09-03"],
    *["2025-01-01", "2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31"],
    *["2025-04-07", "2025-04-30", "2025-05-01", "2025-05-02", "2025-09-01", "2025-09-02"],
    *["2026-01-01", "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19"],
    *["2026-02-20", "2026-04-27", "2026-04-30", "2026-05-01", "2026-08-31", "2026-09-01"],
    *["2026-09-02", "2026-11-24", "2027-01-01", "2027-02-04", "2027-02-05", "2027-02-08"],
    *["2027-02-09", "2027-02-10", "2027-04-16", "2027-04-30", "2027-05-03", "2027-09-02"],
    *["2027-09-03", "2027-11-24", "2026-03-07", "2026-03-08"],
]

WORKING = [
    *["2024-02-07", "2024-02-15", "2024-05-04", "2024-05-02", "2024-09-04", "2025-01-24"],
    *["2025-02-03", "2025-04-26", "2025-05-05", "2025-09-03", "2025-11-24", "2026-01-05"],
    *["2026-01-10", "2026-02-13", "2026-02-23", "2026-04-28", "2026-08-22", "2026-09-03"],
    *["2026-11-23", "2026-11-25", "2027-02-03", "2027-02-11", "2027-05-04", "2027-09-06"],
]


@pytest.mark.parametrize("day", OFF)
def test_the_office_is_closed_on(day, office):
    assert not office.is_working_day(date.fromisoformat(day))
    assert office.working_spans(date.fromisoformat(day)) == ()


@pytest.mark.parametrize("day", WORKING)
def test_the_office_works_on(day, office):
    assert office.is_working_day(date.fromisoformat(day))
    assert len(office.working_spans(date.fromisoformat(day))) == 2


def test_the_working_spans_of_a_day_are_its_office_hours(office, hanoi):
    assert office.working_spans(date(2026, 3, 2)) == (
        (hanoi("Mon 2026-03-02 7:30"), hanoi("Mon 2026-03-02 11:30")),
        (hanoi("Mon 2026-03-02 13:30"), hanoi("Mon 2026-03-02 17:30")),
    )


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("Mon 2026-03-02 07:30", "Mon 2026-03-02 17:30", 8),
        ("Mon 2026-03-02 00:00", "Mon 2026-03-02 24:00", 8),
        ("Mon 2026-03-02 10:30", "Mon 2026-03-02 14:00", 1.5),
        ("Fri 2026-02-13 17:30", "Mon 2026-02-23 07:30", 0),
        ("Fri 2026-08-21 16:30", "Mon 2026-08-24 08:30", 10),
        ("Mon 2026-03-02 17:30", "Mon 2026-03-02 07:30", -8),
    ],
)
def test_working_time_between_two_instants(start, end, hours, office, hanoi):
    assert office.worked_between(hanoi(start), hanoi(end)) == timedelta(hours=hours)


def test_a_day_begins_at_local_midnight(office, hanoi):
    midnight = office.midnight(date(2026, 7, 1))
    assert midnight == datetime(2026, 6, 30, 17, tzinfo=UTC)
    assert office.day_of(midnight) == date(2026, 7, 1)
    assert office.last_day(midnight) == date(2026, 6, 30)
    assert office.local(midnight).hour == 0


def test_the_calendar_of_a_year_not_yet_published_is_a_question(office):
    assert office.question_about(date(2026, 12, 31)) is None
    question = office.question_about(date(2028, 2, 1))
    assert "2028" in question.vi
    assert "2028" in question.en


def test_a_calendar_without_an_end_of_knowledge_asks_nothing():
    assert Calendar().question_about(date(2039, 1, 1)) is None


def test_a_make_up_day_beats_a_day_off():
    day = date(2026, 3, 7)
    assert Calendar(off=frozenset({day}), work=frozenset({day})).is_working_day(day)


def test_an_override_beats_the_computed_calendar_both_ways(calendar_data):
    worked, closed = date(2026, 9, 1), date(2026, 8, 22)
    why = {"vi": "thử", "en": "trial"}
    overrides = {
        "days_off": [{"date": closed, "why": why, "confidence": "low"}],
        "working_days": [{"date": worked, "why": why, "confidence": "low"}],
    }
    table = CalendarTable.model_validate(calendar_data | {"overrides": overrides})
    calendar = office_calendar(table)
    assert calendar.is_working_day(worked)
    assert not calendar.is_working_day(closed)


def test_a_make_up_day_in_the_year_after_its_day_off_is_known():
    assert date(2019, 1, 5) in public_days(2019, 2019)[1]


@pytest.mark.parametrize("limit", ["16wh", "30d", "15wd", "3mo", "0d", "0wd"])
@pytest.mark.parametrize("year", [1999, 2041, 9999])
def test_a_date_beyond_the_calendar_is_refused_and_not_guessed(limit, year, office):
    start = datetime(year, 12, 31, 23, tzinfo=UTC)
    with pytest.raises(BadInput):
        due_at(parse_target(limit), start, office)


@pytest.mark.parametrize("limit", ["16wh", "30d", "15wd", "3mo"])
def test_a_limit_that_runs_out_of_the_calendar_is_refused(limit, office):
    with pytest.raises(BadInput):
        due_at(parse_target(limit), datetime(2040, 12, 30, tzinfo=UTC), office)


def test_clock_hours_that_leave_the_calendar_of_mankind_are_refused(office):
    with pytest.raises(BadInput):
        due_at(parse_target("24h"), datetime(9999, 12, 31, 20, tzinfo=UTC), office)


def test_an_office_that_never_works_has_no_due_time():
    closed = Calendar(workdays=frozenset())
    start = datetime(2026, 3, 2, tzinfo=UTC)
    assert closed.worked_between(start, start + timedelta(days=9)) == timedelta(0)
    for limit in ("1d", "1wd", "1wh", "1mo"):
        with pytest.raises(BadInput):
            due_at(parse_target(limit), start, closed)


def test_office_hours_follow_the_wall_clock_where_the_zone_changes_it():
    berlin = Calendar(timezone=ZoneInfo("Europe/Berlin"), office_hours=((time(9), time(17)),))
    friday = datetime(2026, 3, 27, 15, tzinfo=UTC)  # 16:00 winter time; summer time from Sunday
    assert due_at(parse_target("2wh"), friday, berlin) == datetime(2026, 3, 30, 8, tzinfo=UTC)
    assert due_at(parse_target("3d"), friday, berlin) == datetime(2026, 3, 30, 22, tzinfo=UTC)
