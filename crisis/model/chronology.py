"""The order of the times of an affair: it happens, is published, is received; none lies ahead."""

from datetime import datetime
from itertools import pairwise

from crisis.model.errors import BadInput
from crisis.model.words import Words, words

NAMES: dict[str, Words] = {
    "event_at": words("sự việc xảy ra", "the event"),
    "published_at": words("tin, bài được đăng", "the publication"),
    "received_at": words("văn phòng nhận tin", "the receipt"),
}
"""In the order in which they have to lie."""


def check_chronology(times: dict[str, datetime | None], now: datetime, *, field: str) -> None:
    """Refuse times that lie ahead of `now` or out of their order; unknown ones are left out.

    `field` is where the person typed. Raises BadInput.
    """
    known = [(NAMES[name], at) for name in NAMES if (at := times.get(name)) is not None]
    for name, at in known:
        if at > now:
            raise BadInput(
                words(
                    f"Thời điểm {name.vi} không thể ở sau thời điểm hiện tại.",
                    f"The time of {name.en} cannot lie in the future.",
                ),
                field=field,
            )
    for (one, first), (other, second) in pairwise(known):
        if second < first:
            raise BadInput(
                words(
                    f"Thời điểm {other.vi} không thể trước thời điểm {one.vi}.",
                    f"The time of {other.en} cannot lie before the time of {one.en}.",
                ),
                field=field,
            )
