"""Not responding is a decision with reason, owner, re-check and a threshold that reopens it."""

from datetime import datetime
from typing import Any

import pytest

from crisis.model.errors import RuleBroken
from crisis.model.press_request import RequestIn
from crisis.office.incident import triage
from crisis.office.incident.triage import NoResponse
from crisis.office.request import answering
from crisis.records import incident

RECHECK = datetime.fromisoformat("2025-10-22T08:00+07:00")


async def decide(story: Any, code: str, **given: Any) -> None:
    told = {"reason": "Ít lan truyền", "recheck_at": RECHECK, "reopen_at_outlets": 2}
    async with story.acting("coordinator", code) as (act, standing):
        await triage.decide_no_response(act, standing, NoResponse(**(told | given)))


@pytest.fixture
async def code(story: Any) -> str:
    """A monitored incident of S1, reported by one outlet."""
    opened = str(await story.report(severity="S1"))
    await decide(story, opened)
    return opened


async def outcome(story: Any, code: str) -> Any:
    return (await story.standing(code)).incident.outcome


async def test_the_decision_names_its_reason_owner_recheck_and_threshold(
    story: Any, code: str
) -> None:
    told = await outcome(story, code)
    assert told["no_response"] == "Ít lan truyền"
    assert told["owner"] == story.actor("coordinator").id
    (entry,) = [e for e in await story.entries(code) if e["action"] == "no_response.decided"]
    assert (entry["data"]["outlets"], entry["data"]["reopen_at_outlets"]) == (1, 2)
    assert "Ít lan truyền" not in str(entry)


async def test_another_person_may_answer_for_it(story: Any) -> None:
    opened = await story.report(severity="S1")
    owner = story.actor("approver").id
    await decide(story, opened, owner=owner)
    assert (await outcome(story, opened))["owner"] == owner


async def test_it_needs_a_reason(story: Any) -> None:
    opened = await story.report(severity="S1")
    with pytest.raises(RuleBroken):
        await decide(story, opened, reason=" ")
    assert await story.stage(opened) != "monitoring"


@pytest.mark.parametrize("severity", ["S2", "S3"])
async def test_above_the_playbooks_severity_it_is_refused_in_a_sentence(
    story: Any, severity: str
) -> None:
    graver = str(await story.report(severity=severity))
    with pytest.raises(RuleBroken, match=f"is {severity}.*only up to S1") as refused:
        await decide(story, graver)
    assert refused.value.rule == "INV12"
    assert await story.stage(graver) != "monitoring"


async def test_what_the_press_asks_is_not_left_without_an_answer(story: Any) -> None:
    asked = str(await story.report(severity="S1", kind="press_request"))
    with pytest.raises(RuleBroken) as refused:
        await decide(story, asked)
    assert refused.value.rule == "INV12"
    assert "đề nghị trả lời" in refused.value.sentence.vi


async def test_so_many_further_outlets_reopen_it_by_themselves(story: Any, code: str) -> None:
    again = {"into": code, "confirmed": False}
    await story.report(**again, outlet="PHÁP LUẬT  TP.HCM", link="https://bao.example/1")
    await story.report(**again, outlet="Báo Ví Dụ", link="https://bao.example/2")
    assert await story.stage(code) == "monitoring"
    await story.report(**again, outlet="Báo Thứ Ba", link="https://bao.example/3")
    assert await story.stage(code) == "verifying"
    told = await outcome(story, code)
    assert told["reopened"]["en"] == "2 further outlets reported"
    assert told["before"]["no_response"] == "Ít lan truyền"
    assert "incident.moved" in await story.actions(code)


async def test_a_newspaper_that_asks_reopens_it_at_once(story: Any, code: str) -> None:
    await story.report(into=code, confirmed=False, asks_for_answer=True)
    assert await story.stage(code) == "verifying"
    assert (await outcome(story, code))["reopened"]["en"] == "A newspaper has asked"


async def test_a_request_that_is_joined_reopens_it_too(story: Any, code: str) -> None:
    asked = RequestIn.model_validate(
        {
            "kind": "question",
            "outlet": "Báo Ví Dụ",
            "subject": "Sân trường",
            "received_at": "2025-10-20T08:00",
        }
    )
    async with story.office.records.act(story.actor("coordinator")) as act:
        row = await answering.receive(story.office, act, asked)
        await answering.join(story.office, act, row, await incident.by_code(act.session, code))
    assert await story.stage(code) == "verifying"


async def test_it_can_be_decided_again_when_the_time_has_come(story: Any, code: str) -> None:
    await story.wait_until("2025-10-22T09:00")
    later = datetime.fromisoformat("2025-10-29T08:00+07:00")
    await decide(story, code, reason="Vẫn ít lan truyền", recheck_at=later)
    assert await story.stage(code) == "monitoring"
    assert (await outcome(story, code))["no_response"] == "Vẫn ít lan truyền"
    await story.wait_until("2025-10-30T08:00")
    because = [e["data"].get("because") for e in await story.entries(code)]
    assert because.count("time to look again") == 2
