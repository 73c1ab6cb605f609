"""The order of the times of an affair: it happens, is published, is received; none lies ahead."""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

from crisis.model.errors import BadInput
from crisis.model.words import Words, words

EVENT = words("sự việc xảy ra", "the event")
NAMES: dict[str, Words] = {
    "event_at": EVENT,
    "occurred_at": EVENT,
    "published_at": words("tin, bài được đăng", "the publication"),
    "received_at": words("văn phòng nhận tin", "the receipt"),
}
"""In the order in which they have to lie; a report calls its event's time `occurred_at`."""


def check_chronology(
    times: Mapping[str, datetime | None], now: datetime, *, field: str | None = None
) -> None:
    """Refuse times that lie ahead of `now` or out of their order; unknown ones are left out.

    `field` is where the person typed; None where each time has a field of its own name. Raises
    BadInput.
    """
    known = [(name, at) for name in NAMES if (at := times.get(name)) is not None]
    for key, at in known:
        name = NAMES[key]
        if at > now:
            raise BadInput(
                words(
                    f"Thời điểm {name.vi} không thể ở sau thời điểm hiện tại.",
                    f"The time of {name.en} cannot lie in the future.",
                ),
                field=field or key,
            )
    for (before, first), (after, second) in pairwise(known):
        one, other = NAMES[before], NAMES[after]
        if second < first:
            raise BadInput(
                words(
                    f"Thời điểm {other.vi} không thể trước thời điểm {one.vi}.",
                    f"The time of {other.en} cannot lie before the time of {one.en}.",
                ),
                field=field or after,
            )
