"""Copies of one incident with everything that belongs to it, its ledger chain included.

Every table that leads to the incident by foreign keys is followed, so that a table which comes
later is copied too. What is due in a copy is due `LATER`: copies are there to be at rest.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.ledger import read_entry
from crisis.model.link import title_key
from crisis.records import ledger
from crisis.records.act import Records
from crisis.records.chain_copy import Cut, cut, told_again
from crisis.records.copy_sheet import HEX, Own, Sheet
from crisis.records.ledger_bulk import put_lines
from crisis.records.schema.base import Base
from crisis.records.schema.incident import FAR, Incident
from crisis.records.schema.search_word import SearchWord
from crisis.records.search_word import rows_of

LATER = timedelta(days=60)
AT_A_TIME = 1_000
INCIDENTS = Base.metadata.tables[Incident.__tablename__]
WORDS = Base.metadata.tables[SearchWord.__tablename__]
DUE = {"timers": "due_at", "deadlines": "due_at", "incidents": "clock_at"}
APART = timedelta(seconds=1)
"""So far apart are the instants of one copy and the next, so that copies have an order."""

SHIFTED = {"incidents": ("opened_at", "stage_since")}
TITLED = {"incidents": ("title", "title_en"), "reports": ("title", "title_key", "link_key")}

Row = dict[str, Any]
Found = dict[Table, list[Row]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """How copy `number` is told apart: its code, the new names of all keys, its title if any.

    `due` is the office time at which whatever the copy waits for is due; none: `LATER`.
    """

    number: int
    code: str
    names: Mapping[str, str]
    title: str | None = None
    due: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Copies:
    """Which copies to make: these numbers, each with a title of its own if `title` gives one."""

    numbers: range
    title: Callable[[int], str] | None = None
    due: datetime | None = None


async def copy_incident(records: Records, code: str, copies: Copies) -> int:
    """Write open copies of the incident, as after as many reports; how many entries they have."""
    async with records.look() as session:
        found = await _all_of(session, code)
        told = [read_entry(one) for one in await ledger.entries(session, code)]
    ids = [row["id"] for rows in found.values() for row in rows if "id" in row]
    cuts, entries = cut(told, [code, *ids]), 0
    own = _own_values(found, {code, *ids}, titled=copies.title is not None)
    sheet = Sheet(code, ids, list(own.values()), sqlite=records.database.sqlite)
    for begin in copies.numbers[::AT_A_TIME]:
        several = range(begin, min(begin + AT_A_TIME, copies.numbers.stop))
        named = [_naming(copies, code, ids, number) for number in several]
        async with records.act() as act:
            await sheet.begin(act.session)
            await sheet.fill(act.session, named)
            for table, rows in found.items():
                for place, row in enumerate(rows):
                    mine = {
                        key: one.column
                        for (name, at, key), one in own.items()
                        if (name, at) == (table.name, place)
                    }
                    await sheet.write(act.session, table, row, mine)
            await sheet.end(act.session)
            words = [row for naming in named for row in _words(found, code, naming)]
            await act.session.execute(insert(WORDS), words)
            entries += await put_lines(act.session, _lines(code, cuts, named))
    return entries


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
    # The words of a copy follow from its own titles.
    found.pop(WORDS, None)
    return {table: rows for table, rows in found.items() if rows}


def _naming(copies: Copies, code: str, ids: list[str], number: int) -> Naming:
    """A copy's keys begin with its number and end as the original's, which are random there."""
    prefix, copy = f"{number:0{HEX}x}", f"{code}-{number:06}"
    names = {old: prefix + old[HEX:] for old in ids} | {code: copy}
    title = copies.title(number) if copies.title else None
    return Naming(number=number, code=copy, names=names, title=title, due=copies.due)


def _own_values(found: Found, names: set[str], *, titled: bool) -> dict[tuple[str, int, str], Own]:
    """What each copy has of its own and no key is: by table, place of the row, and column."""
    made: dict[tuple[str, int, str], Own] = {}
    for table, rows in found.items():
        for place, row in enumerate(rows):
            for column in table.columns:
                own = _own_value(table, column.key, row, names, titled=titled)
                if own is not None:
                    name = f"own_{len(made)}"
                    made[table.name, place, column.key] = Own(
                        column=name, type=column.type, value=own
                    )
    return made


def _own_value(
    table: Table, name: str, row: Row, names: set[str], *, titled: bool
) -> Callable[[Naming], Any] | None:
    value = row[name]
    if titled and name in TITLED.get(table.name, ()):
        return partial(_title, name, value)
    if name == DUE.get(table.name) and value != FAR:
        return partial(_due, value)
    if name in SHIFTED.get(table.name, ()):
        return partial(_shifted, value)
    if name in _OWN[table] and isinstance(value, str) and value not in names:
        return partial(_hashed, value)
    return None


def _title(name: str, value: str | None, naming: Naming) -> str | None:
    """What a title changes: an affair's and its reports', whose keys follow from it."""
    title = naming.title or ""
    if name == "title_key":
        return title_key(title)
    if name == "link_key":
        return f"{value}/{title_key(title)}" if value else None
    return title


def _due(value: datetime, naming: Naming) -> datetime:
    return naming.due or _shifted(value, naming) + LATER


def _shifted(value: datetime, naming: Naming) -> datetime:
    return value + APART * naming.number


def _hashed(value: str, naming: Naming) -> str:
    return sha256(f"{value} {naming.number}".encode()).hexdigest()


def _own(table: Table) -> list[str]:
    """Columns whose value no other row has."""
    keys = list(table.primary_key.columns)
    alone = keys if len(keys) == 1 else []
    return [c.key for c in table.columns if c.unique or c in alone]


_OWN = {table: _own(table) for table in Base.metadata.sorted_tables}


def _words(found: Found, code: str, naming: Naming) -> list[dict[str, str]]:
    (incident,) = found[INCIDENTS]
    titles = [incident["title"], incident["title_en"]]
    titles += [
        row["title"] for table, rows in found.items() if table.name == "reports" for row in rows
    ]
    given = [naming.title] if naming.title is not None else titles
    return rows_of(naming.names[incident["id"]], [naming.names[code], *given])


def _lines(code: str, cuts: tuple[Cut, ...], named: list[Naming]) -> Iterator[Any]:
    for naming in named:
        yield from told_again(naming.names[code], cuts, naming.names)
