"""The warm worker on a real Prefect server."""

import signal

import pytest
from prefect.workers.base import BaseWorker

from flows import shortcut
from flows.worker import WarmWorker


def test_the_installed_prefect_is_one_that_the_shortcuts_were_tested_with() -> None:
    assert shortcut.KNOWN, f"test flows/shortcut.py with Prefect {shortcut.prefect.__version__}"


def test_the_worker_type_is_found_through_the_entry_point() -> None:
    assert BaseWorker.get_worker_class_from_type("phatngon-warm") is WarmWorker


async def test_runs_go_on_side_by_side_in_one_process(engine, worker) -> None:
    runs = [await engine.start("meet", company=3) for _ in range(3)]
    states = [await engine.state(run) for run in runs]
    processes = {await engine.message(run) for run in runs}
    assert states == ["Met 3"] * 3
    assert processes == {str(worker.pid)}


async def test_no_more_runs_at_once_than_the_limit(engine) -> None:
    with engine.worker("--pool", "narrow", "--limit", "2"):
        runs = [await engine.start("crowd", pool="narrow") for _ in range(5)]
        states = {await engine.state(run) for run in runs}
    assert "Saw 2" in states
    assert states <= {"Saw 1", "Saw 2"}


async def test_a_run_ends_in_the_state_that_its_flow_returns_and_keeps_its_history(
    engine, worker
) -> None:
    await engine.deploy("echo")
    parameters = {"code": "DT-2025-0001", "waits_for": "verification"}
    run = await engine.runs.start(
        "echo",
        parameters=parameters,
        key="history",
        name="first",
        tags=("incident:DT-2025-0001",),
    )
    await engine.state(run)
    (seen,) = await engine.runs.of_incident("DT-2025-0001")
    names = [name for name, _, _ in seen.states]
    assert names == ["Scheduled", "Pending", "Running", "Waiting for verification"]
    assert seen.states[-1][1].startswith("DT-2025-0001 in process")
    assert (seen.id, seen.name, seen.flow) == (run, "DT-2025-0001 · echo", "echo")
    assert (seen.state, seen.account) == (names[-1], "did two steps for DT-2025-0001")
    assert [at for _, _, at in seen.states] == sorted(at for _, _, at in seen.states)


async def test_a_flow_that_fails_is_failed_and_the_worker_goes_on(engine, worker) -> None:
    failed = await engine.start("stumble")
    assert await engine.state(failed) == "Failed"
    assert "the flow's own error" in await engine.message(failed)
    after = await engine.start("echo", code="DT-2025-0002")
    assert await engine.state(after) == "Waiting for nothing"


@pytest.mark.parametrize(
    ("flow", "sentence"),
    [
        ("in_step", "The flow echo.in_step is not an async function"),
        ("missing", "The flow echo.missing cannot be loaded: AttributeError"),
    ],
)
async def test_a_flow_that_cannot_run_here_is_crashed_with_a_clear_word(
    engine, worker, flow: str, sentence: str
) -> None:
    run = await engine.start(flow)
    assert await engine.state(run) == "Crashed"
    assert sentence in await engine.message(run)


async def test_a_cancelled_run_is_stopped_and_the_worker_goes_on(engine, worker) -> None:
    run = await engine.start("linger", seconds=3600)
    await engine.state(run, "Running")
    wanted = {"state": {"type": "CANCELLING", "name": "Cancelling"}}
    await engine.api.post(f"/flow_runs/{run}/set_state", wanted)
    assert await engine.state(run) == "Cancelled"
    after = await engine.start("echo", code="DT-2025-0003")
    assert await engine.state(after) == "Waiting for nothing"
    told = await engine.api.get(f"/flow_run_states/?flow_run_id={run}")
    assert "Crashed" not in [state["name"] for state in told]


async def test_a_worker_that_is_sent_home_finishes_the_runs_in_hand(engine) -> None:
    with engine.worker("--pool", "own") as worker:
        run = await engine.start("linger", pool="own", seconds=2)
        await engine.state(run, "Running")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    assert await engine.runs.state_of(run) == "Completed"


async def test_a_run_that_outlasts_the_grace_is_crashed_when_its_worker_goes(engine) -> None:
    with engine.worker("--pool", "own", "--grace", "0.1") as worker:
        run = await engine.start("linger", pool="own", seconds=3600)
        await engine.state(run, "Running")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    assert await engine.runs.state_of(run) == "Crashed"


async def test_a_worker_goes_when_its_parent_lets_go_of_the_line(engine) -> None:
    with engine.worker("--pool", "own") as worker:
        run = await engine.start("echo", pool="own", code="DT-2025-0004")
        await engine.state(run)
        assert worker.stdin is not None
        worker.stdin.close()
        assert worker.wait(20) == 0
