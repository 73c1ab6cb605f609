"""Insert where nothing stands yet: the two engines' `ON CONFLICT`, in one place."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.conditional import won
from crisis.records.schema.base import Base


async def put_new(session: AsyncSession, table: type[Base], row: Mapping[str, Any]) -> bool:
    """Insert `row` unless its key stands already; whether it was inserted.

    Of two callers at once the second waits for the first one's commit, then inserts nothing.
    """
    return await won(session, _insert(session, table).values(**row).on_conflict_do_nothing())


async def put(
    session: AsyncSession,
    table: type[Base],
    row: Mapping[str, Any],
    *,
    only_if: ColumnElement[bool] | None = None,
) -> bool:
    """Insert `row`, or change what stands under its key where that fulfils `only_if`.

    Whether anything was written.
    """
    keys = [column.name for column in inspect(table).primary_key]
    fresh = _insert(session, table).values(**row)
    changed = {name: value for name, value in row.items() if name not in keys}
    return await won(
        session, fresh.on_conflict_do_update(index_elements=keys, set_=changed, where=only_if)
    )


def _insert(session: AsyncSession, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
