"""What one rendering may cost: a template that loops or grows without end stops here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from crisis.model.errors import BadContent
from crisis.model.words import words

LIMIT = 1_000_000
"""Units for one rendering: a printed character or a turn of a loop costs one, a call more."""


class TooMuch(BadContent):
    """A template loops or grows without end."""

    def __init__(self, place: str) -> None:
        super().__init__(
            words(
                "Mẫu văn bản lặp hoặc sinh ra quá nhiều nội dung nên bị dừng.",
                "The template loops or prints too much and was stopped.",
            ),
            place=place,
        )


class Budget:
    """The units that one rendering has left."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._left = LIMIT

    def spend(self, units: int) -> None:
        """Take `units`; raises TooMuch when there are none left."""
        self._left -= units
        if self._left < 0:
            raise TooMuch(self._place)


_CURRENT: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def budget_for(place: str) -> Iterator[None]:
    """Everything rendered inside spends from one budget."""
    token = _CURRENT.set(Budget(place))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def spend(units: int) -> None:
    """Take `units` from the budget of the rendering that runs."""
    budget = _CURRENT.get()
    if budget is not None:
        budget.spend(units)
