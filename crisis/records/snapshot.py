"""A snapshot of the records at one instant, taken while others work; and putting one back.

The kept bytes are rows of the same database, so entries and the files they name are of one moment.
"""

import asyncio
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from crisis.model.canonical import canonical
from crisis.records import ledger, pg_tool
from crisis.records.database import Database
from crisis.records.migrate import revisions_on

SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """What a snapshot holds; `heads` is the SHA-256 over the canonical list of all chain heads."""

    engine: str
    revisions: tuple[str, ...]
    chains: int
    entries: int
    heads: str


def engine_of(url: str) -> str:
    """Which engine keeps the records at `url`."""
    return SQLITE if make_url(url).drivername.startswith(SQLITE) else POSTGRESQL


async def is_empty(url: str) -> bool:
    """Whether nothing is at `url` yet; asking makes nothing."""
    if engine_of(url) == SQLITE:
        file = _file(url)
        return not file.exists() or file.stat().st_size == 0
    database = Database(url)
    try:
        async with database.engine.connect() as connection:
            return not await connection.run_sync(lambda raw: inspect(raw).get_table_names())
    finally:
        await database.close()


async def take(url: str, target: Path) -> Snapshot:
    """Write the records at `url` as they are at one instant to the new file `target`."""
    if engine_of(url) == SQLITE:
        await asyncio.to_thread(_copy, _file(url), target)
        return await described(f"sqlite+aiosqlite:///{target}")
    database = Database(url)
    try:
        async with database.engine.connect() as connection:
            frozen = await connection.execution_options(isolation_level="REPEATABLE READ")
            name = await frozen.scalar(text("SELECT pg_export_snapshot()"))
            told = await _described(frozen)
            await pg_tool.run(
                *("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges"),
                *(f"--snapshot={name}", f"--file={target}"),
            )
            return told
    finally:
        await database.close()


async def put_back(url: str, source: Path) -> None:
    """Make the empty records at `url` what the snapshot in `source` holds; `source` may go."""
    if engine_of(url) == SQLITE:
        await asyncio.to_thread(_place, source, _file(url))
        return
    await pg_tool.run(
        *("pg_restore", url, "--no-owner", "--no-privileges", "--exit-on-error"),
        *("--single-transaction", f"--dbname={make_url(url).database}", str(source)),
    )


async def described(url: str) -> Snapshot:
    """What the records at `url` hold now."""
    database = Database(url)
    try:
        async with database.engine.connect() as connection:
            return await _described(connection)
    finally:
        await database.close()


async def _described(connection: AsyncConnection) -> Snapshot:
    session = AsyncSession(bind=connection)
    heads = await ledger.chains(session)
    listed = [[chain, head.seq, head.hash] for chain, head in heads]
    return Snapshot(
        engine=connection.dialect.name,
        revisions=tuple(sorted(await revisions_on(connection))),
        chains=len(heads),
        entries=sum(head.seq for _, head in heads),
        heads=sha256(canonical(listed)).hexdigest(),
    )


def _file(url: str) -> Path:
    return Path(make_url(url).database or "")


def _copy(file: Path, target: Path) -> None:
    """SQLite's online backup, all pages in one step: one instant, and writers do not wait."""
    with (
        closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy, pages=-1)


def _place(source: Path, file: Path) -> None:
    """Give a whole file its name at once; one that another process made meanwhile stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size == 0:
        file.unlink()
    with source.open("rb") as written:
        os.fsync(written.fileno())
    file.hardlink_to(source)
    source.unlink()
