"""The times of an affair lie in their order, and none of them ahead."""

from datetime import UTC, datetime, timedelta

import pytest

from crisis.model.chronology import check_chronology
from crisis.model.errors import BadInput

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def times(**hours: float) -> dict[str, datetime | None]:
    return {name: NOW + HOUR * ago for name, ago in hours.items()}


@pytest.mark.parametrize(
    "given",
    [
        times(),
        times(received_at=0),
        times(event_at=-3, published_at=-2, received_at=-1),
        times(event_at=-1, received_at=-1) | {"published_at": None},
    ],
)
def test_times_in_their_order_are_taken(given: dict[str, datetime | None]) -> None:
    check_chronology(given, NOW, field="at")
    assert all(at is None or at <= NOW for at in given.values())


@pytest.mark.parametrize(
    "given",
    [
        times(received_at=1),
        times(published_at=-1, received_at=-2),
        times(event_at=-1, received_at=-2),
        times(event_at=-1, published_at=-2),
    ],
)
def test_a_time_ahead_or_out_of_order_is_refused_where_it_was_typed(
    given: dict[str, datetime | None],
) -> None:
    with pytest.raises(BadInput) as caught:
        check_chronology(given, NOW, field="at")
    assert caught.value.field == "at"


def test_where_each_time_has_a_field_of_its_own_that_field_is_named() -> None:
    with pytest.raises(BadInput) as ahead:
        check_chronology(times(occurred_at=1), NOW)
    with pytest.raises(BadInput) as out_of_order:
        check_chronology(times(published_at=-1, received_at=-2), NOW)
    assert (ahead.value.field, out_of_order.value.field) == ("occurred_at", "received_at")
