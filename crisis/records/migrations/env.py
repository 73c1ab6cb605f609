"""How Alembic reaches the records: a connection handed over by `migrate`, or the configured one."""

import asyncio
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from crisis.records import schema
from crisis.records.database import Database
from crisis.records.schema.base import Base, Instant
from crisis.settings import settings


def _rendered(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    # A migration is frozen in time: it names the column's type, not our class, which may change.
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=_rendered,
        # SQLite changes a table by copying it; tables that are new need no such detour.
        render_as_batch=not context.config.attributes.get("all_new", False),
    )
    with context.begin_transaction():
        context.run_migrations()


async def _run_configured() -> None:
    database = Database(settings().records_url)
    async with database.engine.connect() as connection:
        writing = await connection.execution_options(phatngon_writes=True)
        async with writing.begin():
            await writing.run_sync(_run)
    await database.close()


if not schema.__all__ or context.is_offline_mode():
    message = "migrations need a database: offline SQL is not offered"
    raise NotImplementedError(message)
if "connection" in context.config.attributes:
    _run(context.config.attributes["connection"])
else:
    asyncio.run(_run_configured())
