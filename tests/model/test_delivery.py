"""A delivery: retries, expiry and reply codes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.delivery import (
    DeliveryState,
    Owed,
    after_failure,
    backoff,
    expired,
    http_permanent,
    smtp_permanent,
)
from crisis.model.parcel import Act

S = DeliveryState
NOW = datetime(2025, 10, 24, 8, tzinfo=UTC)


def owed(**changes: Any) -> Owed:
    values: dict[str, Any] = {"act": Act.FIRST, "attempts": 1}
    return Owed(**(values | changes))


@pytest.mark.parametrize(
    ("attempts", "minutes"),
    [(-1, 1), (0, 1), (1, 2), (2, 4), (3, 8), (5, 32), (6, 64), (7, 64), (10_000, 64)],
)
def test_the_wait_doubles_up_to_sixty_four_minutes(attempts: int, minutes: int) -> None:
    assert backoff(attempts, jitter=0) == timedelta(minutes=minutes)


@given(attempts=st.integers(0, 100), jitter=st.floats(-1, 2))
def test_jitter_takes_off_a_quarter_at_most(attempts: int, jitter: float) -> None:
    longest = backoff(attempts, jitter=0)
    assert longest * 0.75 <= backoff(attempts, jitter=jitter) <= longest


def test_a_client_error_is_not_tried_again() -> None:
    after = after_failure(owed(), permanent=True, now=NOW, jitter=0)
    assert (after.state, after.at) == (S.FAILED, None)


def test_a_temporary_failure_is_tried_again_later() -> None:
    after = after_failure(owed(), permanent=False, now=NOW, jitter=0)
    assert (after.state, after.at) == (S.RETRYING, NOW + timedelta(minutes=2))


@pytest.mark.parametrize(("minutes", "state"), [(2, S.FAILED), (3, S.RETRYING)])
def test_nothing_is_tried_at_or_after_its_expiry(minutes: int, state: S) -> None:
    one = owed(expires_at=NOW + timedelta(minutes=minutes))
    assert after_failure(one, permanent=False, now=NOW, jitter=0).state is state


def test_a_withdrawal_never_expires() -> None:
    late = NOW - timedelta(days=1)
    assert expired(owed(expires_at=late), NOW)
    assert not expired(owed(act=Act.WITHDRAWAL, expires_at=late), NOW)


@pytest.mark.parametrize(
    ("code", "never"),
    [(None, False), (421, False), (450, False), (451, False), (499, False), (500, True),
     (550, True), (552, True), (554, True), (599, True)],
)  # fmt: skip
def test_an_smtp_reply_of_500_and_above_means_never(code: int | None, *, never: bool) -> None:
    assert smtp_permanent(code) == never


@pytest.mark.parametrize(
    ("code", "never"),
    [(None, False), (301, True), (400, True), (401, True), (404, True), (408, False),
     (410, True), (425, False), (429, False), (500, False), (503, False)],
)  # fmt: skip
def test_an_http_answer_is_classed_by_whose_fault_it_is(code: int | None, *, never: bool) -> None:
    assert http_permanent(code) == never
