"""The words by which incidents are found: kept with every title that is written or amended."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, inspect, select
from sqlalchemy.orm import Session

from crisis.model.spelling import folded
from crisis.records.schema.base import Base
from crisis.records.schema.incident import Incident, Report
from crisis.records.schema.search_word import SearchWord

LONGEST = 60
WORDS = Base.metadata.tables[SearchWord.__tablename__]


def words_of(*texts: str) -> frozenset[str]:
    """The words of these texts as they are looked up: folded, cut where they are too long."""
    return frozenset(word[:LONGEST] for word in folded(" ".join(texts)).split())


def rows_of(incident_id: str, texts: Iterable[str]) -> list[dict[str, str]]:
    """The rows of an incident whose code, titles and reports' titles are `texts`."""
    return [{"word": word, "incident_id": incident_id} for word in sorted(words_of(*texts))]


def keep(session: Session, _context: object) -> None:
    """Set the words of each incident anew whose titles, or whose reports, this flush wrote."""
    touched = [*session.new, *(row for row in session.dirty if _titled(row))]
    wanted = {row.id for row in touched if isinstance(row, Incident)}
    wanted |= {row.incident_id for row in touched if isinstance(row, Report)}
    for key in sorted(wanted):
        made = rows_of(key, _texts(session, key))
        session.connection().execute(delete(WORDS).where(WORDS.c.incident_id == key))
        session.connection().execute(insert(WORDS), made)


def _titled(row: object) -> bool:
    """Whether this flush wrote a title."""
    if isinstance(row, Incident):
        told = inspect(row).attrs
        return told.title.history.has_changes() or told.title_en.history.has_changes()
    return isinstance(row, Report) and inspect(row).attrs.title.history.has_changes()


def _texts(session: Session, key: str) -> Sequence[str]:
    connection = session.connection()
    own = select(Incident.code, Incident.title, Incident.title_en).where(Incident.id == key)
    reports = select(Report.title).where(Report.incident_id == key)
    return [*connection.execute(own).one(), *connection.execute(reports).scalars()]
