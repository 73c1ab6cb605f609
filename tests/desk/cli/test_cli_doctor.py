"""`phatngon doctor` on real parts: what it finds, what it advises, and what it never does."""

import asyncio
import socket
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from alembic import command
from sqlalchemy import Connection

from crisis.clock import Clock
from crisis.model.action import Action
from crisis.records import heartbeat
from crisis.records.act import SYSTEM, Act, Records
from crisis.records.database import Database
from crisis.records.migrate import alembic_config
from desk.parts.installation import free_ports

PASSWORD = "geheim-7391"
NOBODY = "127.0.0.1:9"


def told(shell: Any, *, code: int) -> dict[str, dict[str, str]]:
    """Every finding by its check."""
    return {one["check"]: one for one in shell("doctor", "--json", code=code).data}


def states(found: dict[str, dict[str, str]], *names: str) -> list[str]:
    """The states of those checks."""
    return [found[name]["state"] for name in names]


@pytest.fixture
def mail_port() -> Iterator[int]:
    """A mail server that keeps nothing and knows no STARTTLS."""
    port = free_ports().smtp
    server = Controller(Sink(), hostname="127.0.0.1", port=port)
    server.start()
    yield port
    server.stop()


def act(shell: Any, work: Any) -> None:
    """Do `work` in one act on the shell's records."""

    async def done() -> None:
        records = Records(f"sqlite+aiosqlite:///{shell.var / 'records.db'}")
        try:
            async with records.act(SYSTEM) as acting:
                await work(acting)
        finally:
            await records.close()

    asyncio.run(done())


async def beat(acting: Act) -> None:
    """The dispatcher is alive."""
    await heartbeat.beat(acting, heartbeat.DISPATCHER)


def test_where_nothing_was_set_up_it_says_migrate_first_and_makes_nothing(bare: Any) -> None:
    found = told(bare, code=1)
    assert found["database"]["state"] == "problem"
    assert "phatngon migrate" in found["database"]["advice"]
    assert set(states(found, "migrations", "clock", "calendar", "dispatcher")) == {"skipped"}
    assert not bare.var.exists()


def test_what_was_migrated_is_at_the_newest_revision(shell: Any) -> None:
    found = told(shell, code=1)
    wanted = ("configuration", "database", "migrations", "clock", "disk")
    assert set(states(found, *wanted)) == {"ok"}


def test_an_older_revision_is_a_problem_that_names_both(bare: Any) -> None:
    async def old() -> None:
        database = Database(f"sqlite+aiosqlite:///{bare.var / 'records.db'}")
        async with database.write() as session:
            await (await session.connection()).run_sync(_all_but_the_last_revision)
        await database.close()

    asyncio.run(old())
    found = told(bare, code=1)
    assert found["migrations"]["state"] == "problem"
    assert "wants" in found["migrations"]["says"]
    assert "phatngon migrate" in found["migrations"]["advice"]
    assert states(found, "dispatcher", "clock") == ["skipped", "skipped"]


def _all_but_the_last_revision(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "head-1")


