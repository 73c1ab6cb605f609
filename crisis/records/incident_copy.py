"""Copies of one incident with everything that belongs to it, its ledger chain included.

Every table that leads to the incident by foreign keys is followed, so that a table which comes
later is copied too. What is due in a copy is due `LATER`: copies are there to be at rest.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.ledger import read_entry
from crisis.model.link import title_key
from crisis.records import ledger
from crisis.records.act import Records
from crisis.records.chain_copy import Cut, cut, told_again
from crisis.records.ledger_bulk import put_lines
from crisis.records.schema.base import Base
from crisis.records.schema.incident import FAR, Incident
from crisis.records.schema.search_word import SearchWord
from crisis.records.search_word import rows_of

LATER = timedelta(days=60)
AT_A_TIME = 200
INCIDENTS = Base.metadata.tables[Incident.__tablename__]
WORDS = Base.metadata.tables[SearchWord.__tablename__]
DUE = {"timers": "due_at", "deadlines": "due_at", "incidents": "clock_at"}
APART = timedelta(seconds=1)
"""So far apart are the instants of one copy and the next, so that copies have an order."""

Row = dict[str, Any]
Found = dict[Table, list[Row]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """How copy `number` is told apart: the new name of every row, and its title where it has one.

    `due` is the office time at which whatever the copy waits for is due; none: `LATER`.
    """

    number: int
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
    for begin in copies.numbers[::AT_A_TIME]:
        several = range(begin, min(begin + AT_A_TIME, copies.numbers.stop))
        named = [_naming(copies, code, ids, number) for number in several]
        async with records.act() as act:
            for table, rows in found.items():
                made = [_copy(table, row, naming) for naming in named for row in rows]
                await act.session.execute(insert(table), made)
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
    names = {old: f"{number:08x}{old[8:]}" for old in ids}
    title = copies.title(number) if copies.title else None
    return Naming(
        number=number,
        names={code: f"{code}-{number:06}"} | names,
        title=title,
        due=copies.due,
    )


def _copy(table: Table, row: Row, naming: Naming) -> Row:
    names = naming.names
    made = {name: _renamed(value, names) for name, value in row.items()}
    for name in _OWN[table]:
        if isinstance(row[name], str) and made[name] == row[name]:
            made[name] = sha256(f"{row[name]} {naming.number}".encode()).hexdigest()
    due = DUE.get(table.name)
    if due is not None and made[due] != FAR:
        made[due] = naming.due or made[due] + LATER + APART * naming.number
    for name in _SHIFTED.get(table.name, ()):
        made[name] += APART * naming.number
    if naming.title is not None:
        made |= _titled(table, made, naming.title)
    return made


_SHIFTED = {"incidents": ("opened_at", "stage_since")}


def _titled(table: Table, row: Row, title: str) -> Row:
    """What a title changes: an affair's and its reports', whose keys follow from it."""
    if table is INCIDENTS:
        return {"title": title, "title_en": title}
    if table.name != "reports":
        return {}
    link = f"{row['link_key']}/{title_key(title)}" if row["link_key"] else None
    return {"title": title, "title_key": title_key(title), "link_key": link}


def _own(table: Table) -> list[str]:
    """Columns whose value no other row has."""
    keys = list(table.primary_key.columns)
    alone = keys if len(keys) == 1 else []
    return [c.key for c in table.columns if c.unique or c in alone]


_OWN = {table: _own(table) for table in Base.metadata.sorted_tables}


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    match value:
        case str():
            return names.get(value, value)
        case dict():
            return {key: _renamed(one, names) for key, one in value.items()}
        case list():
            return [_renamed(one, names) for one in value]
    return value


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
