"""The year of the annual report: from which day to which, and before which day it is due."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from crisis.model.calendar import HANOI
from crisis.model.errors import BadInput
from crisis.model.law_rule import Yearly
from crisis.model.words import words

FIRST, LAST = 2000, 2999


@dataclass(frozen=True, kw_only=True)
class ReportingYear:
    """From the day `first` to the day `last`, both counted; due before the day `due`."""

    year: int
    first: date
    last: date
    due: date

    def covers(self, at: datetime) -> bool:
        """Whether the instant `at` lies on one of its days in Viet Nam."""
        return self.since <= at < self.until

    @cached_property
    def since(self) -> datetime:
        """The instant at which it begins."""
        return datetime.combine(self.first, time(), HANOI)

    @cached_property
    def until(self) -> datetime:
        """The instant at which it is over."""
        return datetime.combine(self.last + timedelta(days=1), time(), HANOI)

    @property
    def due_at(self) -> datetime:
        """The instant before which the report is sent: the begin of the day `due`."""
        return datetime.combine(self.due, time(), HANOI)


def reporting_year(yearly: Yearly, year: int) -> ReportingYear:
    """The reporting year that ends in `year`. Raises BadInput."""
    if not FIRST <= year <= LAST:
        raise BadInput(
            words(
                f"Năm báo cáo phải từ {FIRST} đến {LAST}.",
                f"The year of a report lies between {FIRST} and {LAST}.",
            ),
            field="year",
        )
    return ReportingYear(
        year=year,
        first=yearly.begins_in(year - 1),
        last=date.fromisoformat(f"{year}-{yearly.period_to}"),
        due=yearly.due_in(year),
    )


def year_of(yearly: Yearly, at: datetime) -> ReportingYear:
    """The reporting year in which the instant `at` lies."""
    year = at.astimezone(HANOI).year
    this = reporting_year(yearly, year)
    return this if at < this.until else reporting_year(yearly, year + 1)


def year_asked_for(yearly: Yearly, at: datetime) -> ReportingYear:
    """The report that people want at `at`: the one whose due day has not come, else the next."""
    running = year_of(yearly, at)
    before = reporting_year(yearly, running.year - 1)
    return before if at < before.due_at else running
