"""Triggers that keep the record append-only, on both engines; the first migration sets them.

On SQLite `INSERT OR REPLACE` deletes without asking a DELETE trigger, so an insert over a standing
key is refused too, and these tables have no rowid by which a row could be replaced under another
key (`checkpoints` has its number for one).
"""

from collections.abc import Mapping

from sqlalchemy import Connection

KEYS: Mapping[str, tuple[str, ...]] = {
    "ledger": ("chain, seq",),
    "checkpoints": ("seq",),
    "publications": ("id", "slug"),
    "blobs": ("sha256",),
}
"""Guarded tables and the columns under which each row stands once."""

ERASED = """NEW.sha256 = OLD.sha256 AND NEW.size = OLD.size AND NEW.media_type = OLD.media_type
    AND length(NEW.content) = 0"""
"""Bytes may be emptied under a numbered decision; that they were there, and their hash, stays."""

UPDATE_ALLOWED: Mapping[str, str] = {"blobs": ERASED}
SAME_BYTES: Mapping[str, str] = {"blobs": "content = NEW.content"}
"""An insert that brings what stands there already may be ignored by its statement."""


def guard(connection: Connection) -> None:
    """Set the triggers of every guarded table."""
    if connection.dialect.name == "sqlite":
        statements = [line for table in KEYS for line in _sqlite(table)]
    else:
        statements = [_REFUSE, *(line for table in KEYS for line in _postgresql(table))]
    for statement in statements:
        connection.exec_driver_sql(statement)


def _sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    allowed = UPDATE_ALLOWED.get(table)
    unless = f" WHEN NOT ({allowed})" if allowed else ""
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}{unless} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} WHEN {_stands(table)} {refuse}",
    ]


def _stands(table: str) -> str:
    """SQL that is true where a new row would meet a standing one."""
    meets = " OR ".join(f"({key}) = ({_new(key)})" for key in KEYS[table])
    same = SAME_BYTES.get(table)
    other = f" AND NOT ({same})" if same else ""
    return f"EXISTS (SELECT 1 FROM {table} WHERE ({meets}){other})"  # noqa: S608  (names above)


def _new(key: str) -> str:
    return ", ".join(f"NEW.{column.strip()}" for column in key.split(","))


_REFUSE = """
CREATE FUNCTION phatngon_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def _postgresql(table: str) -> list[str]:
    refuse = "EXECUTE FUNCTION phatngon_refuse()"
    allowed = UPDATE_ALLOWED.get(table)
    unless = f"WHEN (NOT ({allowed})) " if allowed else ""
    made = [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {unless}{refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} {refuse}",
    ]
    # ALWAYS: they also fire for a session that sets session_replication_role to replica.
    return made + [
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{deed}"
        for deed in ("update", "delete", "truncate")
    ]


def missing(connection: Connection) -> list[str]:
    """The names of triggers that are gone, or on PostgreSQL do not fire for every session."""
    embedded = connection.dialect.name == "sqlite"
    asked = _SQLITE_TRIGGERS if embedded else _POSTGRESQL_TRIGGERS
    deeds = ("update", "delete", "insert" if embedded else "truncate")
    there = set(connection.exec_driver_sql(asked).scalars())
    return sorted({f"{table}_no_{deed}" for table in KEYS for deed in deeds} - there)


_SQLITE_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
_POSTGRESQL_TRIGGERS = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A' AND NOT tgisinternal"
