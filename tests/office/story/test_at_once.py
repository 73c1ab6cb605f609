"""People who act in the same moment, each on a connection of their own, on both engines."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Any

import pytest
from sqlalchemy import text

from crisis.model.approval import Authority, Basis, Right
from crisis.model.errors import PhatngonError, Stale
from crisis.model.outlook import Wait
from crisis.office.agency import steering, verification
from crisis.office.statement import editing
from crisis.office.statement.editing import Edit
from crisis.records import authority, person, wording
from desk.agency.link import acting
from desk.case.frame import standing_of
from desk.door.app_state import reading
from tasks import dispatch, step, turn, watch

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"


async def both(*acts: Awaitable[Any]) -> Sequence[Any]:
    """What each act came to, or the error that refused it."""
    done = await asyncio.gather(*acts, return_exceptions=True)
    for one in done:
        if isinstance(one, BaseException) and not isinstance(one, PhatngonError):
            raise one
    return done


async def pending(story: Any, **given: Any) -> str:
    code = await story.report(**({"severity": "S2"} | given))
    await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "accurate")
    await story.play(code)
    return code


async def test_of_two_approvers_at_once_one_decides_and_the_other_is_told(story: Any) -> None:
    code = await pending(story)
    page = await story.page(code)
    done = await both(
        story.decide_about("approver", code, page),
        story.decide_about("leader", code, page, "Xin sửa"),
    )
    assert [isinstance(one, Stale) for one in done].count(True) == 1
    actions = await story.actions(code)
    assert actions.count("approval.given") + actions.count("statement.returned") == 1


async def test_two_approvers_of_the_first_of_two_steps_do_not_both_decide(story: Any) -> None:
    code = await pending(story, severity="S3")
    async with story.office.records.act(story.actor("coordinator")) as act:
        leader = await person.by_id(act.session, story.house.people["spokesperson"].user)
        leader.roles = ["spokesperson", "approver"]
        new = Authority(
            person=leader.id,
            right=Right.APPROVE,
            basis=Basis.ASSIGNED,
            document="Quyết định 03/2025",
            valid_from=act.now,
        )
        await authority.record(act, new)
    await edited_and_submitted(story, code)
    page = await story.page(code)
    done = await both(
        story.decide_about("approver", code, page),
        story.decide_about("spokesperson", code, page),
    )
    assert [isinstance(one, Stale) for one in done].count(True) == 1
    assert (await story.actions(code)).count("approval.given") == 1


async def edited_and_submitted(story: Any, code: str) -> None:
    async with story.acting("coordinator", code) as (act, standing):
        row = standing.statements[-1]
        words = (await wording.version_of(act.session, row.id, 1))[1]
        await editing.edit(act, standing, row, Edit(seen=1, variants=words))
        await editing.submit(act, standing, row)
    await story.play(code)


async def test_a_double_click_approves_once(story: Any) -> None:
    code = await pending(story)
    page = await story.page(code)
    clicks = (story.decide_about("approver", code, page) for _ in range(2))
    done = await both(*clicks)
    assert [one is None for one in done].count(True) == 1
    assert (await story.actions(code)).count("approval.given") == 1


async def test_of_two_who_edit_the_same_version_one_is_told_and_nothing_is_lost(
    story: Any,
) -> None:
    code = await pending(story)

    async def edit(who: str) -> None:
        async with story.acting(who, code) as (act, standing):
            row = standing.statements[-1]
            words = (await wording.version_of(act.session, row.id, 1))[1]
            await editing.edit(act, standing, row, Edit(seen=1, variants=words))

    done = await both(edit("coordinator"), edit("spokesperson"))
    assert [isinstance(one, Stale) for one in done].count(True) == 1
    assert (await story.standing(code)).statements[-1].current == 2


async def test_agencies_that_answer_at_once_are_both_heard(story: Any) -> None:
    code = await story.report(severity="S2")
    await story.play(code)
    done = await both(
        story.answer(PROJECTS, "accurate", "accurate"),
        story.answer(SCHOOLS, "accurate", "accurate"),
    )
    assert list(done) == [1, 1]
    assert [row.verdict for row in (await story.standing(code)).claims] == ["accurate"] * 2
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL


async def test_an_answer_that_meets_a_run_is_seen_by_it_or_by_the_next(story: Any) -> None:
    code = await story.report(severity="S3")
    await story.play(code)
    await both(
        story.answer(PROJECTS, "accurate", "accurate"),
        story.play(code),
        story.answer(SCHOOLS, "accurate", "accurate"),
        story.decide("approver", code),
    )
    assert (await story.play(code)).outlook.wait in {Wait.APPROVAL, Wait.CLOSING}
    assert "acknowledge_and_remedy" in dict(await story.lifecycles(code))


async def test_many_incidents_at_once_do_not_block_each_other(story: Any) -> None:
    codes = [await story.report(severity="S2", title=f"Tin số {n}") for n in range(4)]
    plays = await both(*(story.play(code, holder=code) for code in codes))
    assert {one.outlook.wait for one in plays} == {Wait.VERIFICATION}


async def test_outboxes_that_are_sent_at_once_send_each_mail_once(story: Any) -> None:
    code = await story.report(severity="S2")
    holding = await turn.take(code, "run")
    assert holding is not None
    await step.assign_agencies.fn(holding)
    await both(*(dispatch.send_mail.fn() for _ in range(4)))
    assert [len(story.house.folder.names(to)) for to in (PROJECTS, SCHOOLS)] == [1, 1]


async def somebody_waits(story: Any) -> None:
    """Until a connection waits for a lock of another."""
    ask = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(60):
        while True:
            async with story.office.records.look() as session:
                if await session.scalar(ask):
                    return
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_an_agency_and_the_coordinator_at_one_task_wait_for_each_other_in_one_order(
    story: Any,
) -> None:
    code = await story.report(severity="S2")
    await story.play(code)

    async def recalls() -> None:
        async with story.acting("coordinator", code) as (act, standing):
            row = next(a for a in standing.assignments if a.contact_email == PROJECTS)
            await steering.recall(story.office, act, standing, row, "Giao nhầm cơ quan")

    async with acting(story.office, story.token(PROJECTS)) as (act, held):
        recalled = asyncio.create_task(recalls())
        await somebody_waits(story)
        assert await verification.acknowledge(story.office, act, held)
    await recalled
    actions = await story.actions(code)
    assert actions.index("assignment.acknowledged") < actions.index("assignment.recalled")


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_nobody_is_told_of_silence_that_was_broken_meanwhile(story: Any) -> None:
    code = await story.report(severity="S2")
    await story.play(code)
    (row, _) = sorted(
        (await story.standing(code)).assignments, key=lambda a: a.contact_email != PROJECTS
    )
    await story.at(row.ack_due_at)
    async with acting(story.office, story.token(PROJECTS)) as (act, held):
        escalated = asyncio.create_task(watch.escalate.fn(code, row.id))
        await somebody_waits(story)
        assert await verification.acknowledge(story.office, act, held)
    assert await escalated == "nothing due"
    assert "escalation.step_taken" not in await story.actions(code)


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_whoever_only_reads_waits_for_nobody(story: Any) -> None:
    code = await story.report(severity="S2")
    async with (
        story.acting("coordinator", code),
        asyncio.timeout(60),
        reading(story.office) as act,
    ):
        assert (await standing_of(story.office, act, code)).incident.code == code
