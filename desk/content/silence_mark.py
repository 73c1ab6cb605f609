"""What stands for an event in the picture of a silence, and the legend that says what it means."""

from collections.abc import Iterator
from html import escape

from crisis.model.silence import LETTERS, EventKind
from crisis.model.words import Words, words
from desk.content.silence_view import Line

DOT = 9
_LEGAL, _LATE, _PLAIN = "#b3261e", "#9a5b00", "#1f4e79"
_INK = {
    EventKind.LEGAL_DUE: _LEGAL,
    EventKind.NOBODY_REACHED: _LEGAL,
    EventKind.NOBODY_SIGNS: _LEGAL,
    EventKind.OVERDUE: _LATE,
    EventKind.ESCALATION: _LATE,
    EventKind.APPROVAL_OVERDUE: _LATE,
    EventKind.RUNG_SKIPPED: "#6b7280",
    EventKind.LADDER_OVER: "#6b7280",
}


LEGEND: tuple[tuple[str, str, Words], ...] = (
    ("#fff", _LEGAL, words("Hạn luật định", "Legal deadline")),
    ("#fff", _PLAIN, words("Hạn nội bộ", "Office target")),
    (_PLAIN, _PLAIN, words("Thư gửi đi", "Mail sent")),
    (_LATE, _LATE, words("Thư báo quá hạn, báo cáo cấp trên", "Overdue and escalation mail")),
)
"""Inside and rim of a mark, and what it means."""

LEGEND_STEP = 240


def legend_of(left: float, y: float, language: str) -> Iterator[str]:
    """What marks mean, in a row below the lanes."""
    for place, (fill, ink, told) in enumerate(LEGEND):
        x = left + place * LEGEND_STEP
        yield (
            f'<circle class="legend" cx="{x}" cy="{y}" r="6" fill="{fill}" stroke="{ink}" '
            f'stroke-width="{_rim(ink)}"/>'
        )
        name = escape(told.in_(language))
        yield f'<text x="{x + 12}" y="{y + 4}" fill="#374151">{name}</text>'


def _rim(ink: str) -> float:
    """A legal deadline is told from the office's own by its rim too, not by colour alone."""
    return 3 if ink == _LEGAL else 1.5


def mark_of(line: Line, x: float, y: float, language: str) -> str:
    """The mark of one event: its number in a circle, and its words for whoever points at it."""
    ink = _INK.get(line.kind, _PLAIN)
    fill, letters = (ink, "#fff") if line.kind in LETTERS else ("#fff", ink)
    told = f"{line.number}. {line.what.in_(language)} → {line.to.in_(language)}"
    return (
        f'<g><title>{escape(told)}</title><circle cx="{x:.1f}" cy="{y}" r="{DOT}" fill="{fill}" '
        f'stroke="{ink}" stroke-width="{_rim(ink)}"/><text x="{x:.1f}" y="{y + 3.5}" '
        f'font-size="10" text-anchor="middle" fill="{letters}">{line.number}</text></g>'
    )
