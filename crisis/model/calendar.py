"""The office's calendar: which days are working days, and when the office is open on them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from crisis.model.words import Words, words
from crisis.model.work_table import WorkTable

ONE_DAY = timedelta(days=1)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

MONDAY_TO_FRIDAY = frozenset(range(5))


@dataclass(frozen=True, kw_only=True)  # no slots: the table of working time is kept in the instance
class Calendar:
    """Working days of the years `first_year` to `last_year`; a make-up day in `work` beats `off`.

    `workdays` counts Monday as 0. `office_hours` are local times in order, not overlapping.
    After `known_until` the days off are computed, not yet published.
    """

    timezone: ZoneInfo = HANOI
    workdays: frozenset[int] = MONDAY_TO_FRIDAY
    office_hours: tuple[tuple[time, time], ...] = (
        (time(7, 30), time(11, 30)),
        (time(13, 30), time(17, 30)),
    )
    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    known_until: date | None = None
    first_year: int = 2015
    last_year: int = 2040

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on `day`."""
        return day in self.work or (day.weekday() in self.workdays and day not in self.off)

    def working_spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The office hours of `day` as pairs of UTC instants; none on a day off."""
        if not self.is_working_day(day):
            return ()
        return tuple(
            (self._at(day, opens), self._at(day, ends)) for opens, ends in self.office_hours
        )

    def midnight(self, day: date) -> datetime:
        """The UTC instant at which `day` begins; also 24:00 of the day before."""
        return self._at(day, time.min)

    def local(self, instant: datetime) -> datetime:
        """`instant` on the office's wall clock."""
        return instant.astimezone(self.timezone)

    def day_of(self, instant: datetime) -> date:
        """The local day in which `instant` lies."""
        return self.local(instant).date()

    def last_day(self, due: datetime) -> date:
        """The day that people name for a due time: 24:00 of a day belongs to that day."""
        return self.day_of(due - timedelta(microseconds=1))

    def closing_of(self, day: date) -> datetime:
        """24:00 (UTC instant) of `day`, or of the next working day where `day` is a day off."""
        return self.table.closing_of(day)

    def worked_between(self, start: datetime, end: datetime) -> timedelta:
        """Office time between two instants; negative where `end` is before `start`."""
        return self.table.worked_before(end) - self.table.worked_before(start)

    def question_about(self, day: date) -> Words | None:
        """What must still be confirmed before a due time on `day` can be relied on, if anything."""
        if self.known_until is None or day <= self.known_until:
            return None
        return words(
            f"Lịch nghỉ năm {day.year} chưa được công bố; hạn này là tạm tính, cần xác nhận.",
            f"The calendar for {day.year} is not yet published; this due time must be confirmed.",
        )

    @cached_property
    def table(self) -> WorkTable:
        """All days and office hours of the calendar as sorted instants, built once."""
        first = date(self.first_year, 1, 1)
        count = (date(self.last_year + 1, 1, 1) - first).days
        days = [first + timedelta(days=n) for n in range(count)]
        midnights = [self.midnight(day) for day in days]
        midnights.append(self.midnight(days[-1] + ONE_DAY))
        return WorkTable.of(
            dates=days, midnights=midnights, days=[self.working_spans(day) for day in days]
        )

    def _at(self, day: date, wall: time) -> datetime:
        return datetime.combine(day, wall, tzinfo=self.timezone).astimezone(UTC)
