"""Wishes whose run died: another run is asked for soon, unless the first only waits its turn."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from crisis.model.errors import OutsideFailure
from crisis.records import incident, turn
from crisis.records.schema.engine import WakeUp
from desk.dispatch import Dispatcher
from desk.forgotten import wake_forgotten
from desk.runs import Runs


async def begun(office: Any, ago: timedelta) -> None:
    """A run was begun for every wake-up, so long ago."""
    async with office.records.act() as act:
        for wake_up, _ in await turn.waiting(act.session):
            await turn.dispatched(act, wake_up.id, "11111111-1111-4111-8111-111111111111")
        await act.session.execute(update(WakeUp).values(dispatched_at=act.real - ago))


@pytest.fixture
def runs(paper: Any) -> Runs:
    return Runs(api_url=paper.url)


@pytest.mark.parametrize("state", ["PENDING", "RUNNING", "CRASHED", "FAILED", "CANCELLED"])
async def test_a_run_that_died_on_its_way_is_followed_by_another(
    desk: Any, runs: Runs, paper: Any, state: str
) -> None:
    await desk.report()
    paper.state = state
    await begun(desk.office, timedelta(seconds=21))
    assert await wake_forgotten(desk.office, runs) == 1


async def test_a_run_that_waits_in_the_queue_is_not_dead(desk: Any, runs: Runs, paper: Any) -> None:
    await desk.report()
    paper.state = "SCHEDULED"
    await begun(desk.office, timedelta(hours=3))
    assert await wake_forgotten(desk.office, runs) == 0


async def test_a_run_that_was_just_begun_is_left_alone(desk: Any, runs: Runs, paper: Any) -> None:
    await desk.report()
    paper.state = "PENDING"
    await begun(desk.office, timedelta(seconds=5))
    assert await wake_forgotten(desk.office, runs) == 0


async def test_a_run_that_holds_the_turn_is_left_alone(desk: Any, runs: Runs, paper: Any) -> None:
    code = await desk.report()
    paper.state = "RUNNING"
    await begun(desk.office, timedelta(minutes=5))
    async with desk.office.records.act() as act:
        assert await turn.take(act, (await incident.by_code(act.session, code)).id, "run")
    assert await wake_forgotten(desk.office, runs) == 0


async def test_while_the_engine_is_away_nothing_is_called_dead(
    desk: Any, runs: Runs, paper: Any
) -> None:
    await desk.report()
    await begun(desk.office, timedelta(minutes=5))
    paper.broken = 500
    with pytest.raises(OutsideFailure):
        await wake_forgotten(desk.office, runs)
    paper.broken = 0
    assert await wake_forgotten(desk.office, runs) == 1


async def test_the_dispatcher_looks_by_itself_and_starts_the_next_run(
    desk: Any, runs: Runs, paper: Any
) -> None:
    await desk.report()
    paper.state = "PENDING"
    await begun(desk.office, timedelta(seconds=30))
    dispatcher = Dispatcher(office=desk.office, runs=runs, look_round=timedelta(0))
    await dispatcher.look()
    await dispatcher.look()
    ((_, body),) = [one for one in paper.started if one[0] == "respond"]
    assert body["parameters"]["because"] == turn.FORGOTTEN


async def test_a_run_that_always_fails_is_tried_at_longer_and_longer_intervals(
    desk: Any, runs: Runs
) -> None:
    await desk.report()
    paces = []
    for _ in range(11):
        seconds = 20
        await begun(desk.office, timedelta(seconds=seconds + 1))
        while await wake_forgotten(desk.office, runs) == 0:
            seconds *= 2
            await begun(desk.office, timedelta(seconds=seconds + 1))
        paces.append(seconds)
    assert paces == [20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 5120, 5120]


async def test_what_a_person_wishes_is_not_slowed_by_earlier_failures(
    desk: Any, runs: Runs
) -> None:
    code = await desk.report()
    for seconds in (21, 41):
        await begun(desk.office, timedelta(seconds=seconds))
        assert await wake_forgotten(desk.office, runs) == 1
    async with desk.office.records.act() as act:
        await turn.wake(act, await incident.by_code(act.session, code), because="judged anew")
    await begun(desk.office, timedelta(seconds=21))
    assert await wake_forgotten(desk.office, runs) == 1
