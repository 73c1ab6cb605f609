"""How long something may take: a value and the unit in which it is counted."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from crisis.model.errors import BadInput
from crisis.model.fault import Unfit, fault
from crisis.model.words import words


class Unit(StrEnum):
    """How time is counted: clock hours, office hours, calendar days, working days, months."""

    HOUR = "hour"
    WORKING_HOUR = "working_hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"


class Direction(StrEnum):
    """Whether a limit runs on from its starting fact or back from an event."""

    AFTER = "after"
    BEFORE_EVENT = "before_event"


SUFFIXES = {
    "h": Unit.HOUR,
    "wh": Unit.WORKING_HOUR,
    "d": Unit.DAY,
    "wd": Unit.WORKING_DAY,
    "mo": Unit.MONTH,
}

_SUFFIX_OF = {unit: suffix for suffix, unit in SUFFIXES.items()}

BY_THE_HOUR = frozenset({Unit.HOUR, Unit.WORKING_HOUR})

TARGET_PATTERN = r"^\s*(\d+(?:\.\d+)?)\s*(h|wh|d|wd|mo)?\s*$"

LONGEST = {
    Unit.HOUR: 87_600,
    Unit.WORKING_HOUR: 87_600,
    Unit.DAY: 3_650,
    Unit.WORKING_DAY: 3_650,
    Unit.MONTH: 120,
}
"""Ten years: no limit of an office is longer, and no calendar reaches further."""

_TARGET = re.compile(TARGET_PATTERN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """`value` units; whole numbers except for hours. Only clock hours can be counted backwards."""

    value: float
    unit: Unit
    direction: Direction = Direction.AFTER
    span: timedelta = field(init=False, repr=False, compare=False)
    count: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        longest = LONGEST[self.unit]
        if self.value > longest:
            raise _refused(*_TOO_LONG, str(self), f"{longest}{_SUFFIX_OF[self.unit]}")
        if not self.value >= 0:
            raise _not_a_limit(str(self))
        if self.unit not in BY_THE_HOUR and self.value % 1:
            raise _refused(*_NOT_WHOLE, str(self))
        if self.direction is Direction.BEFORE_EVENT and self.unit is not Unit.HOUR:
            raise _refused(*_BACKWARDS, str(self))
        # Both forms are kept ready: a due time is asked for far more often than a limit is made.
        object.__setattr__(self, "span", timedelta(hours=self.value))
        object.__setattr__(self, "count", int(self.value))

    def __str__(self) -> str:
        suffix = _SUFFIX_OF[self.unit]
        number = f"{self.value:f}".rstrip("0").rstrip(".") if self.value % 1 else int(self.value)
        return f"{number}{suffix}"


def parse_target(text: str | float) -> Limit:
    """The limit written as `16wh`, `24h`, `15wd`, `30d`, `3mo`, or a bare number of clock hours.

    Raises `BadInput` for anything else.
    """
    found = _TARGET.match(str(text))
    if found is None:
        raise _not_a_limit(str(text))
    return Limit(value=float(found[1]), unit=SUFFIXES[found[2] or "h"])


_NOT_A_LIMIT = (
    "“{}” không phải là thời hạn; hãy viết như 24h, 16wh, 30d, 15wd hoặc 3mo.",
    "“{}” is not a time limit; write it like 24h, 16wh, 30d, 15wd or 3mo.",
)
_NOT_WHOLE = (
    "Thời hạn “{}”: ngày và tháng phải là số nguyên; phần lẻ hãy viết bằng giờ.",
    "The limit “{}”: days and months are whole numbers; write a part of a day in hours.",
)
_BACKWARDS = (
    "Thời hạn “{}” tính ngược từ sự kiện: chỉ tính ngược được bằng giờ, ví dụ 24h.",
    "The limit “{}” runs back from an event: only clock hours can, such as 24h.",
)
_TOO_LONG = (
    "Thời hạn “{}” dài quá 10 năm; dài nhất là {}.",
    "The limit “{}” is longer than 10 years; the longest is {}.",
)


def _not_a_limit(text: str) -> BadInput:
    return _refused(*_NOT_A_LIMIT, text)


def _refused(vi: str, en: str, *facts: str) -> BadInput:
    return BadInput(words(vi.format(*facts), en.format(*facts)), field="limit")


def _from_file(value: object) -> Limit:
    if isinstance(value, Limit):
        return value
    if isinstance(value, str | int | float):
        try:
            return parse_target(value)
        except BadInput as refused:
            raise _unfit(refused) from refused
    raise _unfit(_not_a_limit(str(value)))


def _unfit(refused: BadInput) -> Unfit:
    return Unfit(fault(refused.sentence.vi, refused.sentence.en))


Target = Annotated[
    Limit,
    BeforeValidator(_from_file),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": TARGET_PATTERN},
                {"type": "number", "minimum": 0},
            ],
            "description": "24h, 16wh, 30d, 15wd, 3mo, or a number of clock hours",
        }
    ),
]
"""A `Limit` as content files write it, for pydantic models."""
