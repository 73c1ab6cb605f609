"""One incident as data, read while others write."""

from typing import Any

from sqlalchemy import event

from crisis.records import incident
from desk.case.dossier import dossier


async def test_deliveries_are_read_before_the_publications_that_they_belong_to(desk: Any) -> None:
    # On PostgreSQL each statement sees what was committed before it: the other way round a
    # delivery could belong to a publication that was not yet there.
    code = await desk.report()
    tables: list[str] = []

    def note(_: object, __: object, statement: str, *more: object) -> None:
        tables.extend(t for t in ("deliveries", "publications") if f"FROM {t} " in statement)

    engine = desk.office.records.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    async with desk.office.records.look() as session:
        told = await dossier(session, await incident.by_code(session, code))
    event.remove(engine, "before_cursor_execute", note)
    assert told["deliveries"] == []
    assert [t for t in tables if t in {"deliveries", "publications"}][-2:] == [
        "deliveries",
        "publications",
    ]
