"""Limits in days, months and working days, worked out by hand on the calendars of 2024 to 2028.

A day limit begins on the day after its starting fact and ends at 24:00 of its last day; where that
is a day off, at 24:00 of the next working day (Civil Code, articles 147 and 148).
"""

import pytest

from crisis.model.deadline import due_at
from crisis.model.limit import parse_target

DAYS = [
    # limit, starting fact, end                                why
    ("5d", "Thu 2024-02-01 09:00", "Tue 2024-02-06 24:00"),  # plain
    ("5d", "Mon 2024-02-05 09:00", "Thu 2024-02-15 24:00"),  # 10/2 is the first day of Tet
    ("30d", "Wed 2024-01-10 16:00", "Thu 2024-02-15 24:00"),  # 9/2 is the eve of Tet
    ("1d", "Wed 2024-02-28 10:00", "Thu 2024-02-29 24:00"),  # leap day
    ("1d", "Wed 2024-04-17 10:00", "Fri 2024-04-19 24:00"),  # 18/4 is the Hung Kings' day
    ("10d", "Fri 2024-04-19 10:00", "Thu 2024-05-02 24:00"),  # 29/4 exchanged, 30/4, 1/5
    ("15d", "Fri 2024-04-19 10:00", "Sat 2024-05-04 24:00"),  # 4/5 is made up
    ("2d", "Thu 2024-05-02 10:00", "Sat 2024-05-04 24:00"),  # the same Saturday
    ("2d", "Fri 2024-05-03 10:00", "Mon 2024-05-06 24:00"),  # the Sunday after it
    ("30d", "Sat 2024-08-03 10:00", "Wed 2024-09-04 24:00"),  # 2/9 and 3/9
    ("30d", "Mon 2024-08-05 10:00", "Wed 2024-09-04 24:00"),  # just after them
    ("1d", "Sun 2023-12-31 10:00", "Tue 2024-01-02 24:00"),  # New Year
    ("5d", "Fri 2024-12-27 10:00", "Thu 2025-01-02 24:00"),  # New Year
    ("20d", "Wed 2025-01-08 10:00", "Mon 2025-02-03 24:00"),  # Tet, 27/1 to 31/1 and a weekend
    ("30d", "Sat 2025-01-04 10:00", "Mon 2025-02-03 24:00"),  # first day back
    ("5d", "Wed 2025-04-02 10:00", "Tue 2025-04-08 24:00"),  # 7/4 is the Hung Kings' day
    ("1d", "Fri 2025-04-25 10:00", "Sat 2025-04-26 24:00"),  # 26/4 is made up
    ("2d", "Fri 2025-04-25 10:00", "Mon 2025-04-28 24:00"),  # Sunday
    ("5d", "Fri 2025-04-25 10:00", "Mon 2025-05-05 24:00"),  # 30/4, 1/5, 2/5 exchanged
    ("30d", "Sat 2025-08-02 10:00", "Wed 2025-09-03 24:00"),  # 1/9 and 2/9
    ("1d", "Wed 2025-12-31 10:00", "Mon 2026-01-05 24:00"),  # 1/1, and 2/1 exchanged
    ("10d", "Wed 2025-12-31 10:00", "Sat 2026-01-10 24:00"),  # 10/1 is made up
    ("30d", "Sat 2026-01-17 10:00", "Mon 2026-02-23 24:00"),  # Tet, 16/2 to 20/2
    ("30d", "Sat 2026-01-24 10:00", "Mon 2026-02-23 24:00"),  # first day back
    ("28d", "Sat 2026-01-31 10:00", "Mon 2026-03-02 24:00"),  # 28/2 is a Saturday
    ("2d", "Fri 2026-04-24 10:00", "Tue 2026-04-28 24:00"),  # Hung Kings on Sunday, Monday off
    ("2d", "Tue 2026-04-28 10:00", "Mon 2026-05-04 24:00"),  # 30/4, 1/5, weekend
    ("30d", "Tue 2026-06-30 10:00", "Thu 2026-07-30 24:00"),  # over 1/7/2026
    ("30d", "Wed 2026-07-01 10:00", "Fri 2026-07-31 24:00"),  # from 1/7/2026
    ("45d", "Wed 2026-07-01 00:00", "Mon 2026-08-17 24:00"),  # 15/8 is a Saturday
    ("1d", "Fri 2026-08-21 10:00", "Sat 2026-08-22 24:00"),  # 22/8 is made up
    ("10d", "Fri 2026-08-21 10:00", "Thu 2026-09-03 24:00"),  # 31/8 exchanged, 1/9, 2/9
    ("1d", "Mon 2026-11-23 10:00", "Wed 2026-11-25 24:00"),  # 24/11, Culture Day
    ("30d", "Tue 2027-01-05 10:00", "Thu 2027-02-11 24:00"),  # Tet, 4/2 to 10/2
    ("1d", "Thu 2027-04-15 10:00", "Mon 2027-04-19 24:00"),  # 16/4 and a weekend
    ("2d", "Thu 2027-04-29 10:00", "Tue 2027-05-04 24:00"),  # 1/5 on Saturday, 3/5 off
    ("1d", "Wed 2027-09-01 10:00", "Mon 2027-09-06 24:00"),  # 2/9, 3/9, weekend
    ("1d", "Mon 2028-02-28 10:00", "Tue 2028-02-29 24:00"),  # leap day
    ("1d", "Mon 2026-03-02 00:00", "Tue 2026-03-03 24:00"),  # the first minute of a day
    ("1d", "Mon 2026-03-02 23:59", "Tue 2026-03-03 24:00"),  # and its last
    ("1d", "Mon 2026-03-02 24:00", "Wed 2026-03-04 24:00"),  # midnight belongs to the new day
    ("0d", "Mon 2026-03-02 10:00", "Mon 2026-03-02 24:00"),  # the same day
    ("0d", "Sat 2026-03-07 10:00", "Mon 2026-03-09 24:00"),  # the same day is off
]

