"""Times and spans as people read them: Vietnamese local time, remaining time in words."""

from datetime import date, datetime, timedelta

from crisis.model.calendar import HANOI
from crisis.model.words import Language

MINUTE, HOUR, DAY = 60, 3600, 86400
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def moment_words(at: datetime, language: Language) -> str:
    """`at` in Viet Nam: “10:05 ngày 19/10/2025”, “19 Oct 2025, 10:05”."""
    local = at.astimezone(HANOI)
    if language is Language.EN:
        return f"{day_words(local.date(), language)}, {local:%H:%M}"
    return f"{local:%H:%M} ngày {day_words(local.date(), language)}"


def due_words(at: datetime, language: Language) -> str:
    """A due time as people say it: a limit that ends with a day ends at its 24:00, not at 00:00."""
    local = at.astimezone(HANOI)
    if (local.hour, local.minute, local.second) != (0, 0, 0):
        return moment_words(at, language)
    day = day_words(local.date() - timedelta(days=1), language)
    return f"{day}, 24:00" if language is Language.EN else f"24:00 ngày {day}"


def day_words(day: date, language: Language) -> str:
    """A day: “19/10/2025”, “19 Oct 2025”."""
    if language is Language.EN:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day:%d/%m/%Y}"


def span_words(span: timedelta, language: Language) -> str:
    """A span in its two largest units: “3 giờ 20 phút”, “3 h 20 min”; below a minute “dưới 1 phút”.

    Seconds are dropped, never rounded up: nobody is promised a minute they do not have.
    """
    seconds = int(abs(span.total_seconds()))
    en = language is Language.EN
    if seconds < MINUTE:
        return "less than 1 min" if en else "dưới 1 phút"
    days, hours, minutes = seconds // DAY, seconds % DAY // HOUR, seconds % HOUR // MINUTE
    names = ("d", "h", "min") if en else ("ngày", "giờ", "phút")
    parts = [f"{n} {name}" for n, name in zip((days, hours, minutes), names, strict=True) if n]
    return " ".join(parts[:2])


def left_words(due: datetime, now: datetime, language: Language) -> str:
    """How long until `due`, or since: “còn 3 giờ 20 phút”, “quá hạn 1 giờ”."""
    span = span_words(due - now, language)
    if language is Language.EN:
        return f"{span} overdue" if now > due else f"{span} left"
    return f"quá hạn {span}" if now > due else f"còn {span}"


def field_value(at: datetime | None) -> str:
    """`at` as the value of a date-and-time field of a form, in Vietnamese local time."""
    return f"{at.astimezone(HANOI):%Y-%m-%dT%H:%M}" if at else ""
