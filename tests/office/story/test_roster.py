"""Whoever is on duty is mailed before a limit ends; every coordinator once it is over."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from crisis.model.action import Action
from crisis.model.errors import BadInput, NotFound, RuleBroken
from crisis.model.press_request import RequestIn
from crisis.model.role import Role
from crisis.office import roster
from crisis.office.post import first_coordinator
from crisis.office.request import answering
from crisis.records import ledger, person, press_request, shift
from crisis.records.act import OFFICE_CHAIN
from crisis.records.person import NewUser
from crisis.records.schema.mail import Mail
from crisis.records.shift import OnDuty


def at(told: str) -> datetime:
    return datetime.fromisoformat(f"{told}+07:00")


@pytest.fixture
async def second(story: Any) -> str:
    """A second coordinator, whose name comes later in the alphabet; their key."""
    new = NewUser(
        email="truc@vanphong.example",
        name="Vũ Văn Trực Mẫu",
        title="Điều phối viên",
        roles=[Role.COORDINATOR],
    )
    async with story.office.records.act() as act:
        return (await person.add_user(act, new)).id


async def put(story: Any, user: str, since: str, until: str) -> str:
    said = OnDuty(user_id=user, starts_at=at(since), ends_at=at(until))
    async with story.office.records.act(story.actor("coordinator")) as act:
        return (await roster.put(act, said)).id


async def ask(story: Any) -> str:
    told_in = RequestIn.model_validate(
        {
            "kind": "forwarded_opinion",
            "outlet": "Pháp Luật TP.HCM",
            "subject": "Nước thải ở chợ",
            "received_at": "2026-08-03T09:00",
        }
    )
    async with story.office.records.act(story.actor("coordinator")) as act:
        return (await answering.receive(story.office, act, told_in, None)).code


async def recipients(story: Any, code: str) -> dict[str, set[str]]:
    """Who got the reminders about a request, by subject."""
    async with story.office.records.look() as session:
        row = await press_request.by_code(session, code)
        found = list(await session.scalars(select(Mail).where(Mail.subject_id == row.id)))
    told: dict[str, set[str]] = {}
    for one in found:
        if one.letter == "request_reminder":
            told.setdefault(one.subject.split("] ")[-1].split(":")[0], set()).add(one.recipient)
    return told


async def test_who_is_on_duty_is_reminded_and_everybody_when_it_is_too_late(
    story: Any, second: str
) -> None:
    await story.at("2026-08-03T10:00")
    code = await ask(story)
    await put(story, second, "2026-08-03T12:00", "2026-08-30T12:00")
    await story.wait_until("2026-08-22T23:00")
    assert await recipients(story, code) == {
        "Sắp đến hạn trả lời báo chí": {"truc@vanphong.example"}
    }
    await story.wait_until("2026-08-24T09:00")
    late = (await recipients(story, code))["Quá hạn trả lời báo chí"]
    assert late == {"truc@vanphong.example", "dieuphoi@vanphong.example"}


async def test_without_anybody_on_duty_every_coordinator_is_reminded(
    story: Any, second: str
) -> None:
    await story.at("2026-08-03T10:00")
    code = await ask(story)
    await put(story, second, "2026-08-03T12:00", "2026-08-10T12:00")
    await story.wait_until("2026-08-22T23:00")
    assert len((await recipients(story, code))["Sắp đến hạn trả lời báo chí"]) == 2


async def test_whoever_is_on_duty_signs_what_belongs_to_no_incident(
    story: Any, second: str
) -> None:
    await story.at("2026-08-03T10:00")
    async with story.office.records.act() as act:
        assert (await first_coordinator(act)).id != second
    gone = await put(story, second, "2026-08-03T09:00", "2026-08-04T09:00")
    async with story.office.records.act(story.actor("coordinator")) as act:
        assert (await first_coordinator(act)).id == second
        await roster.withdraw(act, gone, "Đổi ca")
        assert (await first_coordinator(act)).id != second
        with pytest.raises(RuleBroken):
            await roster.withdraw(act, gone, "Đổi ca")


async def test_an_entry_is_an_act_in_the_ledger_and_is_withdrawn_with_a_reason(
    story: Any, second: str
) -> None:
    await story.at("2026-08-03T10:00")
    gone = await put(story, second, "2026-08-03T12:00", "2026-08-04T12:00")
    async with story.office.records.act(story.actor("coordinator")) as act:
        with pytest.raises(BadInput):
            await roster.withdraw(act, gone, " ")
        await roster.withdraw(act, gone, "Ốm")
        with pytest.raises(NotFound):
            await shift.by_id(act.session, "")
        told = await ledger.entries(act.session, OFFICE_CHAIN)
    done = [one for one in told if one["action"] in {Action.SHIFT_SET, Action.SHIFT_WITHDRAWN}]
    assert [one["data"]["user"] for one in done] == [second, second]
    assert "starts_at" in done[0]["data"]


async def test_only_a_coordinator_is_put_on_duty_and_once_at_a_time(
    story: Any, second: str
) -> None:
    await story.at("2026-08-03T10:00")
    await put(story, second, "2026-08-03T12:00", "2026-08-04T12:00")
    with pytest.raises(BadInput, match="on duty in that time"):
        await put(story, second, "2026-08-04T08:00", "2026-08-05T12:00")
    await put(story, second, "2026-08-04T12:00", "2026-08-05T12:00")
    with pytest.raises(BadInput, match="choose a coordinator"):
        await put(story, story.actor("leader").id, "2026-08-03T12:00", "2026-08-04T12:00")