WORKING_DAYS = [
    ("1wd", "Wed 2024-02-07 09:00", "Thu 2024-02-15 24:00"),  # Tet, 8/2 to 14/2
    ("5wd", "Mon 2024-02-05 09:00", "Mon 2024-02-19 24:00"),  # 6, 7, 15, 16, 19
    ("15wd", "Thu 2024-01-25 09:00", "Thu 2024-02-22 24:00"),  # nine before Tet, six after
    ("1wd", "Wed 2024-04-17 09:00", "Fri 2024-04-19 24:00"),
    ("1wd", "Fri 2024-04-26 09:00", "Thu 2024-05-02 24:00"),
    ("3wd", "Fri 2024-04-26 09:00", "Sat 2024-05-04 24:00"),  # 2, 3 and the Saturday made up
    ("4wd", "Fri 2024-04-26 09:00", "Mon 2024-05-06 24:00"),
    ("2wd", "Fri 2024-08-30 09:00", "Thu 2024-09-05 24:00"),
    ("1wd", "Tue 2024-12-31 09:00", "Thu 2025-01-02 24:00"),
    ("1wd", "Fri 2025-01-24 09:00", "Mon 2025-02-03 24:00"),
    ("15wd", "Mon 2025-01-20 09:00", "Mon 2025-02-17 24:00"),  # four before Tet, eleven after
    ("1wd", "Fri 2025-04-04 09:00", "Tue 2025-04-08 24:00"),
    ("1wd", "Fri 2025-04-25 09:00", "Sat 2025-04-26 24:00"),
    ("3wd", "Fri 2025-04-25 09:00", "Tue 2025-04-29 24:00"),
    ("4wd", "Fri 2025-04-25 09:00", "Mon 2025-05-05 24:00"),
    ("2wd", "Fri 2025-08-29 09:00", "Thu 2025-09-04 24:00"),
    ("5wd", "Fri 2025-10-24 09:00", "Fri 2025-10-31 24:00"),  # after the letter of 24/10/2025
    ("1wd", "Wed 2025-12-31 09:00", "Mon 2026-01-05 24:00"),
    ("6wd", "Wed 2025-12-31 09:00", "Sat 2026-01-10 24:00"),
    ("7wd", "Wed 2025-12-31 09:00", "Mon 2026-01-12 24:00"),
    ("1wd", "Fri 2026-02-13 09:00", "Mon 2026-02-23 24:00"),
    ("5wd", "Wed 2026-02-11 09:00", "Wed 2026-02-25 24:00"),  # 12, 13, 23, 24, 25
    ("1wd", "Fri 2026-04-24 09:00", "Tue 2026-04-28 24:00"),
    ("3wd", "Fri 2026-04-24 09:00", "Mon 2026-05-04 24:00"),  # 28, 29, 4/5
    ("1wd", "Tue 2026-06-30 09:00", "Wed 2026-07-01 24:00"),
    ("5wd", "Tue 2026-06-30 09:00", "Tue 2026-07-07 24:00"),
    ("15wd", "Wed 2026-07-01 09:00", "Wed 2026-07-22 24:00"),
    ("5wd", "Fri 2026-08-14 09:00", "Fri 2026-08-21 24:00"),
    ("6wd", "Fri 2026-08-14 09:00", "Sat 2026-08-22 24:00"),  # the Saturday made up
    ("5wd", "Fri 2026-08-21 09:00", "Thu 2026-08-27 24:00"),
    ("10wd", "Fri 2026-08-21 09:00", "Tue 2026-09-08 24:00"),
    ("1wd", "Fri 2026-08-28 09:00", "Thu 2026-09-03 24:00"),
    ("1wd", "Mon 2026-11-23 09:00", "Wed 2026-11-25 24:00"),
    ("15wd", "Tue 2026-11-10 09:00", "Wed 2026-12-02 24:00"),  # without 24/11
    ("1wd", "Thu 2026-12-31 09:00", "Mon 2027-01-04 24:00"),
    ("1wd", "Wed 2027-02-03 09:00", "Thu 2027-02-11 24:00"),
    ("3wd", "Wed 2027-02-03 09:00", "Mon 2027-02-15 24:00"),
    ("1wd", "Thu 2027-04-15 09:00", "Mon 2027-04-19 24:00"),
    ("1wd", "Thu 2027-04-29 09:00", "Tue 2027-05-04 24:00"),
    ("2wd", "Wed 2027-09-01 09:00", "Tue 2027-09-07 24:00"),
    ("1wd", "Tue 2027-11-23 09:00", "Thu 2027-11-25 24:00"),
    ("1wd", "Sat 2026-03-07 09:00", "Mon 2026-03-09 24:00"),  # begun on a Saturday
    ("2wd", "Sun 2026-03-08 09:00", "Tue 2026-03-10 24:00"),  # begun on a Sunday
    ("1wd", "Wed 2026-02-18 09:00", "Mon 2026-02-23 24:00"),  # begun in Tet
    ("1wd", "Sat 2026-08-22 09:00", "Mon 2026-08-24 24:00"),  # begun on a Saturday made up
    ("1wd", "Mon 2026-03-02 23:59", "Tue 2026-03-03 24:00"),
    ("1wd", "Mon 2026-03-02 24:00", "Wed 2026-03-04 24:00"),
    ("0wd", "Mon 2026-03-02 09:00", "Mon 2026-03-02 24:00"),
    ("0wd", "Sat 2026-03-07 09:00", "Mon 2026-03-09 24:00"),
]

