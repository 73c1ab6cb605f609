"""The gates before the public: asked again at publication, and what they hold back is shown."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from crisis.model.approval import Authority, Basis, Right
from crisis.model.wait import Wait
from crisis.office import safeguard
from crisis.office.safeguard import Agreement
from crisis.records import authority, turn
from crisis.records.schema.publication import OutletRow, PressContact

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"


async def approved(story: Any, **given: Any) -> str:
    """An incident whose statement was approved in full and is not published yet."""
    code = await story.report(**({"severity": "S2"} | given))
    await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "accurate")
    await story.play(code)
    standing = await story.standing(code)
    for who in ("approver", "leader")[: 1 if standing.incident.severity == "S2" else 2]:
        await story.decide(who, code)
        if who == "approver" and standing.incident.severity != "S2":
            await story.play(code)
    return code


async def ended(story: Any, who: str, right: Right) -> None:
    """The written authority of `who` ends now."""
    async with story.office.records.act(story.actor("coordinator")) as act:
        for row in await authority.all_recorded(act.session):
            if (row.user_id, row.right) == (story.house.people[who].user, right.value):
                await authority.revoke(act, row.id)


async def blocks(story: Any, code: str) -> list[tuple[str, str]]:
    """The steps that were set aside, with the rule that forbade them."""
    told = [e["data"] for e in await story.entries(code) if e["action"] == "statement.blocked"]
    return [(one["step"], one["rule"]) for one in told]


async def cleared(story: Any, code: str) -> None:
    """A person asks for another look."""
    async with story.acting("coordinator", code) as (act, standing):
        await turn.wake(act, standing.incident, because="cleared")


async def test_a_text_that_names_who_may_not_speak_any_more_is_held_back(story: Any) -> None:
    code = await approved(story)
    await ended(story, "spokesperson", Right.SPEAK)
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    assert await blocks(story, code) == [("publish", "INV3")]
    assert await story.lifecycles(code) == [("acknowledge_and_remedy", "approved")]


async def test_a_person_clears_the_block_and_the_run_goes_on(story: Any) -> None:
    code = await approved(story)
    await ended(story, "spokesperson", Right.SPEAK)
    await story.play(code)
    async with story.office.records.act(story.actor("coordinator")) as act:
        new = Authority(
            person=story.house.people["spokesperson"].user,
            right=Right.SPEAK,
            basis=Basis.ASSIGNED,
            document="Quyết định 02/2025",
            valid_from=datetime.fromisoformat("2025-10-20T00:00+07:00"),
        )
        await authority.record(act, new)
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    await cleared(story, code)
    assert (await story.play(code)).outlook.wait is Wait.CLOSING
    assert await blocks(story, code) == [("publish", "INV3")]


async def test_several_provinces_without_an_agreed_text_are_held_back(story: Any) -> None:
    code = await approved(story, floors=["several_provinces"])
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    assert ("publish", "INV6") in await blocks(story, code)
    async with story.acting("coordinator", code) as (act, standing):
        told = Agreement(who="UBND thành phố Huế", document="12/UBND", dated=date(2025, 10, 20))
        await safeguard.record_agreement(act, standing, told)
    assert (await story.play(code)).outlook.wait is Wait.CLOSING


async def test_an_outlet_that_is_no_longer_announced_is_not_used(story: Any) -> None:
    code = await approved(story)
    async with story.office.records.act() as act:
        unannounced = update(OutletRow).where(OutletRow.id == "site").values(announced=False)
        await act.session.execute(unannounced)
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    assert await blocks(story, code) == [("publish", "INV5")]


async def test_an_exercise_never_reaches_a_real_outlet(story: Any) -> None:
    code = await approved(story)
    async with story.office.records.act() as act:
        await act.session.execute(update(OutletRow).values(real=True))
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    assert await blocks(story, code) == [("publish", "exercise")]


async def test_a_draft_that_lacks_a_remedy_waits_for_a_person(story: Any) -> None:
    code = await story.report(severity="S2")
    await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "accurate", remedy=False)
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    assert [step for step, _ in await blocks(story, code)] == ["draft"]
    before = len(await story.entries(code))
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    assert len(await story.entries(code)) == before
    await story.answer(PROJECTS, "accurate", "accurate")
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL


async def test_nobody_left_who_may_approve_is_a_block_and_not_a_silence(story: Any) -> None:
    for who in ("approver", "leader"):
        await ended(story, who, Right.APPROVE)
    code = await story.report(severity="S3")
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    assert await blocks(story, code) == [("ask_approval", "approver")]


async def test_a_note_that_no_newsroom_would_receive_is_held_back(story: Any) -> None:
    code = await story.report(severity="S1", outlet="Báo không có trong danh sách")
    await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "accurate")
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    assert await blocks(story, code) == [("ask_approval", "recipients")]
    async with story.office.records.act() as act:
        act.session.add(PressContact(outlet="Báo không có trong danh sách", email="a@b.example"))
    await cleared(story, code)
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL


async def test_a_mail_to_the_press_abbreviates_a_protected_name(story: Any) -> None:
    child = "Trần Thị Bé Ví Dụ"
    code = await story.report(severity="S1", title=f"{child} bị ngã ở trường", outlet="Báo Ví Dụ")
    async with story.office.records.act() as act:
        act.session.add(PressContact(outlet="Báo Ví Dụ", email="bao@vi-du.example"))
    async with story.acting("coordinator", code) as (act, standing):
        await safeguard.protect_names(act, standing, [child])
    await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "accurate")
    await story.play(code)
    await story.decide("approver", code)
    assert (await story.play(code)).outlook.wait is Wait.CLOSING
    (sent,) = story.house.folder.names("bao@vi-du.example")
    assert child not in story.text(sent)
    assert "T.T.B.V.D." in story.text(sent)