def test_a_mail_server_that_answers_is_ok(
    shell: Any, mail_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHATNGON_SMTP_URL", f"smtp://127.0.0.1:{mail_port}")
    assert states(told(shell, code=1), "mail", "mail certificate") == ["ok", "skipped"]


def test_a_mail_server_without_the_starttls_that_is_wanted_is_a_problem(
    shell: Any, mail_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHATNGON_SMTP_URL", f"smtp+starttls://127.0.0.1:{mail_port}")
    found = told(shell, code=1)
    assert found["mail"]["state"] == "problem"
    assert "STARTTLS" in found["mail"]["says"]


def test_who_does_not_answer_is_a_problem_with_advice(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHATNGON_SMTP_URL", f"smtp://{NOBODY}")
    found = told(shell, code=1)
    for name, setting in (("mail", "PHATNGON_SMTP_URL"), ("engine", "PREFECT_API_URL")):
        assert found[name]["state"] == "problem"
        assert setting in found[name]["advice"]


def test_who_never_answers_does_not_hold_it_up(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Clock.real()
    port = free_ports().smtp
    with socket.create_server(("127.0.0.1", port)):
        monkeypatch.setenv("PHATNGON_SMTP_URL", f"smtp://127.0.0.1:{port}")
        began = watch.monotonic()
        assert told(shell, code=1)["mail"]["state"] == "problem"
        assert watch.monotonic() - began < 15


def test_a_dispatcher_is_known_by_its_heartbeat(shell: Any) -> None:
    assert told(shell, code=1)["dispatcher"]["state"] == "problem"
    act(shell, beat)
    assert told(shell, code=1)["dispatcher"]["state"] == "ok"


def test_a_ledger_from_the_future_is_a_problem(shell: Any) -> None:
    async def tomorrow(acting: Act) -> None:
        later = acting.real + timedelta(days=1)
        ahead = Act(session=acting.session, actor=SYSTEM, now=later, real=later)
        await ahead.note("office", Action.CHECKPOINT_SIGNED, {"checkpoint": 1, "root": "0" * 64})

    act(shell, tomorrow)
    found = told(shell, code=1)
    assert found["clock"]["state"] == "problem"
    assert "NTP" in found["clock"]["advice"]


def test_an_exercise_that_lies_ahead_has_its_ledger_in_real_time(shell: Any) -> None:
    shell("clock", "set", "2030-01-01T09:00")

    async def then(acting: Act) -> None:
        await acting.note("office", Action.CHECKPOINT_SIGNED, {"checkpoint": 1, "root": "0" * 64})

    act(shell, then)
    assert told(shell, code=1)["clock"]["state"] == "ok"


def test_with_everything_there_it_ends_well_though_there_are_warnings(
    shell: Any, mail_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHATNGON_SMTP_URL", f"smtp://127.0.0.1:{mail_port}")
    monkeypatch.setenv("PHATNGON_PREFECT_API_URL", "")
    act(shell, beat)
    found = told(shell, code=0)
    assert "problem" not in {one["state"] for one in found.values()}


def test_a_secret_is_never_printed(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHATNGON_SMTP_URL", f"smtp+starttls://user:{PASSWORD}@{NOBODY}")
    monkeypatch.setenv("PHATNGON_PREFECT_AUTH_STRING", f"admin:{PASSWORD}")
    for url in (f"postgresql+asyncpg://u:{PASSWORD}@{NOBODY}/x", f"no address {PASSWORD}"):
        monkeypatch.setenv("PHATNGON_DATABASE_URL", url)
        said = shell("doctor", code=1)
        assert "problem  Database" in said.out
        assert PASSWORD not in said.out + said.err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "x" * 40),
        ("SECRET_KEY", "abc123"),
        ("CODE_PREFIX", "quảng trị"),
        ("SMTP_URL", "ftp://somewhere"),
    ],
)
def test_a_setting_that_cannot_serve_is_named(
    bare: Any, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"PHATNGON_{name}", value)
    found = told(bare, code=1)["configuration"]
    assert found["state"] == "problem"
    assert name.split("_")[0] in found["says"]
    assert value not in str(found)


def test_an_office_at_work_needs_https_outside_of_its_own_machine(
    bare: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHATNGON_INSTALLATION", "office")
    assert told(bare, code=1)["configuration"]["state"] == "ok"
    monkeypatch.setenv("PHATNGON_PUBLIC_URL", "http://phatngon.example")
    assert told(bare, code=1)["configuration"]["state"] == "problem"


def test_a_secret_file_that_others_may_read_is_a_problem(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHATNGON_SECRET_KEY", "")
    assert "missing" in told(shell, code=1)["signing key"]["says"]
    file = shell.var / "secret.key"
    file.write_text("kept by nobody", encoding="utf8")
    file.chmod(0o644)
    assert "chmod 600" in told(shell, code=1)["signing key"]["advice"]


def test_it_takes_no_argument(bare: Any) -> None:
    assert "Traceback" not in bare("doctor", "everything", code=2).err


def test_a_guard_of_the_record_that_was_taken_away_is_told(shell: Any) -> None:
    shell("migrate")
    with sqlite3.connect(shell.var / "records.db") as raw:
        raw.execute("DROP TRIGGER ledger_no_update")
    raw.close()
    found = told(shell, code=1)["migrations"]
    assert (found["state"], "ledger_no_update" in found["says"]) == ("problem", True)
