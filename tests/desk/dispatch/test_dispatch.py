"""The dispatcher against a Prefect server of paper: what it starts, what waits while it is down."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import create_async_engine

from crisis.model.errors import OutsideFailure
from crisis.records import due, heartbeat, incident, ledger, turn
from crisis.records.act import OFFICE_CHAIN
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.engine import WakeUp
from crisis.records.schema.ledger import ChainHead
from desk.dispatch import Dispatcher
from desk.runs import Runs


async def waiting(office: Any) -> int:
    async with office.records.look() as session:
        return len(await turn.waiting(session))


async def wished(office: Any, code: str, because: str) -> str:
    async with office.records.act() as act:
        return await turn.wake(act, await incident.by_code(act.session, code), because=because)


async def test_the_wake_ups_of_one_incident_become_one_run(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    code = await desk.report()
    newest = await wished(desk.office, code, "again")
    assert await dispatcher.round() == 1
    ((flow, body),) = paper.started
    assert (flow, body["parameters"]) == ("respond", {"code": code, "because": "again"})
    assert (body["idempotency_key"], body["name"]) == (newest, f"{code} · again")
    assert body["tags"] == [f"incident:{code}", "exercise"]
    assert await waiting(desk.office) == 0


async def test_each_incident_gets_a_run_of_its_own(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    codes = {await desk.report(), await desk.report(title="Tin khác")}
    await dispatcher.round()
    assert {body["parameters"]["code"] for _, body in paper.started} == codes


async def test_a_wake_up_is_dispatched_once(desk: Any, dispatcher: Dispatcher, paper: Any) -> None:
    await desk.report()
    await dispatcher.round()
    await dispatcher.round()
    assert len(paper.keys("respond")) == 1


async def test_the_row_knows_the_run_that_was_started(desk: Any, dispatcher: Dispatcher) -> None:
    await desk.report()
    await dispatcher.round()
    async with desk.office.records.look() as session:
        (row,) = await session.scalars(select(WakeUp))
    assert row.run_id == "00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize("code", [500, 409])
async def test_nothing_is_lost_while_the_engine_fails(
    desk: Any, dispatcher: Dispatcher, paper: Any, code: int
) -> None:
    await desk.report()
    paper.broken = code
    with pytest.raises(OutsideFailure):
        await dispatcher.round()
    assert await waiting(desk.office) == 1
    paper.broken = 0
    await dispatcher.round()
    assert (len(paper.keys("respond")), await waiting(desk.office)) == (1, 0)


async def test_nothing_is_lost_while_nobody_answers(desk: Any, unused_tcp_port: int) -> None:
    await desk.report()
    runs = Runs(api_url=f"http://127.0.0.1:{unused_tcp_port}/api")
    with pytest.raises(OutsideFailure):
        await Dispatcher(office=desk.office, runs=runs).round()
    assert await waiting(desk.office) == 1


async def test_what_passes_unmet_is_recorded_at_once_though_the_engine_is_down(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    codes = [await desk.report(), await desk.report(title="Một bài khác")]
    async with desk.office.records.act() as act:
        await act.session.execute(update(DeadlineRow).values(due_at=act.now - timedelta.resolution))
        runs = select(DeadlineRow.id).where(DeadlineRow.state == "running")
        clocks = list(await act.session.scalars(runs))
    paper.broken = 500
    for _ in range(2):
        with pytest.raises(OutsideFailure):
            await dispatcher.round()
    async with desk.office.records.look() as session:
        chains = (*codes, OFFICE_CHAIN)
        told = [one for code in chains for one in await ledger.entries(session, code)]
        assert (await due.anything(session)).clocks is False
    missed = [one["data"]["deadline"] for one in told if one["action"] == "clock.missed"]
    assert len(clocks) > 2
    assert sorted(missed) == sorted(clocks)
    assert paper.started == []


async def test_an_incident_that_cannot_be_written_to_keeps_no_other_back(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    broken, sound = await desk.report(), await desk.report(title="Một bài khác")
    async with desk.office.records.act() as act:
        await act.session.execute(update(DeadlineRow).values(due_at=act.now - timedelta.resolution))
        await act.session.execute(delete(ChainHead).where(ChainHead.chain == broken))
    await dispatcher.round()
    async with desk.office.records.look() as session:
        told = {
            code: [one["action"] for one in await ledger.entries(session, code)]
            for code in (broken, sound)
        }
    assert "clock.missed" in told[sound]
    assert "clock.missed" not in told[broken]
    assert {body["parameters"]["code"] for _, body in paper.started} == {broken, sound}


async def test_a_round_that_fails_costs_the_dispatcher_one_round(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    code = await desk.report()
    database = desk.office.records.database
    gone = create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:9/nothing")
    database.engine, there = gone, database.engine
    stop = asyncio.Event()
    running = asyncio.create_task(dispatcher.run(stop))
    await asyncio.wait({running}, timeout=0.5)
    database.engine = there
    async with asyncio.timeout(30):
        while not running.done() and not paper.started:
            await asyncio.sleep(0.05)
    stop.set()
    await running
    assert [b["parameters"]["code"] for _, b in paper.started] == [code]


async def noted(office: Any) -> list[str]:
    async with office.records.look() as session:
        told = await ledger.entries(session, "office")
    return [e["action"] for e in told if e["action"].startswith("engine.worker")]


async def test_a_silent_worker_is_told_of_once_and_its_return_too(desk: Any, paper: Any) -> None:
    async def look() -> None:
        await Dispatcher(office=desk.office, runs=Runs(api_url=paper.url)).look()

    paper.worker_at = datetime.now(UTC)  # noqa: TID251  (the server's own clock)
    await look()
    paper.worker_at -= timedelta(minutes=5)
    await look()
    await look()
    assert await noted(desk.office) == ["engine.worker_silent"]
    paper.worker_at += timedelta(minutes=5)
    await look()
    await look()
    assert await noted(desk.office) == ["engine.worker_silent", "engine.worker_back"]


async def test_a_worker_that_never_came_is_told_of_on_the_second_look(
    desk: Any, paper: Any, coordinator: Any
) -> None:
    paper.worker_at = None
    dispatcher = Dispatcher(
        office=desk.office, runs=Runs(api_url=paper.url), look_round=timedelta(0)
    )
    await dispatcher.look()
    assert await noted(desk.office) == []
    await dispatcher.look()
    assert await noted(desk.office) == ["engine.worker_silent"]
    assert "Bộ thực hiện quy trình không phản hồi" in (await coordinator.get("/")).text


async def test_only_the_leader_dispatches(desk: Any, paper: Any) -> None:
    stop = asyncio.Event()
    names = ("one", "two")
    both = [Dispatcher(office=desk.office, runs=Runs(api_url=paper.url), name=n) for n in names]
    running = [asyncio.create_task(one.run(stop)) for one in both]
    for n in range(3):
        code = await desk.report(title=f"Tin số {n}")
        async with asyncio.timeout(20):
            while not any(b["parameters"]["code"] == code for _, b in paper.started):
                await asyncio.sleep(0.02)
    stop.set()
    await asyncio.gather(*running)
    assert len(paper.keys("respond")) == len(set(paper.keys("respond"))) == 3
    async with desk.office.records.look() as session:
        assert "dispatcher" in await heartbeat.seen_at(session)


async def test_a_dispatcher_lives_on_when_the_engine_comes_back(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    stop, code = asyncio.Event(), await desk.report()
    paper.broken = 500
    running = asyncio.create_task(dispatcher.run(stop))
    async with asyncio.timeout(30):
        while await waiting(desk.office):
            paper.broken = 0
            await asyncio.sleep(0.05)
    stop.set()
    await running
    assert [b["parameters"]["code"] for _, b in paper.started] == [code]
