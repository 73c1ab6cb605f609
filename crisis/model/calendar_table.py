"""The calendar file: time zone, office hours, and days that differ from the computed holidays."""

from datetime import date, time
from enum import IntEnum
from itertools import pairwise
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from crisis.model.citation import Confidence
from crisis.model.day_word import day_words
from crisis.model.fault import fault, refuse
from crisis.model.words import Words

_IN_ORDER = fault(
    "Các khoảng giờ làm việc phải nối tiếp nhau, không chồng lên nhau.",
    "Office hours must follow one another without overlapping.",
    "spans",
)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weekday(IntEnum):
    """Days of the week, Monday 0."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


def _weekday(value: object) -> object:
    names = {day.name.lower(): day for day in Weekday}
    return names.get(value, value) if isinstance(value, str) else value


class OfficeSpan(_Part):
    """Local opening and closing time of one half of the day, written `HH:MM`."""

    opens: time
    closes: time


class OfficeHours(_Part):
    """The office hours of every working day, in order."""

    spans: Annotated[tuple[OfficeSpan, ...], Field(min_length=1)]
    confidence: Confidence
    note: Words | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        edges = [edge for span in self.spans for edge in (span.opens, span.closes)]
        if any(later <= earlier for earlier, later in pairwise(edges)):
            refuse([_IN_ORDER])
        return self


class Override(_Part):
    """A day that the computed calendar has wrong, with the reason."""

    date: date
    why: Words
    confidence: Confidence


class Overrides(_Part):
    """Days off and working days that beat the computed calendar; no day is both."""

    days_off: tuple[Override, ...] = ()
    working_days: tuple[Override, ...] = ()

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        both = {day.date for day in self.days_off} & {day.date for day in self.working_days}
        if both:
            days = [day_words(day) for day in sorted(both)]
            refuse(
                [
                    fault(
                        f"Vừa ghi nghỉ vừa ghi làm bù: {', '.join(day.vi for day in days)}.",
                        f"Both off and working day: {', '.join(day.en for day in days)}.",
                        "working_days",
                    )
                ]
            )
        return self


class CalendarTable(_Part):
    """Everything in `playbooks/calendar.yaml`; after `known_until` days off are only computed."""

    timezone: str
    workdays: Annotated[
        frozenset[Annotated[Weekday, BeforeValidator(_weekday)]], Field(min_length=1)
    ]
    office_hours: OfficeHours
    known_until: date
    overrides: Overrides
    to_confirm: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _zone_exists(self) -> Self:
        try:
            ZoneInfo(self.timezone)
        except (KeyError, ValueError):
            refuse(
                [
                    fault(
                        f"Không có múi giờ “{self.timezone}”; ở Việt Nam là Asia/Ho_Chi_Minh.",
                        f"There is no time zone “{self.timezone}”; Viet Nam's is Asia/Ho_Chi_Minh.",
                        "timezone",
                    )
                ]
            )
        return self
