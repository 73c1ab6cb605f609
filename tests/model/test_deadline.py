"""What is true of a deadline at one instant, and how limits are written."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from crisis.model.deadline import Deadline, DeadlineState, Kind, due_at
from crisis.model.errors import BadInput, RuleBroken
from crisis.model.limit import Direction, Limit, Target, Unit, parse_target

START = datetime(2026, 3, 2, 2, tzinfo=UTC)
DUE = START + timedelta(hours=24)
HOUR = timedelta(hours=1)


def deadline(**facts):
    ours = {
        "rule": "S3.publish",
        "starts_at": START,
        "due_at": DUE,
        "source": "DESIGN",
        "confidence": "low",
        "kind": Kind.INTERNAL,
    }
    return Deadline(**(ours | facts))


@pytest.mark.parametrize(
    ("facts", "hours", "state"),
    [
        ({}, 0, DeadlineState.RUNNING),
        ({}, 24, DeadlineState.RUNNING),  # at the due time itself it is not yet late
        ({}, 24.001, DeadlineState.MISSED),
        ({"met_at": START + HOUR}, 2, DeadlineState.MET),
        ({"met_at": START + HOUR}, 99, DeadlineState.MET),
        ({"met_at": DUE}, 99, DeadlineState.MET),  # in the last moment
        ({"met_at": DUE + HOUR}, 99, DeadlineState.MISSED),  # too late stays too late
        ({"met_at": START + HOUR}, 0.5, DeadlineState.RUNNING),  # not yet known then
        ({"cancelled_at": START + HOUR}, 99, DeadlineState.CANCELLED),
        ({"cancelled_at": DUE + HOUR}, 99, DeadlineState.MISSED),  # cancelling heals nothing
        ({"cancelled_at": START + HOUR}, 0, DeadlineState.RUNNING),
        ({"paused_at": START + HOUR}, 2, DeadlineState.PAUSED),
        ({"paused_at": START + HOUR}, 99, DeadlineState.PAUSED),  # it stands still
        ({"paused_at": START + HOUR}, 0, DeadlineState.RUNNING),
        ({"paused_at": DUE + HOUR}, 99, DeadlineState.MISSED),
        ({"paused_at": START + HOUR, "met_at": DUE + HOUR}, 99, DeadlineState.MET),
        ({"met_at": START + HOUR, "cancelled_at": START + HOUR}, 9, DeadlineState.MET),
    ],
)
def test_the_state_of_a_deadline_is_a_function_of_now(facts, hours, state):
    assert deadline(**facts).state(START + hours * HOUR) is state


def test_the_first_fulfilment_counts():
    first = deadline().met(START + HOUR)
    assert first.met(START + 5 * HOUR).met_at == START + HOUR


def test_cancelling_is_recorded_with_its_time():
    assert deadline().cancelled(START + HOUR).state(DUE + HOUR) is DeadlineState.CANCELLED


def test_a_legal_deadline_cannot_be_paused():
    with pytest.raises(RuleBroken) as refused:
        deadline(kind=Kind.LAW, rule="reply_in_press").paused(START)
    assert refused.value.rule == "reply_in_press"


@pytest.mark.parametrize(
    ("limit", "paused", "resumed", "due"),
    [
        # begun on Monday 09:00
        ("24h", "Mon 2026-03-02 12:00", "Mon 2026-03-02 15:00", "Tue 2026-03-03 12:00"),
        ("8wh", "Mon 2026-03-02 10:30", "Wed 2026-03-04 07:30", "Wed 2026-03-04 16:00"),
        ("8wh", "Mon 2026-03-02 18:00", "Sat 2026-03-07 10:00", "Mon 2026-03-09 09:00"),
        ("3wd", "Tue 2026-03-03 09:00", "Wed 2026-03-04 09:00", "Fri 2026-03-06 24:00"),
        ("3wd", "Tue 2026-03-03 09:00", "Thu 2026-03-05 09:00", "Mon 2026-03-09 24:00"),
    ],
)
def test_a_deadline_resumes_later_by_the_time_it_stood_still(
    limit, paused, resumed, due, office, hanoi
):
    start = hanoi("Mon 2026-03-02 09:00")
    target = parse_target(limit)
    running = deadline(starts_at=start, due_at=due_at(target, start, office), unit=target.unit)
    again = running.paused(hanoi(paused)).resumed(hanoi(resumed), office)
    assert again.due_at == hanoi(due)
    assert again.state(hanoi(resumed)) is DeadlineState.RUNNING


def test_resuming_what_was_not_paused_changes_nothing(office):
    assert deadline().resumed(START + HOUR, office) == deadline()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("16wh", 16, Unit.WORKING_HOUR),
        ("24h", 24, Unit.HOUR),
        (" 15 wd ", 15, Unit.WORKING_DAY),
        ("30d", 30, Unit.DAY),
        ("3mo", 3, Unit.MONTH),
        (0.5, 0.5, Unit.HOUR),
        (24, 24, Unit.HOUR),
        ("0.25wh", 0.25, Unit.WORKING_HOUR),
    ],
)
def test_a_target_is_written_as_a_number_and_a_unit(text, value, unit):
    limit = parse_target(text)
    assert (limit.value, limit.unit) == (value, unit)
    assert parse_target(str(limit)) == limit


@pytest.mark.parametrize(
    "text", ["", "wh", "-1h", "1.5d", "0.5wd", "2 weeks", "1e3h", "nan", "inf", "100001h", "1,5h"]
)
def test_anything_else_is_not_a_target(text):
    with pytest.raises(BadInput) as refused:
        parse_target(text)
    assert refused.value.field == "limit"


@pytest.mark.parametrize(
    ("text", "longest"), [("87601h", "87600h"), ("99999999999d", "3650d"), ("121mo", "120mo")]
)
def test_a_limit_of_more_than_ten_years_is_told_so_with_the_longest(text, longest):
    with pytest.raises(
        BadInput, match=f"“{text}” is longer than 10 years; the longest is {longest}"
    ):
        parse_target(text)
    assert str(parse_target(longest)) == longest


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0])
def test_a_limit_must_be_a_number_that_means_something(value):
    with pytest.raises(BadInput):
        Limit(value=value, unit=Unit.DAY)


def test_only_clock_hours_are_counted_back_from_an_event():
    with pytest.raises(BadInput):
        Limit(value=3, unit=Unit.WORKING_DAY, direction=Direction.BEFORE_EVENT)


def test_a_content_file_may_hold_a_target_and_gets_it_back_as_written():
    target = TypeAdapter(Target)
    assert target.validate_python("16wh") == target.validate_python(parse_target("16wh"))
    assert target.dump_python(parse_target("0.5h"), mode="json") == "0.5h"
    assert "description" in target.json_schema()
    for wrong in ("soon", [16], None):
        with pytest.raises(ValidationError):
            target.validate_python(wrong)


def test_an_instant_without_a_time_zone_is_refused(office):
    with pytest.raises(BadInput):
        due_at(parse_target("24h"), START.replace(tzinfo=None), office)


def test_an_instant_in_another_zone_is_the_same_instant(office):
    local = office.local(START)
    assert due_at(parse_target("24h"), local, office) == DUE
    assert due_at(parse_target("24h"), local, office).tzinfo is UTC
