"""What the desk sees and does when the engine's processes die or change under it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prefect.settings import (
    PREFECT_API_AUTH_STRING,
    PREFECT_API_URL,
    PREFECT_CLIENT_CSRF_SUPPORT_ENABLED,
    temporary_settings,
)

from crisis.model.errors import OutsideFailure
from crisis.records import ledger, turn
from crisis.records.schema.engine import Turn
from crisis.records.schema.incident import Incident
from crisis.settings import settings
from desk.runs import Runs
from tasks import run_history
from tasks.office import office

SECRET = "for-tests-only-" * 4


@pytest.fixture
async def ends(
    engine: Any, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[[timedelta], Awaitable[str]]]:
    """Ends the runs left behind that have been silent for so long, as the reconciler does."""
    told = {"VAR": str(tmp_path), "DATABASE_URL": sqlite_url, "SECRET_KEY": SECRET}
    for name, value in told.items():
        monkeypatch.setenv(f"PHATNGON_{name}", value)
    settings.cache_clear()

    async def end(silent: timedelta) -> str:
        monkeypatch.setattr(run_history, "SILENT", silent)
        changed = {
            PREFECT_API_URL: engine.url,
            PREFECT_API_AUTH_STRING: engine.auth,
            PREFECT_CLIENT_CSRF_SUPPORT_ENABLED: True,
        }
        with temporary_settings(changed):
            return await run_history.end_left_behind.fn()

    yield end
    await office().records.close()
    settings.cache_clear()


async def strangers(engine: Any) -> str:
    """A run that somebody else has at work on the same server."""
    flow = await engine.api.post("/flows/", {"name": "strange"})
    run = await engine.api.post("/flow_runs/", {"flow_id": flow["id"], "name": "not ours"})
    state = {"type": "RUNNING", "name": "Running"}
    await engine.api.post(f"/flow_runs/{run['id']}/set_state", {"state": state, "force": True})
    return str(run["id"])


async def test_a_killed_worker_leaves_its_run_running_until_the_reconciler_ends_it(
    engine: Any, ends: Callable[[timedelta], Awaitable[str]]
) -> None:
    theirs = await strangers(engine)
    await engine.deploy("linger", pool="doomed", tags=("phatngon",))
    with engine.worker("--pool", "doomed") as worker:
        asked = {"parameters": {"seconds": 3600}, "key": "left behind", "name": "left behind"}
        run = await engine.runs.start("linger", **asked)
        await engine.state(run, "Running")
        worker.kill()
        worker.wait()
    assert await ends(timedelta(hours=1)) == "ended 0 left behind", "it may still be at work"
    assert await ends(timedelta()) == "ended 1 left behind"
    assert await engine.runs.state_of(run) == "Crashed"
    assert await engine.message(run) == "its worker is gone"
    assert await engine.runs.state_of(theirs) == "Running"
    async with office().records.look() as session:
        (entry,) = await ledger.entries(session, "office")
    assert (entry["action"], entry["data"]) == ("engine.run_crashed", {"crashed": run})


async def test_a_run_that_a_killed_worker_had_only_taken_up_is_ended_too(
    engine: Any, ends: Callable[[timedelta], Awaitable[str]]
) -> None:
    await engine.deploy("linger", pool="nobody", tags=("phatngon",))
    asked = {"parameters": {"seconds": 3600}, "key": "taken up", "name": "taken up"}
    run = await engine.runs.start("linger", **asked)
    assert await ends(timedelta()) == "ended 0 left behind", "nobody has taken it up"
    state = {"type": "PENDING", "name": "Pending"}
    await engine.api.post(f"/flow_runs/{run}/set_state", {"state": state, "force": True})
    assert await ends(timedelta(hours=1)) == "ended 0 left behind"
    assert await ends(timedelta()) == "ended 1 left behind"
    assert await engine.runs.state_of(run) == "Crashed"


async def test_a_run_that_holds_a_turn_is_alive_however_long_it_takes(
    engine: Any, ends: Callable[[timedelta], Awaitable[str]]
) -> None:
    await engine.deploy("linger", pool="doomed", tags=("phatngon",))
    asked = {"parameters": {"seconds": 3600}, "key": "alive", "name": "alive"}
    run = await engine.runs.start("linger", **asked)
    state = {"type": "RUNNING", "name": "Running"}
    await engine.api.post(f"/flow_runs/{run}/set_state", {"state": state, "force": True})
    async with office().records.act() as act:
        case = Incident(**CASE, opened_at=act.now, received_at=act.now, stage_since=act.now)
        act.session.add(case)
        await act.session.flush()
        act.session.add(Turn(incident_id=case.id, wanted=1, seen=0))
        await act.session.flush()
        assert await turn.take(act, case.id, run)
    assert await ends(timedelta()) == "ended 0 left behind"
    assert await engine.runs.state_of(run) == "Running"
    done = {"type": "COMPLETED", "name": "Completed"}
    await engine.api.post(f"/flow_runs/{run}/set_state", {"state": done, "force": True})


CASE: dict[str, Any] = {
    "code": "DT-2025-0001",
    "exercise": True,
    "stage": "open",
    "severity": "S2",
    "kind": "school",
    "title": "Tin thử",
    "title_en": "A try",
    "summary": "",
    "floors": [],
    "topics": [],
    "places": [],
    "playbook": "school",
}


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
