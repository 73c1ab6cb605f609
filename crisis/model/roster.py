"""Who is on duty: dated entries of the roster, and who of several people is told of something."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from crisis.model.errors import BadInput
from crisis.model.words import words

LONGEST = timedelta(days=31)
"""Nobody is on duty for longer in one entry: a roster is made anew at least every month."""


class Named(Protocol):
    """A person by the key of their account."""

    id: str


P = TypeVar("P", bound=Named)


def told(people: Sequence[P], on_duty: Collection[str], *, late: bool = False) -> Sequence[P]:
    """Of `people` those who are told: whoever is on duty.

    Everybody where none of them is, and everybody of what is late: silence must not hide with one
    person.
    """
    mine = [one for one in people if one.id in on_duty]
    return people if late or not mine else mine


def check_shift(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Refuse an entry that ends before it begins, has ended, or is too long. Raises BadInput."""
    if ends_at <= starts_at:
        raise BadInput(
            words("Giờ kết thúc phải sau giờ bắt đầu.", "It has to end after it begins."),
            field="ends_at",
        )
    if ends_at <= now:
        raise BadInput(
            words("Ca trực này đã qua.", "This time on duty is over already."), field="ends_at"
        )
    if ends_at - starts_at > LONGEST:
        raise BadInput(
            words(
                f"Một ca trực dài nhất {LONGEST.days} ngày; xin chia thành nhiều ca.",
                f"One entry covers at most {LONGEST.days} days; please make several.",
            ),
            field="ends_at",
        )
