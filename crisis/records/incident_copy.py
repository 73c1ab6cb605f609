"""Copies of one incident with everything that belongs to it, its ledger chain included.

Every table that leads to the incident by foreign keys is followed, so that a table which comes
later is copied too. What is due in a copy is due `LATER`: copies are there to be at rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import Table, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.canonical import moment
from crisis.model.ledger import Entry, Head, next_entry, read_entry
from crisis.records import ledger
from crisis.records.act import Records
from crisis.records.ledger_bulk import put_chains
from crisis.records.schema.base import Base
from crisis.records.schema.incident import Incident

LATER = timedelta(days=60)
AT_A_TIME = 200
INCIDENTS = Base.metadata.tables[Incident.__tablename__]
ACTIONS = {action.value: action for action in Action}
MOVED = {"timers": "due_at", "deadlines": "due_at"}

Row = dict[str, Any]
Found = dict[Table, list[Row]]


async def copy_incident(records: Records, code: str, count: int) -> None:
    """Write `count` open copies of the incident, as they would lie after as many reports."""
    async with records.look() as session:
        found = await _all_of(session, code)
        told = [read_entry(one) for one in await ledger.entries(session, code)]
    numbers = range(count)
    for begin in numbers[::AT_A_TIME]:
        async with records.act() as act:
            copies = [_named(found, code, n) for n in numbers[begin : begin + AT_A_TIME]]
            for table, rows in found.items():
                made = [_copy(table, row, names) for names in copies for row in rows]
                await act.session.execute(insert(table), made)
            await put_chains(act.session, (e for names in copies for e in _chain(told, names)))


async def _all_of(session: AsyncSession, code: str) -> Found:
    """The incident's rows of every table, those that others refer to first."""
    first = await session.execute(select(INCIDENTS).where(INCIDENTS.c.code == code))
    found: Found = {INCIDENTS: [dict(row) for row in first.mappings()]}
    for table in Base.metadata.sorted_tables:
        key = next((k for k in table.foreign_keys if k.column.table in found), None)
        if key is not None and table not in found:
            owners = [row[key.column.key] for row in found[key.column.table]]
            rows = await session.execute(select(table).where(key.parent.in_(owners)))
            found[table] = [dict(row) for row in rows.mappings()]
    return {table: rows for table, rows in found.items() if rows}


def _named(found: Found, code: str, number: int) -> Mapping[str, str]:
    """The new name of every row that has one of its own, and of the incident."""
    ids = [row["id"] for rows in found.values() for row in rows if "id" in row]
    return {code: f"{code}-{number:06}"} | {old: str(uuid4()) for old in ids}


def _copy(table: Table, row: Row, names: Mapping[str, str]) -> Row:
    made = {name: _renamed(value, names) for name, value in row.items()}
    for name in _own(table):
        if isinstance(row[name], str) and made[name] == row[name]:
            made[name] = sha256(f"{row[name]} {min(names.values())}".encode()).hexdigest()
    if table.name in MOVED:
        made[MOVED[table.name]] += LATER
    return made


def _own(table: Table) -> list[str]:
    """Columns whose value no other row has."""
    keys = list(table.primary_key.columns)
    alone = keys if len(keys) == 1 else []
    return [c.key for c in table.columns if c.unique or c in alone]


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    match value:
        case str():
            return names.get(value, value)
        case dict():
            return {key: _renamed(one, names) for key, one in value.items()}
        case list():
            return [_renamed(one, names) for one in value]
    return value


def _chain(told: Sequence[Entry], names: Mapping[str, str]) -> Iterator[Entry]:
    head: Head | None = None
    for one in told:
        entry = next_entry(
            chain=names[one.chain],
            head=head,
            at=moment(one.at),
            actor=one.actor,
            action=ACTIONS[one.action],
            run=one.run,
            data=_renamed(dict(one.data), names),
        )
        head = entry.head
        yield entry
