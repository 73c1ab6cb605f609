"""The migrations make exactly the tables that the code works with, on both engines."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select

from crisis.records.act import OFFICE_CHAIN, Records
from crisis.records.database import Database
from crisis.records.migrate import is_current, migrate
from crisis.records.schema.base import Base
from crisis.records.schema.ledger import ChainHead

MIGRATE = """
import asyncio, sys
from crisis.records.migrate import migrate
asyncio.run(migrate(sys.argv[1]))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it, once per engine."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'a folder, 100% new' / 'records.db'}"
    return request.getfixturevalue("empty_postgresql_url")


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


async def test_the_newest_revision_has_the_tables_of_the_code(records_url: str) -> None:
    database = Database(records_url)
    async with database.engine.connect() as connection:
        found = await connection.run_sync(_differences)
    await database.close()
    assert found == []


async def test_an_empty_database_is_not_current_until_it_is_migrated(empty_url: str) -> None:
    before = await is_current(empty_url)
    await migrate(empty_url)
    await migrate(empty_url)
    assert (before, await is_current(empty_url)) == (False, True)


async def test_two_processes_that_start_at_once_both_find_migrated_records(
    empty_url: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-W", "error", "-c", MIGRATE, empty_url]
    both = [
        await asyncio.create_subprocess_exec(*command, cwd=tmp_path, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [(await process.communicate())[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert await is_current(empty_url)


async def test_alembic_itself_finds_nothing_to_change(records_url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-m", "alembic", "check"),
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PHATNGON_DATABASE_URL": records_url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = (await process.communicate())[0].decode()
    assert process.returncode == 0, said
    assert "No new upgrade operations" in said


async def test_the_office_chain_has_a_place_before_its_first_entry(records: Records) -> None:
    async with records.look() as session:
        seq = await session.scalar(select(ChainHead.seq).where(ChainHead.chain == OFFICE_CHAIN))
    assert seq == 0


async def test_only_its_owner_reads_what_sqlite_keeps(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'records.db'}"
    await migrate(url)
    records = Records(url)
    try:
        async with records.act() as act:
            assert await act.session.scalar(select(ChainHead.chain)) == OFFICE_CHAIN
            modes = {one.name: oct(one.stat().st_mode & 0o777) for one in tmp_path.iterdir()}
    finally:
        await records.close()
    assert modes == dict.fromkeys(("records.db", "records.db-wal", "records.db-shm"), "0o600")
