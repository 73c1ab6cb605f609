"""The calendar file: time zone, office hours, and days that differ from the computed holidays."""

import re
from datetime import date, time
from enum import IntEnum
from itertools import pairwise
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from crisis.model.citation import Confidence
from crisis.model.day_word import day_words
from crisis.model.fault import Fault, Unfit, fault, refuse
from crisis.model.words import Words


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
    known = {name: day for day in Weekday for name in (day.name.lower(), str(day.value))}
    if str(value) not in known:
        names = ", ".join(day.name.lower() for day in Weekday)
        raise Unfit(
            fault(
                f"“{value}” không phải là thứ trong tuần; hãy chọn trong: {names}.",
                f"“{value}” is no day of the week; choose among {names}.",
            )
        )
    return known[str(value)]


WALL_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?")


def _wall_time(value: object) -> time:
    found = WALL_TIME.fullmatch(str(value).strip())
    if found is not None:
        return time(int(found[1]), int(found[2]))
    raise Unfit(
        fault(
            f"“{value}” không phải là giờ trong ngày; hãy viết dạng 07:30, muộn nhất 23:59.",
            f"“{value}” is no time of day; write it like 07:30, at the latest 23:59.",
        )
    )


WallTime = Annotated[time, BeforeValidator(_wall_time)]


class OfficeSpan(_Part):
    """Local opening and closing time of one half of the day, written `HH:MM`."""

    opens: WallTime
    closes: WallTime

    @property
    def is_empty(self) -> bool:
        """Whether it closes before, or as soon as, it opens."""
        return self.closes <= self.opens

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


def _closed(n: int, span: OfficeSpan) -> Fault:
    return fault(
        f"Giờ đóng cửa phải sau giờ mở cửa: {span}.",
        f"The office has to close after it opens: {span}.",
        *("spans", n, "closes"),
    )


def _overlapping(n: int, before: OfficeSpan, span: OfficeSpan) -> Fault:
    return fault(
        f"Giờ làm việc {span} chồng lên {before}; hãy ghi các buổi theo thứ tự trong ngày.",
        f"The office hours {span} overlap {before}; write them in the order of the day.",
        *("spans", n, "opens"),
    )


class OfficeHours(_Part):
    """The office hours of every working day, in order."""

    spans: Annotated[tuple[OfficeSpan, ...], Field(min_length=1)]
    confidence: Confidence
    note: Words | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        refuse(
            [
                *(_closed(n, span) for n, span in enumerate(self.spans) if span.is_empty),
                *(
                    _overlapping(n, before, span)
                    for n, (before, span) in enumerate(pairwise(self.spans), start=1)
                    if span.opens < before.closes and not (before.is_empty or span.is_empty)
                ),
            ]
        )
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
        except (KeyError, ValueError, OSError):  # a continent is a folder of the zone files
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
