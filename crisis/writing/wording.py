"""How times, durations and long texts are said to people, in both languages."""

import textwrap
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from crisis.model.letter_part import EXERCISE
from crisis.model.words import Language

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_UNITS = (("ngày", "day", 1440), ("giờ", "hour", 60), ("phút", "minute", 1))


def said_time(at: datetime, language: Language | str) -> str:
    """ "16 giờ 30" or "16:30", local time."""
    here = at.astimezone(LOCAL)
    return f"{here:%H:%M}" if language == Language.EN else f"{here:%H giờ %M}"


def said_day(at: date, language: Language | str) -> str:
    """ "05/02/2027" or "5 February 2027"; of an instant, the local day."""
    here = at.astimezone(LOCAL).date() if isinstance(at, datetime) else at
    if language == Language.EN:
        return f"{here.day} {_MONTHS[here.month - 1]} {here.year}"
    return f"{here:%d/%m/%Y}"


def said_moment(at: datetime, language: Language | str) -> str:
    """ "16 giờ 30 ngày 05/02/2027" or "16:30 on 5 February 2027", local time."""
    between = "on" if language == Language.EN else "ngày"
    return f"{said_time(at, language)} {between} {said_day(at, language)}"


def said_due(at: datetime, language: Language | str) -> str:
    """A due time: one that ends with a day is told by that day's 24:00, not by 00:00 after it."""
    local = at.astimezone(LOCAL)
    if (local.hour, local.minute, local.second) != (0, 0, 0):
        return said_moment(at, language)
    day = said_day(local.date() - timedelta(days=1), language)
    return f"24:00 on {day}" if language == Language.EN else f"24 giờ ngày {day}"


def said_span(length: timedelta, language: Language | str) -> str:
    """The two largest units, rounded down to minutes: "1 ngày 3 giờ", "45 minutes"."""
    left = max(1, int(abs(length).total_seconds() // 60))
    parts = []
    for vi, en, minutes in _UNITS:
        count, left = divmod(left, minutes)
        if count:
            parts.append(f"{count} {vi}" if language != Language.EN else _counted(count, en))
    return " ".join(parts[:2])


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def wrapped(text: str, width: int = 72, indent: str = "") -> str:
    """`text` in lines of at most `width` characters, paragraphs kept, words and links unbroken."""
    wrapper = textwrap.TextWrapper(
        width=min(width, 200),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(wrapper.fill(line) if line.strip() else "" for line in text.split("\n"))


def shortened(text: str, length: int = 80) -> str:
    """`text` on one line of at most `length` characters, cut at a word with an ellipsis."""
    return textwrap.shorten(text, width=length, placeholder="…")


def stopped(text: str) -> str:
    """`text` with a mark at its end, so that facts typed with or without one read alike."""
    return text if text.rstrip('”"')[-1:] in tuple(".!?…") else f"{text}."


def bare(text: str) -> str:
    """`text` without a full stop at its end, for use within a sentence."""
    return text.rstrip().rstrip(".")


def unmarked(title: str) -> str:
    """A statement's title without the mark of an exercise, for a subject that bears it already."""
    for mark in (EXERCISE.vi, EXERCISE.en):
        title = title.removeprefix(f"[{mark}] ")
    return title


def broken(text: str) -> Markup:
    """`text` escaped for HTML, its line ends kept."""
    return Markup("<br>\n").join(escape(line) for line in text.split("\n"))


def is_web_address(value: Any) -> bool:
    """Whether `value` is a plain http(s) address that may stand behind a link."""
    if not isinstance(value, str) or any(c.isspace() for c in value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _in_context_language(say: Any) -> Any:
    @pass_context
    def run(context: Context, value: Any) -> Any:
        return say(value, context["lang"])

    return run


FILTERS: dict[str, Any] = {
    "moment": _in_context_language(said_moment),
    "due": _in_context_language(said_due),
    "day": _in_context_language(said_day),
    "time": _in_context_language(said_time),
    "span": _in_context_language(said_span),
    "wrap": wrapped,
    "short": shortened,
    "stop": stopped,
    "bare": bare,
    "unmarked": unmarked,
    "line": lambda text: " ".join(str(text).split()),
    "breaks": broken,
}
"""The filters of templates; those that speak need the field `lang`."""
