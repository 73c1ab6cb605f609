"""Turns: of several runs one acts, no wish is lost, and a run that fell silent cannot act late."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from crisis.model.errors import Stale
from crisis.model.incident import Stage
from crisis.records import incident, turn
from crisis.records.schema.engine import Turn
from tasks import step
from tasks import turn as turns


async def test_of_two_runs_at_once_one_gets_the_turn(story: Any) -> None:
    code = await story.report()
    taken = await asyncio.gather(turns.take(code, "a"), turns.take(code, "b"))
    assert [one is None for one in taken].count(True) == 1


async def test_many_runs_at_once_assign_each_claim_once(story: Any) -> None:
    code = await story.report()

    async def run(name: str) -> None:
        if await turns.take(code, name) is not None:
            await step.assign_agencies.fn(turns.Holding(code=code, holder=name))

    await asyncio.gather(*(run(f"run-{n}") for n in range(5)))
    assert sorted(a.agency for a in (await story.standing(code)).assignments) == [
        "qt-bqlda",
        "qt-sgddt",
    ]


async def test_a_wish_that_comes_during_a_run_is_seen_by_it(story: Any) -> None:
    code = await story.report()
    holding = await turns.take(code, "run")
    assert holding is not None
    seen = await turns.wishes(holding)
    async with story.acting("coordinator", code) as (act, standing):
        await turn.wake(act, standing.incident, because="meanwhile")
    assert not await turns.give_back(holding, seen)
    assert await turns.give_back(holding, await turns.wishes(holding))


async def silent(story: Any, code: str) -> None:
    """The holder of the turn has not been heard of for longer than its lease."""
    async with story.office.records.act() as act:
        row = await act.session.get_one(Turn, (await incident.by_code(act.session, code)).id)
        row.until = act.real - timedelta(seconds=1)


async def test_a_silent_run_is_taken_over_and_its_late_act_is_rolled_back(story: Any) -> None:
    code = await story.report()
    late = await turns.take(code, "late")
    assert late is not None
    await silent(story, code)
    assert await turns.take(code, "next") is not None
    before = await story.actions(code)
    with pytest.raises(Stale):
        await step.assign_agencies.fn(late)
    assert (await story.standing(code)).assignments == ()
    assert await story.actions(code) == before


async def test_an_act_that_lost_its_turn_midway_is_not_written(story: Any) -> None:
    code = await story.report()
    late = await turns.take(code, "late")
    await silent(story, code)
    await turns.take(code, "next")
    with pytest.raises(Stale):
        async with turns.acting(late) as (act, standing):
            await incident.move(act, standing.incident, Stage.VERIFYING)
    assert await story.stage(code) == "open"


async def test_a_run_that_fails_leaves_its_wish_to_the_next(story: Any) -> None:
    code = await story.report()
    holding = await turns.take(code, "run")
    await turns.let_go(holding)
    async with story.office.records.act() as act:
        for wake_up, _ in await turn.waiting(act.session):
            await turn.dispatched(act, wake_up.id, "11111111-1111-4111-8111-111111111111")
    async with story.office.records.act() as act:
        now = act.real
        recently = await turn.unanswered(act.session, now, older_than=timedelta(minutes=2))
        (forgotten,) = await turn.unanswered(act.session, now, older_than=timedelta(seconds=-1))
    assert recently == []
    assert (forgotten.code, forgotten.run_id) == (code, "11111111-1111-4111-8111-111111111111")


async def test_what_was_seen_is_not_forgotten(story: Any) -> None:
    code = await story.report()
    await story.play(code)
    async with story.office.records.act() as act:
        for wake_up, _ in await turn.waiting(act.session):
            await turn.dispatched(act, wake_up.id, "11111111-1111-4111-8111-111111111111")
        ago = timedelta(seconds=-1)
        assert await turn.unanswered(act.session, act.real, older_than=ago) == []


async def test_a_run_that_died_at_work_is_followed_by_another_though_all_was_seen(
    story: Any,
) -> None:
    code = await story.report()
    await story.play(code)
    assert await turns.take(code, "dead") is not None
    assert await forgotten_after(story, 0) == []
    await silent(story, code)
    assert await forgotten_after(story, 0) == [code]


async def wake_in_vain(story: Any, code: str, times: int) -> None:
    """The incident is woken as forgotten so often, and every run dies before it looks."""
    for _ in range(times):
        async with story.acting("coordinator", code) as (act, standing):
            await turn.wake(act, standing.incident, because=turn.FORGOTTEN)
    async with story.office.records.act() as act:
        for wake_up, _ in await turn.waiting(act.session):
            await turn.dispatched(act, wake_up.id, "11111111-1111-4111-8111-111111111111")


async def forgotten_after(story: Any, seconds: int) -> list[str]:
    """What is called forgotten so many seconds from now, where 20 are given to a first run."""
    async with story.office.records.act() as act:
        later = act.real + timedelta(seconds=seconds)
        found = await turn.unanswered(act.session, later, older_than=timedelta(seconds=20))
    return [one.code for one in found]


async def test_every_run_that_died_doubles_the_wait_until_one_has_ended(story: Any) -> None:
    code = await story.report()
    await wake_in_vain(story, code, 3)
    assert await forgotten_after(story, 150) == []
    assert await forgotten_after(story, 170) == [code]
    await story.play(code)
    await wake_in_vain(story, code, 1)
    assert await forgotten_after(story, 30) == []
    assert await forgotten_after(story, 50) == [code]


async def test_people_and_runs_that_act_at_once_never_block_each_other_for_good(story: Any) -> None:
    code = await story.report()
    await story.play(code)
    holding = await turns.take(code, "run")

    async def wish(number: int) -> None:
        async with story.acting("coordinator", code) as (act, standing):
            await turn.wake(act, standing.incident, because=f"wish {number}")

    async def look() -> None:
        async with turns.acting(holding) as (act, standing):
            await turn.wake(act, standing.incident, because="run")

    await asyncio.gather(*(wish(n) for n in range(6)), *(look() for _ in range(6)))
    assert (await story.actions(code)).count("wake.created") == 13
