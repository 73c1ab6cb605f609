"""A task is given once its agency has it: a refused letter waits for a person, not for silence."""

from typing import Any

import pytest

from crisis.model.wait import Wait
from crisis.office.agency import reaching
from crisis.office.attention import everything as attention_list
from crisis.office.attention.waiting import Sort
from crisis.records import deadline
from crisis.records.handover import Way
from crisis.records.task_link import Recipient
from desk.parts.mail_sink import Fault, FaultMode

PROJECTS = "daumoi@bqlda.example"


async def refused(story: Any) -> str:
    """An incident whose letters to the lead agency are refused for good; its code."""
    fault = Fault(mode=FaultMode.REFUSE_RECIPIENT, code=550, times=1)
    story.house.sink.misbehave(fault)
    code = await story.report(severity="S2")
    await story.play(code)
    story.house.sink.misbehave(Fault())
    return code


async def clock(story: Any, code: str) -> str:
    """How the clock of the assignment stands."""
    async with story.acting("coordinator", code) as (act, standing):
        rows = await deadline.of_incident(act.session, standing.incident.id)
        return next(row.state for row in rows if row.rule == "playbook.assign")


async def wishes(story: Any) -> list[Sort]:
    async with story.office.records.act() as act:
        return [wish.sort for wish in await attention_list.for_coordinator(story.office, act)]


async def statuses(story: Any, code: str) -> dict[str | None, str]:
    return {row.contact_email: row.status for row in (await story.standing(code)).assignments}


async def test_letters_that_were_taken_meet_the_clock(story: Any) -> None:
    code = await story.report(severity="S2")
    await story.play(code)
    assert await clock(story, code) == "met"
    assert Sort.REACH_AGENCY not in await wishes(story)


async def test_a_refused_letter_leaves_the_task_ungiven_and_asks_the_coordinator(
    story: Any,
) -> None:
    code = await refused(story)
    assert (await statuses(story, code))[PROJECTS] == "unreachable"
    assert await clock(story, code) == "running"
    assert Sort.REACH_AGENCY in await wishes(story)
    assert "assignment.not_reached" in await story.actions(code)


async def test_a_corrected_address_gets_the_task_and_meets_the_clock(story: Any) -> None:
    code = await refused(story)
    to = Recipient(name="Lê Thị Mẫu", title="Văn thư", email="vanthu@bqlda.example")
    async with story.acting("coordinator", code) as (act, standing):
        row = next(r for r in standing.assignments if r.contact_email == PROJECTS)
        await reaching.send_again(story.office, act, standing, row, to)
    assert (await story.play(code)).outlook.wait is Wait.VERIFICATION
    assert await clock(story, code) == "met"
    await story.acknowledge("vanthu@bqlda.example")
    assert (await statuses(story, code))["vanthu@bqlda.example"] == "acknowledged"


@pytest.mark.parametrize("way", list(Way))
async def test_a_task_handed_over_by_a_person_is_given(story: Any, way: Way) -> None:
    code = await refused(story)
    async with story.acting("coordinator", code) as (act, standing):
        row = next(r for r in standing.assignments if r.contact_email == PROJECTS)
        await reaching.hand_over(act, standing, row, way, "Ông Ví Dụ, 9 giờ")
    assert await clock(story, code) == "met"
    assert Sort.REACH_AGENCY not in await wishes(story)
    entry = (await story.entries(code))[-1 - 2 :]
    assert all("Ví Dụ" not in str(one) for one in entry)
