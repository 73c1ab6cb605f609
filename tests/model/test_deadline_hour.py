"""Limits in clock hours and in office hours (07:30-11:30, 13:30-17:30), worked out by hand."""

from dataclasses import replace

import pytest

from crisis.model.deadline import due_at
from crisis.model.limit import Direction, parse_target

CLOCK_HOURS = [
    ("24h", "Fri 2026-03-06 17:00", "Sat 2026-03-07 17:00"),  # through a night into a weekend
    ("24h", "Tue 2026-02-17 23:30", "Wed 2026-02-18 23:30"),  # through Tet
    ("24h", "Wed 2024-02-28 12:00", "Thu 2024-02-29 12:00"),  # leap day
    ("24h", "Wed 2025-12-31 23:59", "Thu 2026-01-01 23:59"),  # New Year
    ("24h", "Tue 2026-06-30 08:00", "Wed 2026-07-01 08:00"),  # over 1/7/2026
    ("24h", "Tue 2026-06-30 23:59", "Wed 2026-07-01 23:59"),
    ("24h", "Wed 2026-07-01 00:00", "Thu 2026-07-02 00:00"),
    ("12h", "Tue 2026-06-30 18:00", "Wed 2026-07-01 06:00"),
    ("72h", "Fri 2026-02-13 17:30", "Mon 2026-02-16 17:30"),
    ("0h", "Sun 2026-03-08 03:00", "Sun 2026-03-08 03:00"),  # at once
    ("0.5", "Mon 2026-03-02 23:45", "Tue 2026-03-03 00:15"),
    ("2.5h", "Sun 2026-03-08 03:00", "Sun 2026-03-08 05:30"),
]

OFFICE_HOURS = [
    ("4wh", "Mon 2026-03-02 07:30", "Mon 2026-03-02 11:30"),  # exactly the morning
    ("4wh", "Mon 2026-03-02 06:00", "Mon 2026-03-02 11:30"),  # before opening
    ("4wh", "Mon 2026-03-02 09:00", "Mon 2026-03-02 15:00"),  # over noon
    ("8wh", "Mon 2026-03-02 07:30", "Mon 2026-03-02 17:30"),  # exactly the day
    ("8wh", "Mon 2026-03-02 09:00", "Tue 2026-03-03 09:00"),
    ("1wh", "Mon 2026-03-02 11:30", "Mon 2026-03-02 14:30"),  # at the noon break
    ("1wh", "Mon 2026-03-02 12:00", "Mon 2026-03-02 14:30"),  # in it
    ("0.5wh", "Mon 2026-03-02 17:15", "Tue 2026-03-03 07:45"),
    ("4wh", "Mon 2026-03-02 18:00", "Tue 2026-03-03 11:30"),  # after closing
    ("4wh", "Fri 2026-03-06 15:30", "Mon 2026-03-09 09:30"),  # over a weekend
    ("8wh", "Fri 2026-03-06 17:30", "Mon 2026-03-09 17:30"),  # at closing
    ("4wh", "Sat 2026-03-07 10:00", "Mon 2026-03-09 11:30"),  # begun on a day off
    ("40wh", "Mon 2026-03-02 07:30", "Fri 2026-03-06 17:30"),  # exactly a week
    ("8wh", "Wed 2024-02-07 13:30", "Thu 2024-02-15 11:30"),  # Tet 2024
    ("8wh", "Fri 2024-04-26 13:30", "Thu 2024-05-02 11:30"),  # 29/4 to 1/5
    ("24wh", "Thu 2024-05-02 07:30", "Sat 2024-05-04 17:30"),  # with the Saturday made up
    ("4wh", "Fri 2024-08-30 15:30", "Wed 2024-09-04 09:30"),  # 2/9 and 3/9
    ("8wh", "Fri 2025-01-24 13:30", "Mon 2025-02-03 11:30"),  # Tet 2025
    ("8wh", "Fri 2025-04-25 13:30", "Sat 2025-04-26 11:30"),  # the Saturday made up
    ("16wh", "Wed 2025-12-31 13:30", "Tue 2026-01-06 11:30"),  # 1/1, and 2/1 exchanged
    ("8wh", "Fri 2026-01-09 13:30", "Sat 2026-01-10 11:30"),  # the Saturday made up for it
    ("16wh", "Fri 2026-02-13 13:30", "Tue 2026-02-24 11:30"),  # Tet 2026
    ("4wh", "Wed 2026-04-29 15:30", "Mon 2026-05-04 09:30"),  # 30/4, 1/5, weekend
    ("4wh", "Tue 2026-06-30 16:30", "Wed 2026-07-01 10:30"),  # over 1/7/2026
    ("24wh", "Tue 2026-06-30 07:30", "Thu 2026-07-02 17:30"),
    ("40wh", "Mon 2026-08-17 13:30", "Sat 2026-08-22 11:30"),  # with the Saturday made up
    ("8wh", "Fri 2026-08-28 13:30", "Thu 2026-09-03 11:30"),  # 31/8 to 2/9
    ("4wh", "Mon 2026-11-23 15:30", "Wed 2026-11-25 09:30"),  # 24/11
    ("8wh", "Tue 2026-11-24 10:00", "Wed 2026-11-25 17:30"),  # begun on 24/11
    ("8wh", "Wed 2027-02-03 13:30", "Thu 2027-02-11 11:30"),  # Tet 2027
    ("4wh", "Thu 2026-12-31 15:30", "Mon 2027-01-04 09:30"),  # New Year 2027
    ("0wh", "Sun 2026-03-08 03:00", "Sun 2026-03-08 03:00"),  # at once, also on a Sunday
]

BEFORE_EVENT = [
    ("24h", "Mon 2026-09-07 09:00", "Sun 2026-09-06 09:00"),  # notice of a press conference
    ("12h", "Mon 2026-09-07 09:00", "Sun 2026-09-06 21:00"),
]


@pytest.mark.parametrize(("limit", "start", "due"), CLOCK_HOURS)
def test_clock_hours_run_through_nights_and_holidays(limit, start, due, office, hanoi):
    assert due_at(parse_target(limit), hanoi(start), office) == hanoi(due)


@pytest.mark.parametrize(("limit", "start", "due"), OFFICE_HOURS)
def test_working_hours_run_in_office_hours_only(limit, start, due, office, hanoi):
    assert due_at(parse_target(limit), hanoi(start), office) == hanoi(due)


@pytest.mark.parametrize(("limit", "event", "due"), BEFORE_EVENT)
def test_a_limit_before_an_event_is_counted_back_from_it(limit, event, due, office, hanoi):
    backwards = replace(parse_target(limit), direction=Direction.BEFORE_EVENT)
    assert due_at(backwards, hanoi(event), office) == hanoi(due)
