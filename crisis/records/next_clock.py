"""Each incident carries when its next clock is due, so that the board reads an index in order.

Kept in the transaction that changes a deadline, whoever changes it: after each flush the incidents
of the deadlines in it are set anew from their rows.
"""

from collections.abc import Iterable

from sqlalchemy import func, inspect, literal, select, update
from sqlalchemy.orm import Session

from crisis.records.schema.base import Base, Instant
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import FAR, Incident

COUNTING = ("running", "missed")
"""States in which a deadline still stands on the board."""

INCIDENTS = Base.metadata.tables[Incident.__tablename__]


def keep(session: Session, _context: object) -> None:
    """After a flush: set the incidents of the deadlines in it anew."""
    touched = {*session.new, *session.dirty, *session.deleted}
    wanted = set(_incidents(row for row in touched if isinstance(row, DeadlineRow)))
    if not wanted:
        return
    earliest = (
        select(func.min(DeadlineRow.due_at))
        .where(DeadlineRow.incident_id == INCIDENTS.c.id, DeadlineRow.state.in_(COUNTING))
        .scalar_subquery()
    )
    # No edit by a person: the version, their optimistic lock, stays.
    session.connection().execute(
        update(INCIDENTS)
        .where(INCIDENTS.c.id.in_(sorted(wanted)))
        .values(clock_at=func.coalesce(earliest, literal(FAR, Instant())))
    )


def _incidents(rows: Iterable[DeadlineRow]) -> Iterable[str]:
    """The incidents that these deadlines belong to, or belonged to before."""
    for row in rows:
        told = inspect(row).attrs.incident_id
        yield from (key for key in (told.value, *(told.history.deleted or ())) if key)
