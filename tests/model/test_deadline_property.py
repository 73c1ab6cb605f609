"""What holds for every limit, start and calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crisis.model.calendar import Calendar
from crisis.model.deadline import due_at
from crisis.model.limit import Limit, Unit

FIRST, LAST = datetime(2026, 1, 1), datetime(2026, 9, 30)  # noqa: DTZ001 (a range for Hypothesis)

instants = st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(UTC))
days_off = st.frozensets(
    st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 6, 1)), max_size=30
)
limits = st.one_of(
    st.builds(
        Limit,
        value=st.integers(min_value=0, max_value=30),
        unit=st.sampled_from([Unit.DAY, Unit.WORKING_DAY]),
    ),
    st.builds(Limit, value=st.integers(min_value=0, max_value=6), unit=st.just(Unit.MONTH)),
    st.builds(
        Limit,
        value=st.integers(min_value=0, max_value=400).map(lambda n: n / 4),
        unit=st.sampled_from([Unit.HOUR, Unit.WORKING_HOUR]),
    ),
)


@lru_cache(maxsize=64)
def calendar(off: frozenset[date]) -> Calendar:
    return Calendar(off=off, first_year=2026, last_year=2028)


@given(limits, instants, days_off)
def test_nothing_is_due_before_it_starts(limit, start, off):
    assert due_at(limit, start, calendar(off)) >= start


@given(limits, instants, days_off, st.dates(date(2026, 1, 1), date(2027, 6, 1)))
def test_one_more_holiday_never_makes_anything_due_earlier(limit, start, off, holiday):
    assert due_at(limit, start, calendar(off | {holiday})) >= due_at(limit, start, calendar(off))


@given(limits, instants, instants, days_off)
def test_what_starts_later_is_never_due_earlier(limit, one, other, off):
    early, late = sorted((one, other))
    assert due_at(limit, early, calendar(off)) <= due_at(limit, late, calendar(off))


@given(limits, instants, days_off)
def test_a_longer_limit_is_never_due_earlier(limit, start, off):
    longer = replace(limit, value=limit.value + 1)
    assert due_at(limit, start, calendar(off)) <= due_at(longer, start, calendar(off))


@given(instants, instants, instants, days_off)
def test_cutting_an_interval_never_changes_its_working_time(one, two, three, off):
    start, cut, end = sorted((one, two, three))
    office = calendar(off)
    whole = office.worked_between(start, end)
    assert office.worked_between(start, cut) + office.worked_between(cut, end) == whole
    assert timedelta(0) <= whole <= end - start


@given(instants, instants, st.lists(instants, max_size=8), days_off)
def test_any_number_of_cuts_leaves_the_sum_of_working_time(one, two, cuts, off):
    start, end = sorted((one, two))
    office = calendar(off)
    edges = [start, *sorted(cut for cut in cuts if start < cut < end), end]
    pieces = [office.worked_between(early, late) for early, late in pairwise(edges)]
    assert sum(pieces, timedelta(0)) == office.worked_between(start, end)


@given(instants, instants, days_off, st.integers(min_value=0, max_value=30))
def test_moving_an_interval_with_its_holidays_by_whole_weeks_changes_nothing(one, two, off, weeks):
    start, end = sorted((one, two))
    by = timedelta(weeks=weeks)
    there = calendar(frozenset(day + by for day in off))
    moved = there.worked_between(start + by, end + by)
    assert moved == calendar(off).worked_between(start, end)


@given(limits, instants, days_off, st.dates(date(2026, 1, 1), date(2027, 6, 1)))
def test_one_more_make_up_day_never_makes_anything_due_later(limit, start, off, made_up):
    office = calendar(off)
    more = replace(office, work=frozenset({made_up}))
    assert due_at(limit, start, more) <= due_at(limit, start, office)


@given(instants, days_off)
def test_working_time_is_the_sum_of_the_office_hours_of_its_days(start, off):
    office = calendar(off)
    day = office.day_of(start)
    after = day + timedelta(days=11)
    spans = [span for n in range(11) for span in office.working_spans(day + timedelta(days=n))]
    counted = sum((closes - opens for opens, closes in spans), timedelta(0))
    assert office.worked_between(office.midnight(day), office.midnight(after)) == counted


@given(instants, days_off, st.integers(min_value=1, max_value=400).map(lambda n: n / 4))
def test_working_hours_end_when_exactly_so_much_was_worked(start, off, hours):
    office = calendar(off)
    due = due_at(Limit(value=hours, unit=Unit.WORKING_HOUR), start, office)
    assert office.worked_between(start, due) == timedelta(hours=hours)


@given(st.sampled_from([Unit.DAY, Unit.WORKING_DAY]), st.integers(0, 30), instants, days_off)
def test_a_day_limit_ends_at_the_end_of_a_working_day(unit, count, start, off):
    office = calendar(off)
    due = due_at(Limit(value=count, unit=unit), start, office)
    assert office.is_working_day(office.last_day(due))
    assert office.local(due).time().isoformat() == "00:00:00"
