"""A simulated silence as people read it: every event in words, with the sort of day it falls on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from crisis.model.calendar import ONE_DAY, Calendar
from crisis.model.determination import DETERMINATION, DETERMINATION_WORDS
from crisis.model.role import ROLE_WORDS, RUNG_WORDS, Role
from crisis.model.silence import LETTERS, Event, EventKind, Setting, Silence
from crisis.model.simulation import simulate
from crisis.model.task_time import STEP_WORDS
from crisis.model.words import Words, words
from crisis.office.content.content_silence import pairs

OFFICE = words("Văn phòng", "The office")

KIND_WORDS: dict[EventKind, Words] = {
    EventKind.ASSIGNMENT: words("Thư giao việc", "Assignment letter"),
    EventKind.REMINDER: words("Thư nhắc", "Reminder"),
    EventKind.OVERDUE: words("Thư báo quá hạn", "Overdue letter"),
    EventKind.ESCALATION: words("Báo cáo cấp trên", "Escalation"),
    EventKind.APPROVAL_REQUEST: words(
        "Thư đề nghị duyệt thông tin ban đầu", "Request to approve the holding statement"
    ),
    EventKind.APPROVAL_OVERDUE: words("Báo chậm phê duyệt", "Approval is overdue"),
    EventKind.ACKNOWLEDGE_DUE: words("Hạn xác nhận", "Confirmation due"),
    EventKind.TARGET_DUE: words("Hạn nội bộ", "Due"),
    EventKind.LEGAL_DUE: words("HẠN LUẬT ĐỊNH", "LEGAL DEADLINE"),
    EventKind.RUNG_SKIPPED: words("Bỏ qua: không có người nhận", "Skipped: nobody to tell"),
    EventKind.NOBODY_REACHED: words(
        "CẢNH BÁO: không ai trong thang báo cáo nhận được", "WARNING: the ladder reached nobody"
    ),
    EventKind.NOBODY_SIGNS: words("CẢNH BÁO: chưa có người duyệt", "WARNING: nobody may sign"),
    EventKind.LADDER_OVER: words("Hết thang báo cáo", "The ladder has ended"),
}


DUES = frozenset({EventKind.LEGAL_DUE, EventKind.TARGET_DUE, EventKind.ACKNOWLEDGE_DUE})
"""Events that are the end of a limit: one that ends with a day is told by that day's 24:00."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One event in words. `day` says what sort of day it is where that is not plain."""

    number: int
    at: datetime
    kind: EventKind
    what: Words
    to: Words
    email: str
    about: str
    day: Words | None

    @property
    def is_due(self) -> bool:
        """Whether it is the end of a limit."""
        return self.kind in DUES

    def data(self, language: str) -> dict[str, Any]:
        """The event as JSON."""
        return {
            "at": self.at,
            "kind": self.kind.value,
            "what": self.what.in_(language),
            "to": self.to.in_(language),
            "email": self.email or None,
            "about": self.about,
            "mail": self.kind in LETTERS,
            "day": self.day.in_(language) if self.day else None,
        }


def lines_of(silence: Silence) -> tuple[Line, ...]:
    """What happens in the silence, numbered in the order of time. Raises NotFound."""
    return tuple(
        _line(silence.setting, number, event)
        for number, event in enumerate(simulate(silence), start=1)
    )


def _line(setting: Setting, number: int, event: Event) -> Line:
    return Line(
        number=number,
        at=event.at,
        kind=event.kind,
        what=_what(setting, event),
        to=_to(setting, event),
        email=event.email,
        about=event.about,
        day=day_words(setting.calendar, _day(setting.calendar, event)),
    )


def _day(calendar: Calendar, event: Event) -> date:
    return calendar.last_day(event.at) if event.kind in DUES else calendar.day_of(event.at)


def _what(setting: Setting, event: Event) -> Words:
    told = KIND_WORDS[event.kind]
    if event.kind is EventKind.REMINDER:
        vi, en = f"({event.level} % thời gian)", f"({event.level} % of the time)"
        return words(f"{told.vi} {vi}", f"{told.en} {en}")
    if event.kind in {EventKind.TARGET_DUE, EventKind.LEGAL_DUE}:
        due = _due_words(setting, event)
        return words(f"{told.vi}: {due.vi}", f"{told.en}: {due.en}")
    return told


def _due_words(setting: Setting, event: Event) -> Words:
    rules = {rule.id: rule.title for rule in setting.law.rules}
    steps = {step.value: title for step, title in STEP_WORDS.items()}
    return (rules | steps | {DETERMINATION: DETERMINATION_WORDS})[event.about]


def _to(setting: Setting, event: Event) -> Words:
    if event.rung is not None:
        rung = RUNG_WORDS[event.rung]
        return words(f"{rung.vi}: {event.name}", f"{rung.en}: {event.name}") if event.name else rung
    if event.name:
        return words(event.name, event.name)
    if event.kind is EventKind.NOBODY_SIGNS:
        return ROLE_WORDS[Role(event.about)]
    on = setting.calendar.day_of(event.at)
    agency = setting.directory.agency(event.about, on)
    return agency.name if agency else OFFICE


def unsure_end(calendar: Calendar, lines: Sequence[Line]) -> Words | None:
    """What must still be confirmed where the last event lies beyond the published calendar."""
    last = max((line.at for line in lines), default=None)
    return calendar.question_about(calendar.day_of(last)) if last else None


def day_words(calendar: Calendar, day: date) -> Words | None:
    """What is special about a day: off, or a make-up day; None for an ordinary working day."""
    weekend = day.weekday() not in calendar.workdays
    if calendar.is_working_day(day):
        return words("làm bù", "make-up day") if weekend else None
    holiday = not weekend or _inside_holidays(calendar, day)
    return words("nghỉ lễ", "holiday") if holiday else words("cuối tuần", "weekend")


def _inside_holidays(calendar: Calendar, day: date) -> bool:
    """Whether a weekend is part of a holiday: named as one, or with days off before and after."""
    return day in calendar.off or all(
        _next_weekday(calendar, day, step) in calendar.off for step in (-ONE_DAY, ONE_DAY)
    )


def _next_weekday(calendar: Calendar, day: date, step: timedelta) -> date:
    day += step
    while day.weekday() not in calendar.workdays and not calendar.is_working_day(day):
        day += step
    return day


@dataclass(frozen=True, kw_only=True, slots=True)
class PairLine:
    """One event before and after a change, None where it is not; `told` is how it is named."""

    before: Line | None
    after: Line | None
    told: Line

    @property
    def sort(self) -> str:
        """What became of it: same, moved, new, gone."""
        if self.before is None or self.after is None:
            return "new" if self.before is None else "gone"
        return "same" if self.before.at == self.after.at else "moved"


def pair_lines(before: Silence, after: Silence) -> tuple[PairLine, ...]:
    """Both timelines side by side, in words. Raises NotFound."""
    found = pairs(simulate(before), simulate(after))
    return tuple(
        PairLine(
            before=_line(before.setting, n, pair.before) if pair.before else None,
            after=_line(after.setting, n, pair.after) if pair.after else None,
            told=_line((after if pair.after else before).setting, n, pair.told),
        )
        for n, pair in enumerate(found, start=1)
    )
