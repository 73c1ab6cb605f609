"""Tone over time as a chart that needs no script: stacked bars, drawn by the page as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from crisis.model.brief import ToneCount

_TONES = ("neg", "neu", "pos")
_LABELS = 5
_HALF_LABEL = 38.0
"""Half of a day's name in the large letters of a phone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """How large a chart is drawn, and the room for its axes."""

    width: int = 600
    height: int = 190
    left: int = 44
    bottom: int = 34
    top: int = 8

    @property
    def base(self) -> int:
        """Where the bars stand."""
        return self.height - self.bottom


WHOLE = Sheet()
SMALL = Sheet(width=280, height=64, left=0, bottom=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One piece of a bar: where it is drawn, and what it counts."""

    tone: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A day's bar; `label_x` is 0 where the axis has no room for its name."""

    count: ToneCount
    pieces: tuple[Piece, ...]
    label_x: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ToneChart:
    """The bars of some days on a sheet; `most` is the number at the top of the axis."""

    bars: tuple[Bar, ...]
    most: int
    sheet: Sheet


def tone_chart(days: Sequence[ToneCount], sheet: Sheet = WHOLE) -> ToneChart:
    """The chart of these days, in their order."""
    most = max((day.total for day in days), default=0) or 1
    step = (sheet.width - sheet.left) / max(len(days), 1)
    every = max(1, -(-len(days) // _LABELS))
    bars = []
    for number, day in enumerate(days):
        left = sheet.left + number * step
        named = (len(days) - 1 - number) % every == 0
        bars.append(
            Bar(
                count=day,
                pieces=_pieces(day, left + step * 0.1, step * 0.8, most, sheet),
                label_x=min(round(left + step / 2, 1), sheet.width - _HALF_LABEL) if named else 0.0,
            )
        )
    return ToneChart(bars=tuple(bars), most=most, sheet=sheet)


def _pieces(day: ToneCount, x: float, width: float, most: int, sheet: Sheet) -> tuple[Piece, ...]:
    pieces, base = [], float(sheet.base)
    for tone in _TONES:
        height = (sheet.base - sheet.top) * int(getattr(day, tone)) / most
        if height:
            base -= height
            pieces.append(
                Piece(
                    tone=tone,
                    x=round(x, 1),
                    y=round(base, 1),
                    width=round(width, 1),
                    height=round(height, 1),
                )
            )
    return tuple(pieces)
