"""What is due at an instant: one run for it, again if that died, and never a long queue."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from crisis.model.errors import OutsideFailure
from crisis.records import incident, timer
from crisis.records.schema.deadline import Timer
from desk import timers
from desk.dispatch import Dispatcher
from tests.office.story.moment import next_due


async def claims_run_out(office: Any) -> None:
    async with office.records.act() as act:
        await act.session.execute(
            update(Timer).values(claimed_until=act.real - timedelta.resolution)
        )


async def due_timer(office: Any, code: str, *subjects: str, flow: str = "remind") -> None:
    async with office.records.act() as act:
        row = await incident.by_code(act.session, code)
        await timer.clear_incident(act, row.id)
        at = act.now - timedelta(minutes=1)
        for subject in subjects or (row.id,):
            await timer.set_timer(act, row.id, flow=flow, subject=subject, at=at)


async def test_a_due_timer_starts_its_flow_once_for_its_instant(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    code = await desk.report()
    await due_timer(desk.office, code)
    await dispatcher.round()
    await dispatcher.round()
    assert len(paper.keys("remind")) == 1
    (body,) = [body for flow, body in paper.started if flow == "remind"]
    assert body["parameters"]["code"] == code


async def test_what_is_due_at_once_of_one_incident_is_one_run(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    first, second = await desk.report(), await desk.report(title="Một bài khác")
    one, two, three = (f"00000000-0000-4000-8000-{n:012}" for n in range(3))
    wanted = {first: [one, two], second: [three]}
    for code, subjects in wanted.items():
        await due_timer(desk.office, code, *subjects)
    await dispatcher.round()
    told = [body["parameters"] for flow, body in paper.started if flow == "remind"]
    assert {run["code"]: sorted(run["subjects"]) for run in told} == wanted
    assert len(set(paper.keys("remind"))) == len(told) == 2


async def test_a_timer_whose_run_could_not_start_is_given_back(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    code = await desk.report()
    await dispatcher.round()
    await due_timer(desk.office, code)
    paper.broken = 500
    with pytest.raises(OutsideFailure):
        await dispatcher.round()
    paper.broken = 0
    await dispatcher.round()
    assert len(paper.keys("remind")) == 1


async def test_the_time_to_look_again_is_a_wish_like_any_other(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    code = await desk.report()
    await dispatcher.round()
    await due_timer(desk.office, code, flow="respond")
    await dispatcher.round()
    await dispatcher.round()
    assert [b["parameters"]["because"] for _, b in paper.started][1:] == ["time to look again"]
    async with desk.office.records.look() as session:
        assert await next_due(session) is None


async def test_a_reminder_whose_run_died_is_started_anew(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    code = await desk.report()
    await due_timer(desk.office, code)
    await dispatcher.round()
    await claims_run_out(desk.office)
    await dispatcher.round()
    first, second = paper.keys("remind")
    assert first != second


async def test_a_run_that_waits_in_the_queue_gets_none_beside_it(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    code = await desk.report()
    await due_timer(desk.office, code)
    await dispatcher.round()
    paper.state = "SCHEDULED"
    await claims_run_out(desk.office)
    await dispatcher.round()
    assert len(paper.keys("remind")) == 1
    paper.state = "CRASHED"
    await dispatcher.round()
    assert len(paper.keys("remind")) == 2


async def test_a_full_queue_takes_no_more_but_incidents_are_looked_at(
    desk: Any, dispatcher: Dispatcher, paper: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timers, "QUEUE", 1)
    paper.state = "SCHEDULED"
    codes = [await desk.report(), await desk.report(title="Một bài khác")]
    for code in codes:
        await due_timer(desk.office, code)
    third = await desk.report(title="Bài thứ ba")
    await due_timer(desk.office, third, flow="respond")
    for _ in range(3):
        await dispatcher.round()
    assert len(paper.keys("remind")) == 1
    assert third in [
        body["parameters"]["code"] for flow, body in paper.started if flow == "respond"
    ]
    paper.state = "COMPLETED"
    await dispatcher.round()
    told = [body["parameters"]["code"] for flow, body in paper.started if flow == "remind"]
    assert sorted(told) == sorted(codes)
