"""An office of the first release goes on under this one: its records, as that release wrote them.

`first_release.sql.xz` holds the rows of an exercise that was played by the first release itself
(revision 0001, invented people); its second line names that exercise's secret.
"""

import asyncio
import lzma
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from crisis.audit.backing_up import back_up, restore
from crisis.audit.check import check_ledger
from crisis.clock import Clock
from crisis.model.report import ReportIn
from crisis.office.intake.reporting import Filing, file_report
from crisis.office.office import Office, open_office
from crisis.office.statement.ways_out import ways_out
from crisis.records import sign_in
from crisis.records.act import SYSTEM, Records
from crisis.records.database import Database
from crisis.records.migrate import alembic_config, is_current
from crisis.records.person import by_email
from crisis.settings import Settings
from desk.door.gate import COOKIE
from desk.parts.setup import Plan, set_up
from desk.web import make_app

HOUSE = Path(__file__).parents[3]
FIRST = "0001"
CODE = "DT-2025-0001"
ENTRIES = {CODE: 90, "office": 37}
STORED = lzma.decompress((Path(__file__).parent / "first_release.sql.xz").read_bytes()).decode()
SECRET = STORED.splitlines()[1].removeprefix("-- secret: ")


@dataclass(frozen=True)
class Upgraded:
    """The office after `phatngon migrate`, and its ledger's rows before it."""

    office: Office
    before: list[tuple[str, int, str]]


async def _entries(records: Records) -> list[tuple[str, int, str]]:
    async with records.look() as session:
        told = await session.execute(text("SELECT chain, seq, body FROM ledger ORDER BY 1, 2"))
        return [(row.chain, row.seq, row.body) for row in told]


def _to_the_first(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), FIRST)


async def _make_first_release(url: str) -> None:
    """Tables of the first release, and what it wrote in them."""
    database = Database(url)
    async with database.engine.connect() as connection:
        writing = await connection.execution_options(phatngon_writes=True)
        async with writing.begin():
            await writing.run_sync(_to_the_first)
            # Made by the migration; the rows of the exercise come with their own.
            await writing.execute(text("DELETE FROM chain_heads"))
    await database.close()
    if database.sqlite:
        with closing(sqlite3.connect(str(make_url(url).database))) as raw:
            raw.executescript(STORED)
        return
    await _run(url, "SET TIME ZONE 'UTC';" + re.sub(r"X'([0-9a-f]*)'", r"'\\x\1'", STORED))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it, once per engine."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'records.db'}"
    return str(request.getfixturevalue("empty_postgresql_url"))


@pytest.fixture
def elsewhere_url(empty_url: str, tmp_path: Path) -> Iterator[str]:
    """Another empty database on the same engine."""
    if empty_url.startswith("sqlite"):
        yield f"sqlite+aiosqlite:///{tmp_path / 'new' / 'records.db'}"
        return
    name = f"{make_url(empty_url).database}_new"
    asyncio.run(_run(empty_url, f"CREATE DATABASE {name}"))
    yield make_url(empty_url).set(database=name).render_as_string(hide_password=False)
    asyncio.run(_run(empty_url, f"DROP DATABASE {name} WITH (FORCE)"))


async def _run(url: str, script: str) -> None:
    place = make_url(url)
    raw = await asyncpg.connect(
        host=str(place.query["host"]), user=place.username, database=place.database
    )
    await raw.execute(script)
    await raw.close()


def at(url: str, var: Path) -> Settings:
    """Settings of the exercise on the records at `url`."""
    given = {
        "installation": "exercise",
        "var": var,
        "database_url": url,
        "secret_key": SECRET,
        "playbooks": HOUSE / "playbooks",
        "templates": HOUSE / "templates",
        "prefect_api_url": "http://127.0.0.1:9/api",
    }
    return Settings(_env_file=None, **given)  # type: ignore[call-arg]


@pytest.fixture
async def upgraded(empty_url: str, tmp_path: Path) -> AsyncIterator[Upgraded]:
    """The first release's office, brought to the newest revision as `phatngon migrate` does."""
    await _make_first_release(empty_url)
    assert not await is_current(empty_url)
    old = Records(empty_url)
    before = await _entries(old)
    await old.close()
    ready = await set_up(at(empty_url, tmp_path), Plan())
    yield Upgraded(office=ready.office, before=before)
    await ready.office.records.close()


async def test_every_entry_stands_as_it_was_written_and_the_ledger_holds(
    upgraded: Upgraded, empty_url: str
) -> None:
    assert await is_current(empty_url)
    now = await _entries(upgraded.office.records)
    assert [one for one in now if one[:2] in {old[:2] for old in upgraded.before}] == (
        upgraded.before
    )
    assert {c: sum(1 for one in upgraded.before if one[0] == c) for c in ENTRIES} == ENTRIES
    checked = await check_ledger(upgraded.office)
    assert checked.breaks == []
    assert checked.checkpoints == 1


async def _signed_in(office: Office) -> httpx.AsyncClient:
    async with office.records.act(SYSTEM) as act:
        user = await by_email(act.session, "dieuphoi@vanphong.example")
        assert user is not None
        token = await sign_in.open_session(act, user, second_factor=True, replaces=None)
    wire = httpx.ASGITransport(app=make_app(office))
    web = httpx.AsyncClient(transport=wire, base_url="http://127.0.0.1:8400")
    web.cookies.set(COOKIE, token.token)
    return web


async def test_board_incident_and_public_page_of_the_old_release_are_served(
    upgraded: Upgraded,
) -> None:
    async with await _signed_in(upgraded.office) as web:
        board = await web.get("/", params={"xem": "ket-thuc"})
        assert board.status_code == 200
        assert CODE in board.text
        for page in ("", "/dien-bien", "/phat-ngon", "/thu"):
            shown = await web.get(f"/vu-viec/{CODE}{page}")
            assert (shown.status_code, CODE in shown.text) == (200, True)
        async with ways_out(upgraded.office) as ways:
            await ways.site.rebuild()
        assert (await web.get("/tin/dt-2025-0001-1/")).status_code == 200


async def test_the_office_takes_new_reports_and_its_chains_go_on(upgraded: Upgraded) -> None:
    office = upgraded.office
    report = ReportIn.model_validate(
        {"title": "Chợ phường ngập rác", "outlet": "Báo Ví Dụ", "published_at": "2025-10-19T07:00"}
    )
    async with office.records.act(SYSTEM) as act:
        filed = await file_report(office, act, report, Filing(confirmed=False))
    assert filed.code == "DT-2025-0002"
    assert (await check_ledger(office)).holds


async def test_a_backup_of_the_first_release_is_restored_into_this_one(
    empty_url: str, elsewhere_url: str, tmp_path: Path
) -> None:
    await _make_first_release(empty_url)
    old = open_office(at(empty_url, tmp_path))
    await back_up(old, tmp_path / "old.zip", Clock.real())
    await old.records.close()
    back = await restore(at(elsewhere_url, tmp_path / "new"), tmp_path / "old.zip")
    assert back.checked.holds
    assert back.snapshot.entries == sum(ENTRIES.values())
    assert await is_current(elsewhere_url)
