"""What every table shares: keys, instants, JSON."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, DateTime, ForeignKey, MetaData, String, Text, Uuid
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant: TIMESTAMPTZ on PostgreSQL, naive UTC text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times; hand SQLite the UTC wall time."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "an instant needs a time zone"
            raise ValueError(msg)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC instant."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Root of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads this class attribute)
        datetime: Instant(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        list[dict[str, Any]]: JSON(),
    }


WITHOUT_ROWID = {"sqlite_with_rowid": False}
"""Table argument: a row of SQLite can then be replaced by its key only, which triggers guard."""


def new_id() -> str:
    """A fresh key."""
    return str(uuid4())


def is_id(written: str) -> bool:
    """Whether `written` is a key; PostgreSQL fails where it is asked for anything else."""
    try:
        UUID(written)
    except ValueError:
        return False
    return True


Key = Annotated[str, mapped_column(Uuid(as_uuid=False), primary_key=True, default=new_id)]
Ref = Annotated[str, mapped_column(Uuid(as_uuid=False))]
MaybeRef = Annotated[str | None, mapped_column(Uuid(as_uuid=False))]
Short = Annotated[str, mapped_column(String(300))]
Hash = Annotated[str, mapped_column(String(64))]
MaybeHash = Annotated[str | None, mapped_column(String(64))]
Long = Annotated[str, mapped_column(Text)]
IncidentRef = Annotated[
    str, mapped_column(Uuid(as_uuid=False), ForeignKey("incidents.id"), index=True)
]
MaybeIncidentRef = Annotated[
    str | None, mapped_column(Uuid(as_uuid=False), ForeignKey("incidents.id"), index=True)
]
AssignmentRef = Annotated[
    str, mapped_column(Uuid(as_uuid=False), ForeignKey("assignments.id"), index=True)
]
MaybeAssignmentRef = Annotated[
    str | None, mapped_column(Uuid(as_uuid=False), ForeignKey("assignments.id"), index=True)
]
StatementRef = Annotated[
    str, mapped_column(Uuid(as_uuid=False), ForeignKey("statements.id"), index=True)
]
UserRef = Annotated[str, mapped_column(Uuid(as_uuid=False), ForeignKey("users.id"), index=True)]
