"""Tone over time as a chart that needs no script: stacked bars, drawn by the page as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from crisis.model.brief import ToneCount

WIDTH, HEIGHT = 600, 190
_LEFT, _BOTTOM, _TOP = 40, 30, 8
_TONES = ("neg", "neu", "pos")
_LABELS = 6


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
    """The bars of some days; `most` is the number at the top of the axis."""

    bars: tuple[Bar, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    top: int = _TOP
    base: int = HEIGHT - _BOTTOM


def tone_chart(days: Sequence[ToneCount]) -> ToneChart:
    """The chart of these days, in their order."""
    most = max((day.total for day in days), default=0) or 1
    step = (WIDTH - _LEFT) / max(len(days), 1)
    every = max(1, -(-len(days) // _LABELS))
    bars = tuple(
        Bar(
            count=day,
            pieces=_pieces(day, _LEFT + number * step + step * 0.1, step * 0.8, most),
            label_x=round(_LEFT + (number + 0.5) * step, 1)
            if (len(days) - 1 - number) % every == 0
            else 0.0,
        )
        for number, day in enumerate(days)
    )
    return ToneChart(bars=bars, most=most)


def _pieces(day: ToneCount, x: float, width: float, most: int) -> tuple[Piece, ...]:
    room = HEIGHT - _BOTTOM - _TOP
    pieces, base = [], float(HEIGHT - _BOTTOM)
    for tone in _TONES:
        height = room * int(getattr(day, tone)) / most
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
