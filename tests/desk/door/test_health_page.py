"""What operators ask: alive, ready, and how much of what."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import create_async_engine

from crisis.records import heartbeat, incident
from crisis.records.act import SYSTEM
from crisis.records.heartbeat import DISPATCHER
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import Incident


async def test_a_process_that_answers_is_alive(client: httpx.AsyncClient) -> None:
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_without_a_dispatcher_the_desk_is_not_ready(client: httpx.AsyncClient) -> None:
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "not ready",
        "database": True,
        "migrations": True,
        "dispatcher": False,
        "engine": False,
    }


async def test_the_engine_is_told_of_but_not_required(desk: Any, client: httpx.AsyncClient) -> None:
    async with desk.office.records.act(SYSTEM) as act:
        await heartbeat.beat(act, DISPATCHER)
    answer = await client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["engine"] is False


async def test_an_older_database_is_not_ready(desk: Any, client: httpx.AsyncClient) -> None:
    async with desk.office.records.act(SYSTEM) as act:
        await heartbeat.beat(act, DISPATCHER)
        connection = await act.session.connection()
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, False)


async def test_a_database_that_is_gone_is_said_plainly(
    desk: Any, client: httpx.AsyncClient
) -> None:
    file = desk.office.settings.var / "records.db"
    await desk.office.records.close()
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        (file.parent / name).unlink(missing_ok=True)
    file.mkdir()
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, False)
    assert (await client.get("/healthz")).status_code == 200


async def test_a_server_that_takes_no_connection_is_said_plainly(
    desk: Any, client: httpx.AsyncClient, postgresql_url: str
) -> None:
    nothing = postgresql_url.replace("?host=", "_gone?host=")
    gone, there = create_async_engine(nothing), desk.office.records.database.engine
    desk.office.records.database.engine = gone
    answer = await client.get("/readyz")
    desk.office.records.database.engine = there
    await gone.dispose()
    assert (answer.status_code, answer.json()["database"]) == (503, False)


async def test_metrics_count_without_names_or_codes(agency: Any) -> None:
    await agency.page()
    text = (await agency.web.get("/metrics")).text
    for line in (
        'phatngon_incidents_open{stage="verifying"} 1.0',
        'phatngon_mails{state="queued"} 2.0',
        "phatngon_clocks_overdue",
        "phatngon_clocks_due_soon",
        "phatngon_wake_ups_waiting",
        'phatngon_requests_total{method="GET",route="/viec/{token}",status="200"}',
        'phatngon_request_seconds_count{route="/viec/{token}"}',
    ):
        assert line in text, line
    for secret in (agency.token, agency.code, "daumoi@bqlda.example", "Sân trường"):
        assert secret not in text


async def test_the_ledger_is_counted(agency: Any) -> None:
    text = (await agency.web.get("/metrics")).text
    (line,) = [one for one in text.splitlines() if one.startswith("phatngon_ledger_entries ")]
    assert float(line.split()[1]) > 20


async def overdue(agency: Any) -> float:
    text = (await agency.web.get("/metrics")).text
    (line,) = [one for one in text.splitlines() if one.startswith("phatngon_clocks_overdue ")]
    return float(line.split()[1])


async def test_what_an_ended_incident_missed_is_no_longer_overdue(agency: Any) -> None:
    async with agency.office.records.act() as act:
        case = await incident.by_code(act.session, agency.code)
        row = await act.session.scalar(select(DeadlineRow).limit(1))
        row.state, row.due_at = "missed", act.now - timedelta(hours=1)
    before = await overdue(agency)
    async with agency.office.records.act() as act:
        await act.session.execute(
            update(Incident).where(Incident.id == case.id).values(stage="closed")
        )
    assert (before >= 1, await overdue(agency)) == (True, 0)


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 403),
        ("192.0.2.7", {"Authorization": "Bearer count-me"}, 200),
        ("192.0.2.7", {"Authorization": "Bearer other"}, 403),
        ("192.0.2.7", {"Authorization": "Bearer "}, 403),
    ],
)
async def test_metrics_are_for_this_machine_and_for_who_carries_the_token(
    desk: Any, host: str, headers: dict[str, str], status: int
) -> None:
    desk.office.settings.metrics_token = SecretStr("count-me")
    wire = httpx.ASGITransport(app=desk.app, client=(host, 5000))
    async with httpx.AsyncClient(transport=wire, base_url="http://127.0.0.1") as web:
        assert (await web.get("/metrics", headers=headers)).status_code == status
        desk.office.settings.metrics_token = SecretStr("")
        without = await web.get("/metrics", headers={"Authorization": "Bearer "})
        assert without.status_code == (200 if host in {"127.0.0.1", "::1"} else 403)
