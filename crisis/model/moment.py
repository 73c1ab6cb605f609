"""Instants and spans as people write them in files, forms and calls."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from crisis.model.fault import Fault, Unfit, fault

LOCAL = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnamese time: UTC+7, without daylight saving since 1975."""

OFFSET_PATTERN = r"^(?=\d)(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,6})m)?$"


def _moment(value: object) -> datetime:
    try:
        read = value if isinstance(value, datetime) else datetime.fromisoformat(_written(value))
        return (read if read.tzinfo is not None else read.replace(tzinfo=LOCAL)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unfit(_not_a_moment(value)) from error


def _written(value: object) -> str:
    """The text of `value`; anything but text is no time (a number could be seconds or a year)."""
    return value.strip() if isinstance(value, str) else ""


def _not_a_moment(value: object) -> Fault:
    shown = str(value)[:40]
    return fault(
        f"'{shown}' không phải thời điểm; hãy viết dạng 2025-10-19T08:15 (giờ Việt Nam) hoặc kèm "
        "múi giờ 2025-10-19T08:15+07:00.",
        f"'{shown}' is not a time; write 2025-10-19T08:15 (Vietnamese time) or with its zone, "
        "2025-10-19T08:15+07:00.",
    )


Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "description": "ISO 8601; without a zone it is read as Asia/Ho_Chi_Minh (UTC+7)",
        }
    ),
]
"""An instant in UTC. Written without a zone it is Vietnamese time; a bare date is its 00:00."""


def _offset(value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    found = re.match(OFFSET_PATTERN, value) if isinstance(value, str) else None
    if found is None:
        raise Unfit(fault(*_NOT_AN_OFFSET))
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


_NOT_AN_OFFSET = (
    "Hãy viết khoảng thời gian dạng 0m, 45m, 1h30m hoặc 1d2h.",
    "Write the span as 0m, 45m, 1h30m or 1d2h.",
)

Offset = Annotated[
    timedelta,
    BeforeValidator(_offset),
    PlainSerializer(lambda span: f"{int(span.total_seconds()) // 60}m"),
    WithJsonSchema({"type": "string", "pattern": OFFSET_PATTERN}),
]
"""Time since the start of an exercise: `45m`, `1h30m`, `1d2h`."""
