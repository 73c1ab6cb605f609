"""Bring a database to the newest revision, from any directory, safe for two processes at once."""

from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from crisis.records.database import Database
from crisis.records.migrations import append_only

FOLDER = Path(__file__).parent / "migrations"

MIGRATING = 0x70686174
"""Key of PostgreSQL's advisory lock; any number that every process of this product agrees on."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration with the folder of this package, working on `connection`."""
    config = Config(attributes={} if connection is None else {"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


async def migrate(url: str) -> None:
    """Upgrade the records at `url` to the newest revision.

    A second caller at the same time waits, then finds nothing to do.
    All steps are one transaction: an upgrade that fails leaves what was there.
    """
    database = Database(url)
    if database.file:
        # Links to tasks and what is restricted lie in it; SQLite's other files follow its mode.
        database.file.touch(mode=0o600)
    try:
        async with database.engine.connect() as connection:
            # On SQLite BEGIN IMMEDIATE is the lock.
            writing = await connection.execution_options(phatngon_writes=True)
            async with writing.begin():
                if not database.sqlite:
                    await writing.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATING})"))
                await writing.run_sync(_upgrade)
    finally:
        await database.close()


async def is_current(url: str) -> bool:
    """Whether the records at `url` stand at the newest revision."""
    database = Database(url)
    try:
        return await stands_at_head(database)
    finally:
        await database.close()


async def stands_at_head(database: Database) -> bool:
    """Whether these records stand at the newest revision."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_is_at_head)


async def revisions(database: Database) -> tuple[frozenset[str], frozenset[str]]:
    """The revisions at which these records stand, none before the first, and the newest ones."""
    async with database.engine.connect() as connection:
        return await revisions_on(connection), _heads()


async def revisions_on(connection: AsyncConnection) -> frozenset[str]:
    """The revisions at which the records on this connection stand."""
    return await connection.run_sync(_stands_at)


async def missing_guards(database: Database) -> list[str]:
    """Triggers that should keep the record append-only and are not there."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(append_only.missing)


def knows(revision: str) -> bool:
    """Whether this program can bring records at `revision` to its newest one."""
    known = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    return any(one.revision == revision for one in known)


def _upgrade(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "head")


def _is_at_head(connection: Connection) -> bool:
    return _stands_at(connection) == _heads()


def _stands_at(connection: Connection) -> frozenset[str]:
    return frozenset(MigrationContext.configure(connection).get_current_heads())


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    """The newest revision of this code: read once, for it cannot change while we run."""
    return frozenset(ScriptDirectory.from_config(alembic_config()).get_heads())
