"""Write the first migration anew from the tables: `python -m crisis.records.migrations.first`.

Only until the first release; after it a change is a migration of its own.
"""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import MigrateOperation, MigrationScript
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from crisis.model.ledger import NOTHING
from crisis.records.act import OFFICE_CHAIN
from crisis.records.database import Database
from crisis.records.migrate import FOLDER, alembic_config

REVISION = "0001"


class Guard(MigrateOperation):
    """The triggers of `append_only` and the head of the office's chain."""


@renderers.dispatch_for(Guard)
def _render(_context: AutogenContext, _op: Guard) -> list[str]:
    values = f"('{OFFICE_CHAIN}', 0, '{NOTHING}')"
    return [
        "append_only.guard(op.get_bind())",
        "# Two first writers of the office's chain meet on this row.",
        f'op.execute("INSERT INTO chain_heads (chain, seq, hash) VALUES {values}")',  # noqa: S608  (constants)
    ]


class Nothing(MigrateOperation):
    """There is no way back: it would drop the record."""


@renderers.dispatch_for(Nothing)
def _refuse(_context: AutogenContext, _op: Nothing) -> list[str]:
    return [
        'message = "before the first revision there are no records"',
        "raise NotImplementedError(message)",
    ]


def _with_guard(
    _context: MigrationContext, _revision: object, scripts: list[MigrationScript]
) -> None:
    (script,) = scripts
    script.imports.add("from crisis.records.migrations import append_only")
    if script.upgrade_ops is not None and script.downgrade_ops is not None:
        script.upgrade_ops.ops.append(Guard())
        script.downgrade_ops.ops[:] = [Nothing()]


def _write(connection: Connection) -> None:
    config = alembic_config(connection)
    config.attributes["all_new"] = True
    command.revision(
        config,
        message="All tables",
        autogenerate=True,
        rev_id=REVISION,
        process_revision_directives=_with_guard,
    )


async def write_first() -> None:
    """Replace `versions/0001_*.py` by what the tables are now."""
    for old in (FOLDER / "versions").glob(f"{REVISION}_*.py"):
        old.unlink()
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'empty.db'}")
        async with database.engine.connect() as connection, connection.begin():
            await connection.run_sync(_write)
        await database.close()


if __name__ == "__main__":
    asyncio.run(write_first())
