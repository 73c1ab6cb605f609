"""Reminders of a task that began on Monday 2/3/2026 at 09:00 and is due on Tuesday at 09:00."""

from dataclasses import replace

import pytest

from crisis.model.limit import Unit
from crisis.model.reminder import (
    ReminderSeries,
    SkipReason,
    due_reminders,
    reminder_moments,
)

SHARES = [0.5, 0.75, 0.9, 1.0]


@pytest.fixture
def series(office, hanoi):
    moments = reminder_moments(
        SHARES,
        starts_at=hanoi("Mon 2026-03-02 09:00"),
        due_at=hanoi("Tue 2026-03-03 09:00"),
        unit=Unit.HOUR,
        calendar=office,
    )
    return ReminderSeries(task="T1", recipient="so-xay-dung@example", anchor="D1", moments=moments)


@pytest.mark.parametrize(
    ("unit", "start", "due", "reached"),
    [
        (
            Unit.HOUR,
            "Mon 2026-03-02 09:00",
            "Tue 2026-03-03 09:00",
            ["Mon 2026-03-02 21:00", "Tue 2026-03-03 3:00", "Tue 2026-03-03 6:36"],
        ),
        (
            Unit.WORKING_HOUR,  # 16 office hours, over a weekend
            "Fri 2026-03-06 07:30",
            "Mon 2026-03-09 17:30",
            ["Fri 2026-03-06 17:30", "Mon 2026-03-09 11:30", "Mon 2026-03-09 15:54"],
        ),
        (
            Unit.WORKING_DAY,  # 5 working days from Monday 07:30: 48 office hours until 24:00
            "Mon 2026-03-02 07:30",
            "Mon 2026-03-09 24:00",
            ["Wed 2026-03-04 17:30", "Fri 2026-03-06 11:30", "Mon 2026-03-09 10:42"],
        ),
        (
            Unit.DAY,
            "Mon 2026-03-02 00:00",
            "Wed 2026-03-11 24:00",
            ["Sat 2026-03-07 00:00", "Mon 2026-03-09 12:00", "Wed 2026-03-11 00:00"],
        ),
    ],
)
def test_levels_are_shares_of_the_time_that_counts(unit, start, due, reached, office, hanoi):
    moments = reminder_moments(
        SHARES, starts_at=hanoi(start), due_at=hanoi(due), unit=unit, calendar=office
    )
    assert [moment.level for moment in moments] == [50, 75, 90, 100]
    assert [moment.at for moment in moments] == [*map(hanoi, reached), hanoi(due)]


def sent(outcome):
    return [reminder.level for reminder in outcome.send]


def skipped(outcome):
    return {reminder.level: reminder.reason for reminder in outcome.skipped}


@pytest.mark.parametrize(
    ("now", "settled", "send", "skip", "next_at"),
    [
        ("Mon 2026-03-02 20:59", [], [], {}, "Mon 2026-03-02 21:00"),
        ("Mon 2026-03-02 21:00", [], [50], {}, "Tue 2026-03-03 03:00"),
        ("Mon 2026-03-02 21:01", [50], [], {}, "Tue 2026-03-03 03:00"),
        ("Tue 2026-03-03 03:00", [50], [75], {}, "Tue 2026-03-03 06:36"),
        ("Tue 2026-03-03 07:00", [], [90], {50, 75}, "Tue 2026-03-03 09:00"),
        ("Tue 2026-03-03 09:00", [50, 75, 90], [100], {}, None),
        ("Fri 2026-03-06 09:00", [50], [100], {75, 90}, None),
        ("Fri 2026-03-06 09:00", [50, 75, 90, 100], [], {}, None),
    ],
)
def test_only_the_latest_level_reached_is_sent(now, settled, send, skip, next_at, series, hanoi):
    outcome = due_reminders(replace(series, settled=frozenset(settled)), hanoi(now))
    assert sent(outcome) == send
    assert skipped(outcome) == dict.fromkeys(skip, SkipReason.OVERTAKEN)
    assert outcome.next_at == (hanoi(next_at) if next_at else None)


def test_a_reminder_has_one_key_per_task_recipient_level_and_anchor(series, hanoi):
    first = due_reminders(series, hanoi("Mon 2026-03-02 21:00")).send[0]
    assert first.key == "reminder:T1:so-xay-dung@example:50:D1"
    moved = due_reminders(replace(series, anchor="D2"), hanoi("Mon 2026-03-02 21:00")).send[0]
    assert moved.key != first.key


@pytest.mark.parametrize(
    ("now", "send", "skip"),
    [
        ("Mon 2026-03-02 21:00", [], {50: SkipReason.ACKNOWLEDGED}),
        ("Tue 2026-03-03 03:00", [75], {50: SkipReason.ACKNOWLEDGED}),
        (
            "Tue 2026-03-03 09:00",
            [100],
            {
                50: SkipReason.ACKNOWLEDGED,
                75: SkipReason.OVERTAKEN,
                90: SkipReason.OVERTAKEN,
            },
        ),
    ],
)
def test_a_receipt_silences_the_early_level_only(now, send, skip, series, hanoi):
    taken = replace(series, acknowledged_at=hanoi("Mon 2026-03-02 10:00"))
    outcome = due_reminders(taken, hanoi(now))
    assert sent(outcome) == send
    assert skipped(outcome) == skip


def test_a_receipt_in_the_future_silences_nothing(series, hanoi):
    later = replace(series, acknowledged_at=hanoi("Tue 2026-03-03 08:00"))
    assert sent(due_reminders(later, hanoi("Mon 2026-03-02 21:00"))) == [50]


def test_a_task_that_is_done_is_never_reminded_of_and_says_why(series, hanoi):
    done = replace(series, settled=frozenset({50}), done_at=hanoi("Tue 2026-03-03 02:00"))
    outcome = due_reminders(done, hanoi("Tue 2026-03-03 03:00"))
    assert sent(outcome) == []
    assert skipped(outcome) == dict.fromkeys([75, 90, 100], SkipReason.DONE)
    assert outcome.next_at is None
    assert sent(due_reminders(done, hanoi("Tue 2026-03-03 01:00"))) == []


def test_walking_the_stored_instants_sends_every_level_once(series, hanoi):
    now, levels = hanoi("Mon 2026-03-02 09:00"), []
    while now is not None:
        outcome = due_reminders(series, now)
        levels += sent(outcome)
        series = replace(series, settled=series.settled | {*sent(outcome)})
        now = outcome.next_at
    assert levels == [50, 75, 90, 100]
