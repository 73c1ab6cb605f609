"""The office's clock: real, accelerated for an exercise, or standing still."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from crisis.clock import Clock
from crisis.model.errors import Misconfigured

REAL = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
OFFICE = datetime(2025, 10, 19, 1, 0, tzinfo=UTC)


def test_the_real_clock_gives_real_time_in_utc():
    clock = Clock.real()
    before, now, after = clock.real_now(), clock.now(), clock.real_now()
    assert before <= now <= after
    assert now.tzinfo is UTC
    assert clock.is_real


@pytest.mark.parametrize(
    ("rate", "real_minutes", "office_minutes"),
    [(1, 30, 30), (60, 1, 60), (0, 600, 0), (0.5, 10, 5), (60, -1, -60)],
)
def test_an_exercise_runs_at_its_rate_from_its_anchors(rate, real_minutes, office_minutes):
    clock = Clock.exercise(anchor_real=REAL, anchor_office=OFFICE, rate=rate)
    office = clock.office_time(REAL + timedelta(minutes=real_minutes))
    assert office == OFFICE + timedelta(minutes=office_minutes)
    assert not clock.is_real


def test_two_processes_with_the_same_three_values_agree():
    values = {"anchor_real": REAL, "anchor_office": OFFICE, "rate": 60.0}
    assert Clock.exercise(**values) == Clock.exercise(**values)


def standing_at(office: datetime) -> Clock:
    return Clock.exercise(anchor_real=office, anchor_office=office, rate=0)


def test_a_clock_that_stands_still_always_says_the_same_but_real_time_goes_on():
    clock = standing_at(OFFICE)
    assert clock.now() == clock.now() == OFFICE
    assert clock.real_now() > REAL - timedelta(days=3650)
    assert clock.real_now() != OFFICE


def test_office_time_is_utc_whatever_zone_the_anchors_were_written_in():
    hanoi = timezone(timedelta(hours=7))
    clock = standing_at(OFFICE.astimezone(hanoi))
    assert clock.now().tzinfo is UTC
    assert clock.now() == OFFICE


def test_durations_never_go_back():
    clock = standing_at(OFFICE)
    assert clock.monotonic() <= clock.monotonic()


@pytest.mark.parametrize(
    "values",
    [
        {"anchor_real": REAL},
        {"anchor_office": OFFICE},
        {"anchor_real": REAL, "anchor_office": OFFICE, "rate": -1},
        {"anchor_real": REAL.replace(tzinfo=None), "anchor_office": OFFICE},
        {"rate": 60},
    ],
)
def test_a_clock_with_half_its_values_is_refused(values):
    with pytest.raises(Misconfigured) as refused:
        Clock(**values)
    assert refused.value.setting == "clock"
