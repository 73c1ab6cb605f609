"""A full disk for the records on SQLite: the file may not grow while a mark lies in the folder."""

from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.base import Engine

MARK = "disk.full"
RECORDS = "records.db"
NO_LIMIT = 2**31 - 2


def narrow(folder: Path) -> None:
    """Let every transaction of this process ask the mark first; without one nothing changes."""
    mark = folder / MARK
    narrowed = False

    @event.listens_for(Engine, "begin")
    def limit(connection: Connection) -> None:
        nonlocal narrowed
        file = connection.engine.url.database or ""
        if not file.endswith(RECORDS) or not (narrowed or mark.exists()):
            return
        narrowed = mark.exists()
        # No smaller than the file is now: SQLite answers SQLITE_FULL as a full disk would.
        pages = 1 if narrowed else NO_LIMIT
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
