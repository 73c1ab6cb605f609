"""What the desk sees and does when the engine's processes die or change under it."""

from datetime import UTC, datetime, timedelta

import pytest

from crisis.model.errors import OutsideFailure
from desk.runs import Runs

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2100, 1, 1, tzinfo=UTC)


async def test_a_killed_worker_leaves_its_run_running_until_somebody_ends_it(engine) -> None:
    with engine.worker("--pool", "doomed") as worker:
        run = await engine.start("linger", pool="doomed", seconds=3600)
        await engine.state(run, "Running")
        worker.kill()
        worker.wait()
    assert run in {left.id for left in await engine.runs.stuck_running(FAR_AHEAD)}
    assert await engine.runs.stuck_running(LONG_AGO) == ()
    await engine.runs.mark_crashed(run, "its worker is gone")
    assert await engine.runs.state_of(run) == "Crashed"
    assert await engine.message(run) == "its worker is gone"
    assert await engine.runs.stuck_running(FAR_AHEAD) == ()


async def test_the_same_key_is_the_same_run(engine) -> None:
    await engine.deploy("echo", pool="nobody")
    asked = {"parameters": {"code": "DT-2025-0005"}, "name": "asked"}
    first = await engine.runs.start("echo", key="wake-up 1", **asked)
    assert await engine.runs.start("echo", key="wake-up 1", **asked) == first
    assert await engine.runs.start("echo", key="wake-up 2", **asked) != first


async def test_a_deployment_made_anew_is_found_again(engine) -> None:
    await engine.start("crowd", pool="nobody")
    old = await engine.api.get("/deployments/name/crowd/crowd")
    await engine.api.delete(f"/deployments/{old['id']}")
    await engine.deploy("crowd", pool="nobody")
    run = await engine.runs.start("crowd", parameters={}, key="anew", name="anew")
    assert await engine.runs.state_of(run) == "Scheduled"


async def test_a_flow_that_was_never_deployed_is_named(engine) -> None:
    with pytest.raises(OutsideFailure, match="“nowhere” is not deployed"):
        await engine.runs.start("nowhere", parameters={}, key="k", name="n")


async def test_a_run_that_prefect_does_not_know_has_no_state(engine) -> None:
    assert await engine.runs.state_of("00000000-0000-0000-0000-000000000000") is None


async def test_the_worker_is_seen_alive(engine, worker) -> None:
    await engine.state(await engine.start("echo", code="DT-2025-0006"))
    seen = await engine.runs.worker_seen_at()
    server = await engine.api.get("/work_pools/phatngon")
    assert seen is not None
    assert seen > datetime.fromisoformat(server["created"]) - timedelta(seconds=60)


async def test_a_wrong_authentication_string_is_said_to_be_wrong(engine) -> None:
    strange = Runs(api_url=engine.url, auth="tester:wrong")
    with pytest.raises(OutsideFailure, match="refuses the authentication string"):
        await strange.worker_seen_at()
    assert await strange.healthy()


async def test_a_server_that_is_down_is_a_passing_trouble() -> None:
    nobody = Runs(api_url="http://127.0.0.1:9/api")
    assert not await nobody.healthy()
    with pytest.raises(OutsideFailure) as down:
        await nobody.start("echo", parameters={}, key="k", name="n")
    assert not down.value.permanent
