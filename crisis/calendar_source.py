"""The only importer of `holidays`: public holidays and make-up days of Viet Nam, with overrides."""

from datetime import date
from zoneinfo import ZoneInfo

import holidays
from holidays.countries.vietnam import VietnamStaticHolidays

from crisis.model.calendar import Calendar
from crisis.model.calendar_table import CalendarTable

FIRST_YEAR = 2015

LAST_YEAR = 2040


def office_calendar(
    table: CalendarTable, *, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR
) -> Calendar:
    """The office's calendar for those years: computed holidays, corrected by the override table."""
    off, work = public_days(first_year, last_year)
    ours_off = {day.date for day in table.overrides.days_off}
    ours_work = {day.date for day in table.overrides.working_days}
    return Calendar(
        timezone=ZoneInfo(table.timezone),
        workdays=frozenset(int(day) for day in table.workdays),
        office_hours=tuple((span.opens, span.closes) for span in table.office_hours.spans),
        off=frozenset((off | ours_off) - ours_work),
        work=frozenset((work | ours_work) - ours_off),
        known_until=table.known_until,
        first_year=first_year,
        last_year=last_year,
    )


def announced_until() -> date:
    """The end of the last year of which `holidays` has days that were announced, not computed."""
    return date(max(VietnamStaticHolidays.special_public_holidays), 12, 31)


def public_days(first_year: int, last_year: int) -> tuple[set[date], set[date]]:
    """Days off and make-up working days of those years, as far as `holidays` knows them."""
    # A swap is listed under the year of its day off: its make-up day may lie in the year beside it.
    known = holidays.country_holidays("VN", years=range(first_year - 1, last_year + 2))
    return set(known), set(known.weekend_workdays)
