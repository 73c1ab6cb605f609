"""What the calendar file may say."""

from datetime import date
from itertools import pairwise

import pytest
from pydantic import ValidationError

from crisis.model.calendar_table import CalendarTable
from crisis.model.content_lint import zone_faults
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
        ({"timezone": "America"}, "time zone"),
        ({"workdays": ["monday"]}, "no day of the week; choose among mon, tue"),
        ({"workdays": [7]}, "“7” is no day of the week"),
        ({"workdays": []}, "workdays"),
        ({"overrides": {"days_off": [DAY], "working_days": [DAY]}}, "Both off and working"),
        ({"office_hours": HOURS | {"spans": []}}, "spans"),
        (
            {"office_hours": HOURS | {"spans": [{"opens": "11:00", "closes": "07:00"}]}},
            "has to close after it opens: 11:00–07:00",
        ),
        (
            {
                "office_hours": HOURS
                | {
                    "spans": [
                        {"opens": "07:30", "closes": "14:30"},
                        {"opens": "13:30", "closes": "17:30"},
                    ]
                }
            },
            "13:30–17:30 overlap 07:30–14:30",
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


@pytest.mark.parametrize("opens", ["7h30", "25:30", "sáng", "7.5", "07:30Z", 7])
def test_an_hour_that_is_none_is_told_in_words_at_its_place(opens, calendar_data):
    told = HOURS | {"spans": [{"opens": opens, "closes": "11:00"}]}
    with pytest.raises(ValidationError) as refused:
        CalendarTable.model_validate(calendar_data | {"office_hours": told})
    found = faults(refused.value)[0]
    assert found.at == ("office_hours", "spans", 0, "opens")
    assert found.sentence.en.startswith(f"“{opens}” is no time of day; write it like 07:30")


def test_an_hour_may_be_written_without_its_leading_nought(calendar_data):
    told = HOURS | {"spans": [{"opens": "7:30", "closes": "11:00"}]}
    table = CalendarTable.model_validate(calendar_data | {"office_hours": told})
    assert str(table.office_hours.spans[0]) == "07:30–11:00"


@pytest.mark.parametrize(
    ("zone", "right"),
    [
        *(("Asia/Ho_Chi_Minh", True), ("Asia/Bangkok", True), ("Europe/Paris", False)),
        *(("UTC", False), ("Asia/Hovd", True), ("Asia/Shanghai", False)),
    ],
)
def test_a_calendar_with_another_offset_than_viet_nams_is_refused(zone, right, calendar_data):
    table = CalendarTable.model_validate(calendar_data | {"timezone": zone})
    found = [*zone_faults(table, date(2026, 10, 1))]
    assert [one.at for one in found] == ([] if right else [("timezone",)])
    assert all(f"“{zone}” lệch giờ Việt Nam (+07:00)" in one.sentence.vi for one in found)
