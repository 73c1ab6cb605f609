"""The breaker of one outlet."""

from datetime import UTC, datetime, timedelta

from crisis.model.breaker import FAILURES_TO_OPEN, REST, Breaker, BreakerState

NOW = datetime(2025, 10, 24, 8, tzinfo=UTC)


def opened() -> Breaker:
    breaker = Breaker()
    for _ in range(FAILURES_TO_OPEN):
        assert breaker.state(NOW) is BreakerState.CLOSED
        breaker = breaker.failed(NOW)
    return breaker


def test_it_opens_after_so_many_failures_in_a_row() -> None:
    assert opened().state(NOW) is BreakerState.OPEN
    assert not opened().lets_through(NOW)


def test_after_its_rest_it_lets_one_try_through() -> None:
    later = NOW + REST
    breaker = opened()
    assert breaker.state(later - timedelta(seconds=1)) is BreakerState.OPEN
    assert breaker.state(later) is BreakerState.HALF_OPEN
    assert breaker.lets_through(later)
    assert not breaker.trying(later).lets_through(later)


def test_a_try_through_a_closed_breaker_changes_nothing() -> None:
    assert Breaker().trying(NOW) == Breaker()


def test_a_failed_half_open_try_opens_it_again() -> None:
    later = NOW + REST
    trying = opened().trying(later)
    assert trying.failed(later).state(later) is BreakerState.OPEN
