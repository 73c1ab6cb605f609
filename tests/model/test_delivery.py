"""A delivery: legal moves, retries, order, expiry and reply codes."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.delivery import (
    MOVES,
    Delivery,
    DeliveryState,
    after_failure,
    backoff,
    blocker,
    check_move,
    expired,
    http_permanent,
    may_move,
    may_send,
    overtaken,
    smtp_permanent,
)
from crisis.model.errors import RuleBroken
from crisis.model.parcel import Act

S = DeliveryState
NOW = datetime(2025, 10, 24, 8, tzinfo=UTC)

LEGAL = {
    (S.PENDING, S.SENDING),
    (S.PENDING, S.CANCELLED),
    (S.SENDING, S.ACCEPTED),
    (S.SENDING, S.RETRYING),
    (S.SENDING, S.FAILED),
    (S.ACCEPTED, S.VERIFIED_LIVE),
    (S.ACCEPTED, S.RETRYING),
    (S.ACCEPTED, S.FAILED),
    (S.RETRYING, S.SENDING),
    (S.RETRYING, S.FAILED),
    (S.RETRYING, S.CANCELLED),
    (S.VERIFIED_LIVE, S.RETRYING),
}


def delivery(order: int = 1, **changes: Any) -> Delivery:
    values: dict[str, Any] = {
        "key": f"k{order}",
        "outlet": "site",
        "recipient": "",
        "family": "f",
        "order": order,
        "act": Act.FIRST,
        "state": S.PENDING,
    }
    return Delivery(**(values | changes))


@pytest.mark.parametrize(("here", "there"), list(product(S, S)))
def test_a_delivery_moves_only_as_the_table_says(here: S, there: S) -> None:
    legal = (here, there) in LEGAL
    assert may_move(here, there) == legal
    if legal:
        check_move(here, there)
    else:
        with pytest.raises(RuleBroken):
            check_move(here, there)


def test_every_state_stands_in_the_table() -> None:
    assert set(MOVES) == set(S)


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
    after = after_failure(delivery(), permanent=True, now=NOW, jitter=0)
    assert (after.state, after.at) == (S.FAILED, None)


def test_a_temporary_failure_is_tried_again_later() -> None:
    after = after_failure(delivery(attempts=1), permanent=False, now=NOW, jitter=0)
    assert (after.state, after.at) == (S.RETRYING, NOW + timedelta(minutes=2))


@pytest.mark.parametrize(("minutes", "state"), [(2, S.FAILED), (3, S.RETRYING)])
def test_nothing_is_tried_at_or_after_its_expiry(minutes: int, state: S) -> None:
    one = delivery(attempts=1, expires_at=NOW + timedelta(minutes=minutes))
    assert after_failure(one, permanent=False, now=NOW, jitter=0).state is state


def test_a_withdrawal_never_expires() -> None:
    late = NOW - timedelta(days=1)
    assert expired(delivery(expires_at=late), NOW)
    assert not expired(delivery(act=Act.WITHDRAWAL, expires_at=late), NOW)


@pytest.mark.parametrize("state", list(S))
def test_a_later_publication_waits_until_the_earlier_one_is_settled(state: S) -> None:
    earlier, later = delivery(1, state=state), delivery(2, act=Act.UPDATE)
    waits = state in {S.PENDING, S.SENDING, S.RETRYING}
    assert (blocker(later, [later, earlier]) == earlier) == waits
    assert may_send(later, [earlier, later], now=NOW) != waits


def test_the_earliest_of_several_goes_first() -> None:
    assert blocker(delivery(3), [delivery(2), delivery(1)]) == delivery(1)


@pytest.mark.parametrize(
    "other", [{"family": "g"}, {"outlet": "webhook"}, {"recipient": "x@bao.vn"}]
)
def test_other_families_outlets_and_recipients_do_not_wait_for_each_other(
    other: dict[str, str],
) -> None:
    assert blocker(delivery(2), [delivery(1, **other)]) is None


@pytest.mark.parametrize("state", list(S))
def test_only_what_waits_may_be_sent(state: S) -> None:
    assert may_send(delivery(state=state), [], now=NOW) == (state in {S.PENDING, S.RETRYING})


def test_nothing_expired_is_sent() -> None:
    assert not may_send(delivery(expires_at=NOW), [], now=NOW)


@pytest.mark.parametrize("act", list(Act))
def test_a_correction_or_withdrawal_overtakes_what_was_not_sent_yet(act: Act) -> None:
    others = [delivery(n, state=state) for n, state in enumerate(S)]
    later = delivery(99, act=act)
    found = overtaken(later, [*others, later, delivery(1, family="g"), delivery(100)])
    wrong = act in {Act.CORRECTION, Act.WITHDRAWAL}
    assert {one.state for one in found} == ({S.PENDING, S.RETRYING} if wrong else set())


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
