"""What the calendar file may say."""

from datetime import date
from itertools import pairwise

import pytest
from pydantic import ValidationError

from crisis.model.calendar_table import CalendarTable
from crisis.model.fault import faults

WHY = {"vi": "thử", "en": "trial"}
DAY = {"date": date(2026, 3, 7), "why": WHY, "confidence": "low"}
HOURS = {"spans": [{"opens": "07:00", "closes": "11:00"}], "confidence": "low"}


def test_the_file_of_the_house_has_office_hours_in_order_and_says_what_to_confirm(calendar_data):
    table = CalendarTable.model_validate(calendar_data)
    edges = [edge for span in table.office_hours.spans for edge in (span.opens, span.closes)]
    assert all(early < late for early, late in pairwise(edges))
    assert len(table.workdays) == 5
    assert table.to_confirm


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"timezone": "Asia/Nowhere"}, "time zone"),
        ({"timezone": "../etc"}, "time zone"),
        ({"workdays": ["monday"]}, "workdays"),
        ({"workdays": []}, "workdays"),
        ({"overrides": {"days_off": [DAY], "working_days": [DAY]}}, "Both off and working"),
        ({"office_hours": HOURS | {"spans": []}}, "spans"),
        (
            {"office_hours": HOURS | {"spans": [{"opens": "11:00", "closes": "07:00"}]}},
            "without overlapping",
        ),
        ({"holidays": []}, "holidays"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused_by_name(change, said, calendar_data):
    with pytest.raises(ValidationError, match=said):
        CalendarTable.model_validate(calendar_data | change)


def test_days_of_the_week_may_be_written_as_numbers_too(calendar_data):
    table = CalendarTable.model_validate(calendar_data | {"workdays": [0, "tue"]})
    assert sorted(table.workdays) == [0, 1]


def test_an_unknown_time_zone_is_told_in_words_at_its_line(calendar_data):
    with pytest.raises(ValidationError) as refused:
        CalendarTable.model_validate(calendar_data | {"timezone": "Asia/Saigonn"})
    (found,) = faults(refused.value)
    assert found.at == ("timezone",)
    assert found.sentence.vi.startswith("Không có múi giờ “Asia/Saigonn”")
