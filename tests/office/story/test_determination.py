"""The starts of the 24-hour clock are recorded acts; none can be gained by waiting."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from crisis.model.determination import Determined
from crisis.model.errors import RuleBroken
from crisis.model.severity import Floor, Severity
from crisis.office.agency import steering
from crisis.office.attention import everything as attention_list
from crisis.office.attention.waiting import Sort
from crisis.office.incident import determining, triage
from crisis.records import deadline
from crisis.records.amendment import Amendment

MAJOR, DIVIDED = Floor.MAJOR_EVENT, Floor.DIVIDED_OPINION
RULES = {
    MAJOR: "initial_statement_major_event",
    DIVIDED: "initial_statement_divided_opinion",
}


def at(told: str) -> datetime:
    return datetime.fromisoformat(f"{told}+07:00")


@pytest.fixture
async def code(story: Any) -> str:
    """An incident of S3, received at 8 o'clock on 16 November 2026; triage is due at 9."""
    await story.at("2026-11-16T08:30")
    return str(
        await story.report(
            severity="S3", published_at="2026-11-16T06:00", received_at="2026-11-16T08:00"
        )
    )


async def determine(
    story: Any, code: str, question: Floor, made_at: str, *, answer: bool = True, reason: str = ""
) -> None:
    async with story.acting("coordinator", code) as (act, standing):
        said = Determined(question=question, answer=answer, made_at=at(made_at), reason=reason)
        await determining.determine(story.office, act, standing, said)


async def clock(story: Any, code: str, rule: str) -> Any:
    async with story.acting("coordinator", code) as (act, standing):
        rows = await deadline.of_incident(act.session, standing.incident.id)
        return next((row for row in rows if row.rule == rule), None)


async def test_s3_is_asked_for_both_answers_within_the_triage_target(story: Any, code: str) -> None:
    asked = await clock(story, code, determining.ANSWER_BOTH)
    assert (asked.due_at, asked.state) == (at("2026-11-16T09:00"), "running")
    async with story.acting("coordinator", code) as (act, _):
        wishes = await attention_list.for_coordinator(story.office, act)
    assert Sort.DETERMINE in [wish.sort for wish in wishes]
    await determine(story, code, MAJOR, "2026-11-16T08:20", answer=False)
    assert (await clock(story, code, determining.ANSWER_BOTH)).state == "running"
    await determine(story, code, DIVIDED, "2026-11-16T08:20")
    assert (await clock(story, code, determining.ANSWER_BOTH)).state == "met"
    async with story.acting("coordinator", code) as (act, _):
        wishes = await attention_list.for_coordinator(story.office, act)
    assert Sort.DETERMINE not in [wish.sort for wish in wishes]


async def test_nobody_answering_is_missed_on_the_record(story: Any, code: str) -> None:
    await story.wait_until("2026-11-16T09:30")
    assert (await clock(story, code, determining.ANSWER_BOTH)).state == "missed"


@pytest.mark.parametrize("question", [MAJOR, DIVIDED])
async def test_a_yes_starts_its_clock_at_the_time_recorded_by_a_named_person(
    story: Any, code: str, question: Floor
) -> None:
    await determine(story, code, question, "2026-11-16T08:20")
    started = await clock(story, code, RULES[question])
    assert (started.starts_at, started.due_at) == (at("2026-11-16T08:20"), at("2026-11-17T08:20"))
    assert started.recorded_by == story.actor("coordinator").id
    facts = [e["data"] for e in await story.entries(code) if e["action"] == "determination.made"]
    assert [(f["determination"], f["answer"], f["late"]) for f in facts] == [
        (question.value, True, False)
    ]


async def test_a_later_start_needs_a_reason_and_is_marked_late(story: Any, code: str) -> None:
    await story.at("2026-11-16T14:00")
    with pytest.raises(RuleBroken):
        await determine(story, code, MAJOR, "2026-11-16T13:00")
    assert await clock(story, code, RULES[MAJOR]) is None
    await determine(story, code, MAJOR, "2026-11-16T13:00", reason="Sở báo cáo lúc 13 giờ")
    assert (await clock(story, code, RULES[MAJOR])).due_at == at("2026-11-17T13:00")
    facts = [e["data"] for e in await story.entries(code) if e["action"] == "determination.made"]
    assert (facts[-1]["late"], facts[-1]["reasoned"]) == (True, True)


async def test_a_change_of_mind_ends_or_moves_the_clock_and_keeps_every_answer(
    story: Any, code: str
) -> None:
    await determine(story, code, MAJOR, "2026-11-16T08:20")
    await determine(story, code, MAJOR, "2026-11-16T08:10", reason="Ghi nhầm phút")
    assert (await clock(story, code, RULES[MAJOR])).due_at == at("2026-11-17T08:10")
    await determine(story, code, MAJOR, "2026-11-16T08:10", answer=False, reason="Không lớn")
    assert (await clock(story, code, RULES[MAJOR])).state == "cancelled"
    assert MAJOR.value not in (await story.standing(code)).incident.floors
    assert (await story.actions(code)).count("determination.made") == 3


