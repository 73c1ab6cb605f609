"""Silence is looked at again soon, and only where a matter is not grave."""

from datetime import UTC, datetime, timedelta

import pytest

from crisis.model.errors import BadInput
from crisis.model.no_response import LONGEST, check_recheck

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.mark.parametrize("ahead", [timedelta(minutes=1), LONGEST])
def test_a_time_to_look_again_within_a_quarter_is_taken(ahead: timedelta) -> None:
    check_recheck(NOW + ahead, NOW)
    assert ahead <= LONGEST


@pytest.mark.parametrize(
    "ahead",
    [timedelta(0), -timedelta(days=1), LONGEST + timedelta(minutes=1), timedelta(days=9999)],
)
def test_a_time_that_is_past_or_far_off_is_refused_at_its_field(ahead: timedelta) -> None:
    with pytest.raises(BadInput) as caught:
        check_recheck(NOW + ahead, NOW)
    assert caught.value.field == "recheck_at"
