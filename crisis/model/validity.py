"""From when to when something holds."""

from collections.abc import Iterable
from datetime import date
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict, model_validator

from crisis.model.day_word import day_words
from crisis.model.fault import fault, refuse


class Dated(BaseModel):
    """A fact of law or office that holds from `valid_from` to `valid_to`, both days included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    valid_from: date
    valid_to: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            refuse(
                [
                    fault(
                        f"Ngày hết hiệu lực {day_words(self.valid_to).vi} sớm hơn ngày bắt đầu "
                        f"{day_words(self.valid_from).vi}.",
                        f"The last day {day_words(self.valid_to).en} lies before the first day "
                        f"{day_words(self.valid_from).en}.",
                        "valid_to",
                    )
                ]
            )
        return self

    def holds_on(self, day: date) -> bool:
        """Whether it holds on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


D = TypeVar("D", bound=Dated)


def holding_on(day: date, things: Iterable[D]) -> tuple[D, ...]:
    """Those of `things` that hold on `day`, in their order."""
    return tuple(thing for thing in things if thing.holds_on(day))
