"""The sheet of what tells copies apart: with it the database writes the copies of a row itself.

A temporary table with one line for each copy and one column for each value that is its own. One
`INSERT … SELECT` over it writes the copies of one row; keys are made of the copy's number there.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    cast,
    func,
    insert,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

HEX = 8
"""So many hexadecimal digits of a key are the copy's number; the rest is the original's."""

CACHE_KIB = 262_144
"""Keys of copies fall everywhere into an index: most of it has to be in SQLite's memory."""

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """A value that each copy has of its own, by the copy's place on the sheet."""

    column: str
    type: TypeEngine[Any]
    value: Callable[[Any], Any]


class Sheet:
    """The sheet for copies of the incident `code`, whose rows have the keys `ids`."""

    def __init__(self, code: str, ids: Sequence[str], own: Sequence[Own], *, sqlite: bool) -> None:
        self._sqlite = sqlite
        self._own = own
        columns = [Column(one.column, one.type) for one in own]
        self._table = Table(
            "copy_sheet",
            MetaData(),
            Column("prefix", String(HEX)),
            Column("code", String(300)),
            *columns,
            prefixes=["TEMPORARY"],
        )
        lines = self._table.c
        self._names: dict[str, ColumnElement[str]] = {one: lines.prefix + one[HEX:] for one in ids}
        self._names[code] = lines.code

    async def begin(self, session: AsyncSession) -> None:
        """Lay the sheet out in this transaction."""
        connection = await session.connection()
        if self._sqlite:
            await connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KIB}")
        await connection.run_sync(self._table.create)

    async def end(self, session: AsyncSession) -> None:
        """Take it away."""
        await (await session.connection()).run_sync(self._table.drop)

    async def fill(self, session: AsyncSession, named: Sequence[Any]) -> None:
        """One line for each of the copies `named`, which have a `number` and a `code`."""
        lines = [
            {"prefix": f"{one.number:0{HEX}x}", "code": one.code}
            | {own.column: own.value(one) for own in self._own}
            for one in named
        ]
        await session.execute(insert(self._table), lines)

    async def write(self, session: AsyncSession, table: Table, row: Row, own: Row) -> None:
        """Write the copies of `row`; `own` names the column of the sheet of what is their own."""
        made = {
            column: self._table.c[own[column.key]]
            if column.key in own
            else self._copied(column, row[column.key])
            for column in table.columns
        }
        copies = select(*made.values()).select_from(self._table)
        await session.execute(insert(table).from_select(list(made), copies))

    def _copied(self, column: Column[Any], value: Any) -> ColumnElement[Any]:
        if isinstance(value, dict | list):
            return self._json(column, json.dumps(value, ensure_ascii=False))
        if isinstance(value, str) and value in self._names:
            named = self._names[value]
            if not isinstance(column.type, Uuid):
                return named
            # SQLite keeps a key as its digits alone, PostgreSQL as a type of its own.
            digits = func.replace(named, "-", "")
            return type_coerce(digits, column.type) if self._sqlite else cast(named, column.type)
        return literal(value, column.type)

    def _json(self, column: Column[Any], told: str) -> ColumnElement[Any]:
        text: ColumnElement[str] = literal(told, Text())
        for name, named in self._names.items():
            if f'"{name}"' in told:
                text = func.replace(text, f'"{name}"', '"' + named + '"')
        return type_coerce(text, JSON()) if self._sqlite else cast(text, column.type)
