"""A simulated silence as an SVG timeline: who is reached when, on the office's real calendar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from crisis.model.calendar import Calendar
from crisis.model.silence import EventKind
from crisis.model.words import Words, words
from desk.content.silence_mark import DOT, legend_of, mark_of
from desk.content.silence_view import Line

WIDTH, LEFT, RIGHT, TOP, ROW, BOTTOM = 1180, 190, 24, 80, 46, 46
MARGIN = 0.02
ONE_DAY = timedelta(days=1)
MOST_TICKS = 16

LANES: tuple[tuple[Words, frozenset[EventKind]], ...] = (
    (
        words("Hạn luật định, hạn nội bộ", "Legal and office deadlines"),
        frozenset({EventKind.LEGAL_DUE, EventKind.TARGET_DUE, EventKind.ACKNOWLEDGE_DUE}),
    ),
    (
        words("Giao việc, nhắc việc", "Task and reminders"),
        frozenset({EventKind.ASSIGNMENT, EventKind.REMINDER, EventKind.OVERDUE}),
    ),
    (
        words("Thang báo cáo", "Escalation ladder"),
        frozenset(
            {
                EventKind.ESCALATION,
                EventKind.RUNG_SKIPPED,
                EventKind.NOBODY_REACHED,
                EventKind.LADDER_OVER,
            }
        ),
    ),
    (
        words("Phê duyệt", "Approval"),
        frozenset({EventKind.APPROVAL_REQUEST, EventKind.APPROVAL_OVERDUE, EventKind.NOBODY_SIGNS}),
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """Time laid out from left to right."""

    first: datetime
    last: datetime

    def x(self, at: datetime) -> float:
        """Where an instant lies."""
        return LEFT + (at - self.first) / (self.last - self.first) * (WIDTH - LEFT - RIGHT)


def picture_of(lines: Sequence[Line], calendar: Calendar, language: str) -> str:
    """The timeline of `lines` (at least one) as one self-contained SVG document.

    White is working time, grey is not; numbers are those of the list.
    """
    axis = _axis(lines)
    height = TOP + ROW * len(LANES) + BOTTOM
    title = words(
        "Nếu không ai trả lời: ai nhận gì, lúc nào",
        "If nobody answers: who gets what, when",
    ).in_(language)
    name = escape(title)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-labelledby="ten" '
        'font-family="sans-serif" font-size="12">'
    )
    parts = [
        head,
        f'<title id="ten">{name}</title>',
        _box(x=0, y=0, wide=WIDTH, high=height, fill="#fff"),
        _box(x=LEFT, y=TOP, wide=WIDTH - LEFT - RIGHT, high=ROW * len(LANES), fill="#e8eaee"),
        f'<text x="8" y="22" font-size="15" font-weight="bold" fill="#111827">{name}</text>',
        *_working(axis, calendar),
        *_days(axis, calendar),
        *_hours(axis, calendar),
        *(part for place in range(len(LANES)) for part in _lane(axis, place, lines, language)),
        *legend_of(LEFT, height - 16, language),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _box(*, x: float, y: float, wide: float, high: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{high}" fill="{fill}"/>'


def _axis(lines: Sequence[Line]) -> Axis:
    first, last = lines[0].at, max(line.at for line in lines)
    margin = max((last - first) * MARGIN, timedelta(minutes=10))
    return Axis(first=first - margin, last=last + margin)


def _local_days(axis: Axis, calendar: Calendar) -> Iterator[datetime]:
    day, end = calendar.day_of(axis.first), calendar.day_of(axis.last)
    while day <= end:
        yield calendar.midnight(day)
        day += ONE_DAY


def _working(axis: Axis, calendar: Calendar) -> Iterator[str]:
    for midnight in _local_days(axis, calendar):
        for opens, ends in calendar.working_spans(calendar.day_of(midnight)):
            start, end = max(opens, axis.first), min(ends, axis.last)
            if start < end:
                x, wide = axis.x(start), axis.x(end) - axis.x(start)
                yield _box(x=x, y=TOP, wide=wide, high=ROW * len(LANES), fill="#fff")


def _days(axis: Axis, calendar: Calendar) -> Iterator[str]:
    starts = [at for at in _local_days(axis, calendar) if at >= axis.first]
    every = len(starts) // MOST_TICKS + 1
    bottom = TOP + ROW * len(LANES)
    named = [axis.first, *starts[::every]]
    for place, at in enumerate(named):
        local, x = calendar.local(at), axis.x(at)
        if place:
            yield f'<path d="M{x:.1f} {TOP - 14}V{bottom}" stroke="#9aa1ac" stroke-width="1"/>'
        if place or len(named) == 1 or axis.x(named[1]) - x > LABEL:
            yield f'<text x="{x + 3:.1f}" y="{TOP - 18}" fill="#374151">{local:%d/%m}</text>'


def _hours(axis: Axis, calendar: Calendar) -> Iterator[str]:
    """Every sixth hour by its name, where there is room for it."""
    if axis.last - axis.first > 4 * ONE_DAY:
        return
    for midnight in _local_days(axis, calendar):
        for hour in (6, 12, 18):
            at = midnight + timedelta(hours=hour)
            if axis.first < at < axis.last:
                x = axis.x(at)
                yield f'<path d="M{x:.1f} {TOP}v5" stroke="#6b7280"/>'
                yield (
                    f'<text x="{x:.1f}" y="{TOP - 4}" fill="#6b7280" font-size="10" '
                    f'text-anchor="middle">{hour}:00</text>'
                )


LABEL = 40
"""How wide the name of a day is."""


def _lane(axis: Axis, place: int, lines: Sequence[Line], language: str) -> Iterator[str]:
    title, kinds = LANES[place]
    top, name = TOP + ROW * place, escape(title.in_(language))
    yield f'<path d="M0 {top}H{WIDTH}" stroke="#c9ced6" stroke-width="1"/>'
    yield f'<text x="8" y="{top + ROW / 2 + 4:.0f}" fill="#111827">{name}</text>'
    taken: list[float] = []
    for line in lines:
        if line.kind in kinds:
            x = axis.x(line.at)
            deep = sum(1 for other in taken if x - other < 2 * DOT)
            taken.append(x)
            yield mark_of(line, x, top + 14 + (deep % 2) * 18, language)