MONTHS = [
    ("3mo", "Wed 2026-07-15 09:00", "Thu 2026-10-15 24:00"),
    ("1mo", "Wed 2024-01-31 09:00", "Thu 2024-02-29 24:00"),  # no 31/2: its last day
    ("1mo", "Sat 2026-01-31 09:00", "Mon 2026-03-02 24:00"),  # 28/2 is a Saturday
    ("1mo", "Tue 2026-03-31 09:00", "Mon 2026-05-04 24:00"),  # 30/4
    ("1mo", "Sun 2026-05-31 09:00", "Tue 2026-06-30 24:00"),
    ("3mo", "Mon 2026-11-30 09:00", "Mon 2027-03-01 24:00"),  # 28/2/2027 is a Sunday
    ("12mo", "Thu 2024-02-29 09:00", "Fri 2025-02-28 24:00"),
    ("1mo", "Tue 2026-12-15 09:00", "Fri 2027-01-15 24:00"),
    ("6mo", "Mon 2026-08-31 09:00", "Mon 2027-03-01 24:00"),
    ("1mo", "Fri 2026-06-05 09:00", "Mon 2026-07-06 24:00"),  # 5/7 is a Sunday
]


@pytest.mark.parametrize(("limit", "start", "due"), DAYS + WORKING_DAYS + MONTHS)
def test_a_limit_in_days_ends_at_the_end_of_a_working_day(limit, start, due, office, hanoi):
    assert due_at(parse_target(limit), hanoi(start), office) == hanoi(due)


@pytest.mark.parametrize(("limit", "start", "due"), DAYS + WORKING_DAYS + MONTHS)
def test_people_are_told_the_day_and_not_the_midnight_after_it(limit, start, due, office, hanoi):
    assert office.last_day(hanoi(due)).isoformat() == due.split()[1]
