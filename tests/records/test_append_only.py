# ruff: noqa: S608  (attacks are written as SQL, from the constants below)
"""Attacks on what must not change, by a connection that knows the tables."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Integer, text
from sqlalchemy.exc import DBAPIError

from crisis.model.errors import NotFound
from crisis.records import blob, checkpoint, content
from crisis.records.act import Act, Records
from crisis.records.content import ContentKind
from crisis.records.schema.base import Base, Instant, new_id
from crisis.records.schema.incident import Incident
from crisis.records.schema.publication import Publication
from crisis.records.schema.statement import StatementRow
from crisis.records.seal import Seal

SEAL = Seal(secret=b"a secret of the tests")
CHANGED = {
    "ledger": "body",
    "checkpoints": "body",
    "publications": "number",
    "blobs": "media_type",
}
"""The guarded tables, each with a column that an attacker would like to change."""


def _filler(column: Column[Any], at: datetime) -> object:
    """Something for a required column that no attack looks at."""
    if isinstance(column.type, Instant):
        return at
    if isinstance(column.type, Boolean | Integer):
        return 1
    return [] if column.type.python_type is dict else "x"


async def _add(act: Act, kind: type[Base], **told: object) -> None:
    required = [c for c in kind.__table__.columns if not c.nullable and c.default is None]
    filled = {column.name: _filler(column, act.real) for column in required}
    act.session.add(kind(**{**filled, **told}))
    await act.session.flush()


@pytest.fixture
async def kept(records: Records) -> Records:
    """Records in which every guarded table has one row."""
    one = new_id()
    async with records.act() as act:
        await content.activate(act, ContentKind.LAW, "law", b"rules: []")
        await checkpoint.sign_now(act, SEAL)
        await _add(act, Incident, id=one)
        await _add(act, StatementRow, id=one, incident_id=one)
        ids = {"id": one, "incident_id": one, "statement_id": one}
        await _add(act, Publication, slug="tin", **ids)
    return records


async def _rows(records: Records, table: str) -> list[tuple[object, ...]]:
    async with records.look() as session:
        return [tuple(row) for row in await session.execute(text(f"SELECT * FROM {table}"))]


async def _attack(records: Records, table: str, statement: str) -> None:
    before = await _rows(records, table)
    with pytest.raises(DBAPIError, match=r"append-only|duplicate key"):
        async with records.act() as act:
            await act.session.execute(text(statement))
    assert before
    assert await _rows(records, table) == before


def _copied(table: str, *, verb: str = "INSERT", **values: str) -> str:
    """SQL that writes a standing row again with other `values`."""
    columns = [column.name for column in Base.metadata.tables[table].columns]
    taken = ", ".join(values.get(name, name) for name in columns)
    row = f"SELECT {taken} FROM {table} LIMIT 1"
    return f"{verb} INTO {table} ({', '.join(columns)}) {row}"


def _forged(table: str) -> dict[str, str]:
    return {"content": "'forged'"} if table == "blobs" else {CHANGED[table]: "2"}


@pytest.mark.parametrize("table", CHANGED)
async def test_a_row_is_not_changed(kept: Records, table: str) -> None:
    await _attack(kept, table, f"UPDATE {table} SET {CHANGED[table]} = {CHANGED[table]}")


@pytest.mark.parametrize("table", CHANGED)
async def test_a_row_is_not_deleted(kept: Records, table: str) -> None:
    await _attack(kept, table, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ["checkpoints", "publications"])
async def test_a_row_is_not_written_over(kept: Records, table: str) -> None:
    await _attack(kept, table, _copied(table, **_forged(table)))


async def test_an_entry_or_file_is_not_written_over(kept: Records) -> None:
    await _attack(kept, "ledger", _copied("ledger", body="'forged'"))
    forged = "decode('00', 'hex')" if not kept.database.sqlite else "'forged'"
    await _attack(kept, "blobs", _copied("blobs", content=forged))


async def test_an_insert_that_updates_what_it_meets_changes_nothing(kept: Records) -> None:
    meets = " ON CONFLICT (chain, seq) DO UPDATE SET body = 'forged'"
    upsert = f"{_copied('ledger').removesuffix(' LIMIT 1')} WHERE seq > 0{meets}"
    await _attack(kept, "ledger", upsert)


async def test_kept_bytes_are_emptied_but_never_exchanged(kept: Records) -> None:
    await _attack(kept, "blobs", "UPDATE blobs SET content = 'other'")
    await _attack(kept, "blobs", "UPDATE blobs SET content = '', sha256 = 'other'")
    async with kept.act() as act:
        await act.session.execute(text("UPDATE blobs SET content = ''"))
        digest = await blob.keep(act, b"rules: []", "application/yaml")
        with pytest.raises(NotFound, match="erased"):
            await blob.fetch(act.session, digest)


class TestOnSqlite:
    """What `INSERT OR REPLACE` could walk past."""

    @pytest.fixture
    def records(self, sqlite_records: Records) -> Records:
        return sqlite_records

    @pytest.mark.parametrize("table", CHANGED)
    async def test_a_row_is_not_replaced(self, kept: Records, table: str) -> None:
        await _attack(kept, table, _copied(table, verb="INSERT OR REPLACE", **_forged(table)))

    async def test_a_publication_is_not_replaced_by_its_address(self, kept: Records) -> None:
        other = _copied("publications", verb="INSERT OR REPLACE", id=f"'{new_id()}'")
        await _attack(kept, "publications", other)

    @pytest.mark.parametrize("table", ["ledger", "publications", "blobs"])
    async def test_no_row_has_a_second_key_by_which_to_replace_it(
        self, kept: Records, table: str
    ) -> None:
        with pytest.raises(DBAPIError, match="no such column: rowid"):
            await _rows(kept, f"{table} WHERE rowid = 1")


class TestOnPostgresql:
    """What an owner of the tables could try there."""

    @pytest.fixture
    def records(self, postgresql_records: Records) -> Records:
        return postgresql_records

    @pytest.mark.parametrize("table", CHANGED)
    async def test_a_table_is_not_emptied(self, kept: Records, table: str) -> None:
        await _attack(kept, table, f"TRUNCATE {table} CASCADE")

    async def test_a_session_that_plays_the_replica_is_refused_too(self, kept: Records) -> None:
        before = await _rows(kept, "ledger")
        with pytest.raises(DBAPIError, match="append-only"):
            await _delete_as_replica(kept)
        assert await _rows(kept, "ledger") == before


async def _delete_as_replica(records: Records) -> None:
    async with records.act() as act:
        await act.session.execute(text("SET LOCAL session_replication_role = replica"))
        await act.session.execute(text("DELETE FROM ledger"))
