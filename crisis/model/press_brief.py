"""The press brief as a letter."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from crisis.model.brief import Brief
from crisis.model.letter_part import Heading


@dataclass(frozen=True, kw_only=True, slots=True)
class PressBrief:
    """To a leader in the morning: what was printed about the province, and what was done."""

    name: ClassVar[str] = "press_brief"
    heading: Heading
    day: date
    brief: Brief
