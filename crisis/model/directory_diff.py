"""What an import would change, row by row: shown before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from crisis.model.directory_table import COLUMNS, Row, Tables


class ChangeKind(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class RowChange:
    """One row that differs; `fields` are (column, before, after) where it is changed."""

    table: str
    key: str
    kind: ChangeKind
    fields: tuple[tuple[str, str, str], ...] = ()


def differences(before: Tables, after: Tables) -> tuple[RowChange, ...]:
    """The rows that differ in the tables that `after` has, in the order of the tables."""
    found: list[RowChange] = []
    for table in COLUMNS:
        if table in after:
            found += _of_table(table, before.get(table, ()), after[table])
    return tuple(found)


def _of_table(table: str, before: Sequence[Row], after: Sequence[Row]) -> list[RowChange]:
    old, new = _keyed(table, before), _keyed(table, after)
    found = []
    for key, row in new.items():
        if key not in old:
            found.append(RowChange(table=table, key=key, kind=ChangeKind.ADDED))
            continue
        fields = tuple(
            (column, old[key].get(column, ""), row.get(column, ""))
            for column in COLUMNS[table]
            if old[key].get(column, "") != row.get(column, "")
        )
        if fields:
            found.append(RowChange(table=table, key=key, kind=ChangeKind.CHANGED, fields=fields))
    gone = [key for key in old if key not in new]
    return found + [RowChange(table=table, key=key, kind=ChangeKind.REMOVED) for key in gone]


def _keyed(table: str, rows: Sequence[Row]) -> dict[str, Row]:
    """Rows by id; an agency recurs once per period, so its first day is part of its name."""
    if table != "agencies":
        return {row[COLUMNS[table][0]]: row for row in rows}
    return {f"{row['id']}@{row.get('valid_from') or 'start'}": row for row in rows}
