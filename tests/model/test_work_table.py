"""The day of an instant, also where days are not all 24 hours long."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.calendar import Calendar
from crisis.model.errors import BadInput

# A zone whose clocks change by an hour, and the one whose clocks once skipped a whole day.
CALENDARS = {
    zone: Calendar(timezone=ZoneInfo(zone), first_year=2010, last_year=2013)
    for zone in ("Asia/Ho_Chi_Minh", "Europe/Paris", "Pacific/Apia")
}
FIRST, LAST = datetime(2010, 1, 2), datetime(2013, 12, 30)  # noqa: DTZ001 (a range for Hypothesis)


@given(
    st.sampled_from(sorted(CALENDARS)),
    st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(UTC)),
)
def test_an_instant_lies_in_the_local_day_that_the_wall_clock_shows(zone, instant):
    calendar = CALENDARS[zone]
    day = calendar.table.day_of(instant)
    assert calendar.midnight(day) <= instant < calendar.midnight(day + timedelta(days=1))


@pytest.mark.parametrize("zone", sorted(CALENDARS))
def test_the_edges_of_the_calendar_are_its_own_days(zone):
    calendar = CALENDARS[zone]
    first, last = date(2010, 1, 1), date(2013, 12, 31)
    instant = timedelta(microseconds=1)
    assert calendar.table.day_of(calendar.midnight(first)) == first
    assert calendar.table.day_of(calendar.midnight(date(2014, 1, 1)) - instant) == last
    for outside in (calendar.midnight(first) - instant, calendar.midnight(date(2014, 1, 1))):
        with pytest.raises(BadInput):
            calendar.table.day_of(outside)
