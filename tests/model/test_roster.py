"""Who of several people is told while somebody is on duty, and what a roster refuses."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from crisis.model.errors import BadInput
from crisis.model.roster import LONGEST, check_shift, told

NOW = datetime(2026, 11, 27, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class One:
    id: str


PEOPLE = [One("an"), One("binh"), One("chi")]


@pytest.mark.parametrize(
    ("on_duty", "late", "names"),
    [
        ({"binh"}, False, ["binh"]),
        ({"binh", "chi"}, False, ["binh", "chi"]),
        (set(), False, ["an", "binh", "chi"]),
        ({"somebody else"}, False, ["an", "binh", "chi"]),
        ({"binh"}, True, ["an", "binh", "chi"]),
    ],
)
def test_whoever_is_on_duty_is_told_and_everybody_of_what_is_late(
    on_duty: set[str], late: bool, names: list[str]
) -> None:
    assert [one.id for one in told(PEOPLE, on_duty, late=late)] == names


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (NOW, NOW, "after it begins"),
        (NOW - 3 * HOUR, NOW, "over already"),
        (NOW, NOW + LONGEST + HOUR, "at most 31 days"),
    ],
)
def test_a_time_on_duty_ends_after_it_begins_and_now_and_within_a_month(
    starts: datetime, ends: datetime, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        check_shift(starts, ends, NOW)


@pytest.mark.parametrize(
    ("starts", "ends"), [(NOW - HOUR, NOW + HOUR), (NOW, NOW + LONGEST), (NOW, NOW - HOUR)]
)
def test_who_is_already_on_duty_may_be_put_down_while_it_lasts(
    starts: datetime, ends: datetime
) -> None:
    refused = False
    try:
        check_shift(starts, ends, NOW)
    except BadInput:
        refused = True
    assert refused == (ends < NOW)