async def test_no_change_of_mind_gives_a_missed_clock_more_time(story: Any, code: str) -> None:
    await determine(story, code, MAJOR, "2026-11-16T08:20")
    await story.at("2026-11-17T09:00")
    await determine(story, code, MAJOR, "2026-11-17T08:50", answer=False, reason="Nhầm")
    await determine(story, code, MAJOR, "2026-11-17T08:55", reason="Có kết luận")
    missed = await clock(story, code, RULES[MAJOR])
    assert (missed.state, missed.starts_at) == ("missed", at("2026-11-16T08:20"))
    await determine(story, code, MAJOR, "2026-11-16T08:10", reason="Sớm hơn")
    assert (await clock(story, code, RULES[MAJOR])).starts_at == at("2026-11-16T08:10")


async def test_a_yes_raises_a_matter_of_s2(story: Any) -> None:
    await story.at("2026-11-16T08:30")
    code = await story.report(
        severity="S2", published_at="2026-11-16T06:00", received_at="2026-11-16T08:00"
    )
    assert await clock(story, code, determining.ANSWER_BOTH) is None
    await determine(story, code, DIVIDED, "2026-11-16T08:20")
    assert (await story.standing(code)).severity is Severity.S3
    assert (await clock(story, code, determining.ANSWER_BOTH)).state == "running"


async def test_what_comes_with_the_report_is_recorded_and_late_ones_ask_for_the_reason(
    story: Any,
) -> None:
    await story.at("2026-11-16T12:00")
    code = await story.report(
        floors=["major_event"], published_at="2026-11-16T06:00", received_at="2026-11-16T08:00"
    )
    assert (await clock(story, code, RULES[MAJOR])).starts_at == at("2026-11-16T12:00")
    async with story.acting("coordinator", code) as (act, standing):
        assert set(await determining.wanted_of(act, standing)) == {MAJOR, DIVIDED}
    await determine(story, code, MAJOR, "2026-11-16T12:00", reason="Tin đến muộn trong ngày")
    async with story.acting("coordinator", code) as (act, standing):
        assert await determining.wanted_of(act, standing) == (DIVIDED,)


async def test_before_july_2026_nobody_is_asked(story: Any) -> None:
    code = await story.report(severity="S4")
    assert await clock(story, code, determining.ANSWER_BOTH) is None


OLD = {"occurred_at": "2024-05-02T08:00", "published_at": "2024-05-02T09:00"}


@pytest.mark.parametrize("severity", ["S2", "S3"])
async def test_what_was_received_under_the_older_law_gains_no_hours_by_the_new(
    story: Any, severity: str
) -> None:
    await story.at("2026-11-16T08:30")
    code = await story.report(severity=severity, received_at="2024-05-02T10:00", **OLD)
    assert await clock(story, code, determining.ANSWER_BOTH) is None
    await determine(story, code, MAJOR, "2026-11-16T08:20", reason="Nhập lại hồ sơ cũ")
    assert await clock(story, code, RULES[MAJOR]) is None
    old = await clock(story, code, "initial_statement_old")
    assert (old.starts_at, old.due_at) == (at("2024-05-02T08:00"), at("2024-05-03T08:00"))


async def test_what_is_received_under_the_new_law_counts_by_it_however_old_the_event(
    story: Any,
) -> None:
    await story.at("2026-11-16T08:30")
    code = await story.report(severity="S3", received_at="2026-11-16T08:00", **OLD)
    await determine(story, code, MAJOR, "2026-11-16T08:20")
    assert (await clock(story, code, RULES[MAJOR])).due_at == at("2026-11-17T08:20")


async def test_the_shadow_is_not_moved_by_amending_the_receipt(story: Any, code: str) -> None:
    async with story.acting("coordinator", code) as (act, standing):
        change = Amendment(
            field="received_at", old="2026-11-16T08:00", new="2026-11-16T08:25", reason="Ghi nhầm"
        )
        await steering.amend_times(act, standing, change, at("2026-11-16T08:25"))
    async with story.acting("coordinator", code) as (act, standing):
        seen = await determining.shadow_of(act, standing)
    assert (seen.starts_at, seen.met_at) == (at("2026-11-16T08:00"), None)
    assert seen.due_at == at("2026-11-17T08:00")
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)
    async with story.acting("coordinator", code) as (act, standing):
        seen = await determining.shadow_of(act, standing)
    assert seen.met_at is not None
    assert not seen.late(act.now + timedelta(days=9))


async def test_a_further_judgement_records_no_answer_twice(story: Any, code: str) -> None:
    await determine(story, code, MAJOR, "2026-11-16T08:20")
    async with story.acting("coordinator", code) as (act, standing):
        floors = frozenset({MAJOR, Floor.PUBLIC_HEALTH})
        await triage.judge(story.office, act, standing.incident, Severity.S4, floors)
    assert (await clock(story, code, RULES[MAJOR])).starts_at == at("2026-11-16T08:20")
    assert (await story.actions(code)).count("determination.made") == 1
