"""Any limit of the law runs on an incident from a recorded fact, is met, extended, never paused."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from crisis.model.errors import BadInput, NotFound, RuleBroken
from crisis.office.incident import fact_clock
from crisis.office.incident.fact_clock import Fact
from crisis.records import clock_change, deadline

CONFERENCE = "press_conference_notice"


def at(told: str) -> datetime:
    return datetime.fromisoformat(f"{told}+07:00")


@pytest.fixture
async def code(story: Any) -> str:
    """An incident of S2 on 20 August 2026, a Thursday."""
    await story.at("2026-08-20T10:00")
    return str(await story.report(severity="S2", received_at="2026-08-20T09:00"))


async def record(story: Any, code: str, starts: str, when: str) -> str:
    async with story.acting("coordinator", code) as (act, standing):
        return (await fact_clock.record(act, standing, Fact(starts=starts, at=at(when)))).id


async def deed(story: Any, code: str, key: str, act_on: Any, *given: Any) -> None:
    async with story.acting("coordinator", code) as (act, standing):
        row = await act.session.get_one(deadline.DeadlineRow, key)
        await act_on(act, standing, row, *given)


async def row_of(story: Any, code: str, key: str) -> Any:
    async with story.acting("coordinator", code) as (act, _):
        return await act.session.get_one(deadline.DeadlineRow, key)


@pytest.mark.parametrize(
    ("starts", "when", "rule", "due"),
    [
        ("outlet_answers_agency", "2026-08-10T09:00", "outlet_answers_agency", "2026-08-29T00:00"),
        ("ati_publish_default", "2026-08-19T09:00", "ati_publish_default", "2026-08-26T00:00"),
        ("data_breach_notice", "2026-08-19T09:00", "data_breach_notice", "2026-08-22T09:00"),
        ("delegation_publish", "2026-06-30T20:00", "delegation_publish_old", "2026-07-01T08:00"),
        (
            "outlet_publishes_feedback/outlet_correction_print_broadcast",
            "2026-08-20T09:00",
            "outlet_publishes_feedback.outlet_correction_print_broadcast",
            "2026-08-23T00:00",
        ),
        (
            "press_conference_notice",
            "2026-08-25T09:00",
            "press_conference_notice",
            "2026-08-24T09:00",
        ),
    ],
)
async def test_a_recorded_fact_starts_the_limit_of_its_day(
    story: Any, code: str, starts: str, when: str, rule: str, due: str
) -> None:
    row = await row_of(story, code, await record(story, code, starts, when))
    assert (row.rule, row.starts_at, row.due_at) == (rule, at(when), at(due))
    assert row.legal
    assert row.recorded_by == story.actor("coordinator").id
    assert row.source


@pytest.mark.parametrize(
    ("starts", "when", "error"),
    [
        ("outlet_answers_agency", "2026-08-21T09:00", BadInput),  # tomorrow
        ("outlet_answers_agency", "2026-06-30T09:00", NotFound),  # not law yet
        ("initial_statement", "2026-08-20T09:00", BadInput),  # by a determination only
        ("reply_in_press", "2026-08-20T09:00", BadInput),  # by a press request only
        ("", "2026-08-20T09:00", BadInput),
    ],
)
async def test_what_starts_nothing_is_refused(
    story: Any, code: str, starts: str, when: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await record(story, code, starts, when)


async def test_what_was_done_is_recorded_at_its_own_time(story: Any, code: str) -> None:
    key = await record(story, code, "data_breach_notice", "2026-08-19T09:00")
    with pytest.raises(BadInput):
        await deed(story, code, key, fact_clock.done, at("2026-08-21T09:00"))
    await deed(story, code, key, fact_clock.done, at("2026-08-20T09:30"))
    row = await row_of(story, code, key)
    assert (row.state, row.met_at) == ("met", at("2026-08-20T09:30"))


async def test_the_law_s_own_extension_is_given_once_with_a_reason(story: Any, code: str) -> None:
    key = await record(story, code, "ati_complex_in_person", "2026-08-18T09:00")
    with pytest.raises(BadInput):
        await deed(story, code, key, fact_clock.extend, " ")
    await deed(story, code, key, fact_clock.extend, "Cần hỏi thêm hai sở")
    row = await row_of(story, code, key)
    # 10 working days end on 3 September 2026, ten more on 17 September.
    assert row.due_at == at("2026-09-18T00:00")
    with pytest.raises(RuleBroken):
        await deed(story, code, key, fact_clock.extend, "Lần nữa")
    async with story.acting("coordinator", code) as (act, _):
        (change,) = (await clock_change.of(act.session, [key]))[key]
    assert (change.kind, change.before) == ("extended", at("2026-09-04T00:00"))
    other = await record(story, code, "data_breach_notice", "2026-08-19T09:00")
    with pytest.raises(RuleBroken):
        await deed(story, code, other, fact_clock.extend, "Luật không cho")


async def test_a_limit_of_the_law_never_stands_still(story: Any, code: str) -> None:
    key = await record(story, code, "data_breach_notice", "2026-08-19T09:00")
    with pytest.raises(RuleBroken):
        await deed(story, code, key, fact_clock.pause, "Chờ")


async def test_a_target_of_the_office_stands_still_and_is_due_so_much_later(
    story: Any, code: str
) -> None:
    async with story.acting("coordinator", code) as (act, standing):
        rows = await deadline.of_incident(act.session, standing.incident.id)
    target = next(row for row in rows if row.rule == "playbook.draft")
    await deed(story, code, target.id, fact_clock.pause, "Chờ kết quả xét nghiệm")
    await story.wait_until("2026-08-20T13:00")
    await deed(story, code, target.id, fact_clock.resume)
    row = await row_of(story, code, target.id)
    # Of the three hours an hour and a half was office time: 10:00 to 11:30.
    assert (row.state, row.due_at - target.due_at) == ("running", timedelta(hours=1.5))
    assert [
        action
        for action in await story.actions(code)
        if action in {"clock.paused", "clock.resumed"}
    ] == ["clock.paused", "clock.resumed"]
    with pytest.raises(RuleBroken):
        await deed(story, code, target.id, fact_clock.resume)


async def test_a_due_time_among_unpublished_days_off_is_a_question(story: Any, code: str) -> None:
    await story.at("2026-12-20T10:00")
    days = await record(story, code, "outlet_answers_agency", "2026-12-18T09:00")
    hours = await record(story, code, "data_breach_notice", "2026-12-20T09:00")
    async with story.acting("coordinator", code) as (act, standing):
        rows = {
            row.id: row for row in await deadline.of_incident(act.session, standing.incident.id)
        }
        asked = fact_clock.question_of(standing.force.calendar, rows[days])
        assert asked is not None
        assert "2027" in asked.vi
        assert fact_clock.question_of(standing.force.calendar, rows[hours]) is None
