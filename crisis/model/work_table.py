"""Working time as sorted instants, so that a due time costs one or two binary searches."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import NoReturn

from crisis.model.errors import BadInput
from crisis.model.words import words

NOTHING = timedelta(0)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkTable:
    """Parallel tuples over days, working days and office spans; all instants are UTC.

    `dates` are local days without a gap; `midnights` has one more than there are days;
    `worked_days[n]` counts the working days before day n; `closings` holds 24:00 of each working
    day; `worked[n]` is the office time up to the end of span n.
    """

    dates: tuple[date, ...]
    midnights: tuple[datetime, ...]
    worked_days: tuple[int, ...]
    closings: tuple[datetime, ...]
    opens: tuple[datetime, ...]
    closes: tuple[datetime, ...]
    worked: tuple[timedelta, ...]

    @classmethod
    def of(
        cls,
        *,
        dates: Sequence[date],
        midnights: Sequence[datetime],
        days: Sequence[Sequence[Span]],
    ) -> "WorkTable":
        """The table of `dates`, each day given as its office spans: none on a day off."""
        spans = [span for day in days for span in day]
        return cls(
            dates=tuple(dates),
            midnights=tuple(midnights),
            worked_days=tuple(accumulate((bool(day) for day in days), initial=0)),
            closings=tuple(midnights[n + 1] for n, day in enumerate(days) if day),
            opens=tuple(opens for opens, _ in spans),
            closes=tuple(closes for _, closes in spans),
            worked=tuple(accumulate((closes - opens for opens, closes in spans))),
        )

    def closing_after_days(self, start: datetime, count: int) -> datetime:
        """24:00 of the day `count` days after that of `start`, or of the working day after it."""
        try:
            return self.closings[self.worked_days[self._day(start) + count]]
        except IndexError:
            beyond_calendar()

    def closing_of(self, day: date) -> datetime:
        """24:00 of `day`, or of the working day after it where `day` is a day off."""
        number = (day - self.dates[0]).days
        if not 0 <= number < len(self.dates):
            beyond_calendar()
        try:
            return self.closings[self.worked_days[number]]
        except IndexError:
            beyond_calendar()

    def day_of(self, instant: datetime) -> date:
        """The local day in which `instant` lies."""
        return self.dates[self._day(instant)]

    def closing_after_working_days(self, start: datetime, count: int) -> datetime:
        """24:00 of the working day number `count` after the day of `start`; 0 is that day."""
        if count == 0:
            return self.closing_after_days(start, 0)
        try:
            return self.closings[self.worked_days[self._day(start) + 1] + count - 1]
        except IndexError:
            beyond_calendar()

    def worked_before(self, instant: datetime) -> timedelta:
        """Office time from the beginning of the table to `instant`."""
        if not self.midnights[0] <= instant < self.midnights[-1]:
            beyond_calendar()
        span = bisect_right(self.closes, instant)
        if span == len(self.closes):
            return self.worked[-1] if self.worked else NOTHING
        opens, closes = self.opens[span], self.closes[span]
        return self.worked[span] - (closes - (instant if instant > opens else opens))

    def after_work(self, start: datetime, work: timedelta) -> datetime:
        """The first instant by which `work` of office time has passed since `start`."""
        if work <= NOTHING:
            return start
        target = self.worked_before(start) + work
        span = bisect_left(self.worked, target)
        if span == len(self.worked):
            beyond_calendar()
        return self.closes[span] - (self.worked[span] - target)

    def _day(self, instant: datetime) -> int:
        # Days are 24 hours long but for a zone's changes of clock, so the day is near `guess`.
        guess = (instant - self.midnights[0]).days
        if 1 <= guess < len(self.midnights) - 3:
            return bisect_right(self.midnights, instant, guess - 1, guess + 2) - 1
        day = bisect_right(self.midnights, instant) - 1
        if day < 0 or day == len(self.midnights) - 1:
            beyond_calendar()
        return day


def beyond_calendar() -> NoReturn:
    """Refuse a date outside the years that the calendar covers; raises `BadInput`."""
    raise BadInput(
        words(
            "Ngày này nằm ngoài những năm mà lịch làm việc bao quát.",
            "This date lies outside the years that the working calendar covers.",
        ),
        field="date",
    )
