"""No page that people work with reads a whole table that grows with the years."""

from typing import Any

from sqlalchemy import event

SMALL = {"users", "law_signatures", "heartbeats"}
"""Tables that stay small whatever happens."""

PILING = {"deadlines", "mails"}
"""Tables of which most rows come to stand in one state: a state alone finds too much."""


async def test_no_page_of_the_board_or_of_an_incident_reads_a_whole_table(
    desk: Any, drafted: Any
) -> None:
    asked: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            asked.setdefault(statement, given)

    engine = desk.office.records.database.engine
    browser = await desk.as_("coordinator")
    event.listen(engine.sync_engine, "before_cursor_execute", note)
    here = f"/vu-viec/{drafted.code}"
    for path in ("/", "/?xem=ket-thuc", here, f"{here}/thu", f"{here}/dien-bien"):
        assert (await browser.get(path)).status_code == 200
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    assert len(asked) > 40
    async with engine.connect() as connection:
        names = await connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type='table'"
        )
        growing = {row[0] for row in names} - SMALL
        for statement, given in asked.items():
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
            steps = [row[3].split() for row in plan]
            # An index is walked in its order and left once the page is full.
            read = {step[1] for step in steps if step[0] == "SCAN" and "USING" not in step}
            assert not read & growing, f"{read & growing} by {statement}"
            by_state = {step[1] for step in steps if step[-1] == "(state=?)"}
            assert not by_state & PILING, f"{by_state} by {statement}"
