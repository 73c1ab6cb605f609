"""The database: one engine per process, transactions that write begin by locking on SQLite."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from crisis.model.errors import Misconfigured
from crisis.model.words import words
from crisis.records import next_clock, search_word

BUSY_SECONDS = 30

# Kept up in the transaction that writes, whoever writes.
event.listen(Session, "after_flush", next_clock.keep)
event.listen(Session, "after_flush", search_word.keep)


class Database:
    """The records' engine for SQLite (aiosqlite) or PostgreSQL (asyncpg)."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.drivername not in {"sqlite+aiosqlite", "postgresql+asyncpg"}:
            raise Misconfigured(
                words(
                    "PHATNGON_DATABASE_URL phải bắt đầu bằng sqlite+aiosqlite:// "
                    "hoặc postgresql+asyncpg://.",
                    "PHATNGON_DATABASE_URL must begin with sqlite+aiosqlite:// "
                    "or postgresql+asyncpg://.",
                ),
                setting="PHATNGON_DATABASE_URL",
            )
        self.sqlite = parsed.drivername.startswith("sqlite")
        named = parsed.database if self.sqlite and parsed.database != ":memory:" else None
        self.file = Path(named) if named else None
        if self.file:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        self.engine = _engine(url, sqlite=self.sqlite)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction that commits when the block ends well. On SQLite it waits for its turn."""
        async with self.engine.connect() as connection:
            writing = await connection.execution_options(phatngon_writes=True)
            async with (
                writing.begin(),
                AsyncSession(bind=writing, expire_on_commit=False) as session,
            ):
                yield session
                await session.flush()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only reads."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def _engine(url: str, *, sqlite: bool) -> AsyncEngine:
    # An error of the database is logged: the values of its rows are not for that.
    if not sqlite:
        return create_async_engine(
            url, pool_size=8, max_overflow=8, pool_pre_ping=True, hide_parameters=True
        )
    engine = create_async_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: _begin_sqlite decides how each begins.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("phatngon_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
