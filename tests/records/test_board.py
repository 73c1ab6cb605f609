"""The board on both engines: order by the first clock, pages by key, search without marks."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from crisis.model.incident import Stage
from crisis.model.ledger import Actor, ActorKind
from crisis.model.severity import Severity
from crisis.model.words import words
from crisis.records import board, board_search, deadline, incident
from crisis.records.act import Act, Records
from crisis.records.board import Wanted
from crisis.records.deadline import NewDeadline
from crisis.records.incident import Numbering, Opening
from crisis.records.schema.incident import FAR, Incident

WHO = Actor(kind=ActorKind.USER.value, id="00000000-0000-0000-0000-000000000001")


async def opened(act: Act, title: str, *, hours: int | None = None) -> Incident:
    """An incident with a clock that ends in `hours`, if any."""
    row = await incident.open_incident(
        act,
        Opening(
            title=words(title, title),
            kind="press",
            severity=Severity.S2,
            floors=frozenset(),
            topics=(),
            places=(),
            received_at=act.now,
            playbook="press-report",
            confirmed_by=WHO.id,
        ),
        Numbering(prefix="QT", exercise=False),
    )
    if hours is not None:
        await deadline.start(act, row, clock(row, act, "playbook.draft", hours=hours))
    return row


def clock(row: Incident, act: Act, rule: str, *, hours: int) -> NewDeadline:
    """A target of the office's own that ends in `hours`."""
    return NewDeadline(
        rule=rule,
        title=words("Dự thảo", "Draft"),
        legal=False,
        fact="received",
        starts_at=act.now,
        due_at=act.now + timedelta(hours=hours),
        source="press-report",
        confidence="design",
        subject=row.id,
    )


async def titles(records: Records, wanted: Wanted) -> list[str]:
    async with records.look() as session:
        return [line.incident.title for line in (await board.page(session, wanted)).lines]


async def test_the_first_clock_comes_first_and_no_clock_last(records: Records) -> None:
    async with records.act(WHO) as act:
        for title, hours in (("muộn", 9), ("không hạn", None), ("quá hạn", -2), ("sớm", 1)):
            await opened(act, title, hours=hours)
    assert await titles(records, Wanted()) == ["quá hạn", "sớm", "muộn", "không hạn"]


async def test_pages_by_key_show_everything_once(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "PAGE", 3)
    async with records.act(WHO) as act:
        for n in range(8):
            row = await opened(act, f"việc {n}", hours=n % 3 if n < 6 else None)
            if n % 2:
                await incident.move(act, row, Stage.DISMISSED, reason="thử")
    for ended in (False, True):
        seen: list[str] = []
        after = None
        while True:
            async with records.look() as session:
                page = await board.page(session, Wanted(ended=ended, after=after))
            seen += [line.incident.title for line in page.lines]
            after = page.after
            if after is None:
                break
        assert sorted(seen) == [f"việc {n}" for n in range(8) if bool(n % 2) is ended]


@pytest.mark.parametrize("text", ["ngap duong", "Ngập", "đường ngập", "qt-"])
async def test_words_are_found_without_their_marks(records: Records, text: str) -> None:
    async with records.act(WHO) as act:
        await opened(act, "Đường ngập sâu")
        await opened(act, "Cá chết")
    found = await titles(records, Wanted(text=text))
    assert "Đường ngập sâu" in found
    assert ("Cá chết" in found) is (text == "qt-")


async def test_stages_are_counted(records: Records) -> None:
    async with records.act(WHO) as act:
        await opened(act, "một")
        row = await opened(act, "hai")
        await incident.move(act, row, Stage.DISMISSED, reason="thử")
    async with records.look() as session:
        found = await board.counts(session)
    assert found.of == {Stage.OPEN: 1, Stage.DISMISSED: 1}
    assert found.among([Stage.OPEN, Stage.CLOSED]) == "1"


async def test_what_is_counted_ends_somewhere(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "COUNTED", 2)
    async with records.act(WHO) as act:
        for n in range(3):
            await opened(act, f"việc {n}")
    async with records.look() as session:
        found = await board.counts(session)
    assert found.among([Stage.OPEN]) == "2+"
    assert found.among([Stage.CLOSED]) == "0"


async def clock_at(records: Records, row: Incident) -> timedelta | None:
    """How long after its opening the incident's next clock is due; None where none runs."""
    async with records.look() as session:
        at = await session.scalar(select(Incident.clock_at).where(Incident.id == row.id))
    return None if at == FAR or at is None else at - row.opened_at


async def test_an_incident_carries_the_due_time_of_its_first_open_clock(records: Records) -> None:
    async with records.act(WHO) as act:
        row = await opened(act, "một", hours=3)
        await deadline.start(act, row, clock(row, act, "playbook.approval", hours=1))
    assert await clock_at(records, row) == timedelta(hours=1)
    async with records.act(WHO) as act:
        await deadline.meet(act, row, "playbook.approval")
    assert await clock_at(records, row) == timedelta(hours=3)
    async with records.act(WHO) as act:
        (open_one,) = await deadline.open_ones(act.session, row.id)
        await deadline.postpone(act, row, open_one, row.opened_at + timedelta(hours=9))
    assert await clock_at(records, row) == timedelta(hours=9)
    async with records.act(WHO) as act:
        await deadline.cancel(act, row)
    assert await clock_at(records, row) is None


async def test_a_search_finds_what_was_amended_and_no_longer_what_was_there(
    records: Records,
) -> None:
    async with records.act(WHO) as act:
        row = await opened(act, "Cháy chợ")
        row.title = "Cháy kho"
    assert await titles(records, Wanted(text="chay kho")) == ["Cháy kho"]
    # The English title still has the old word.
    assert await titles(records, Wanted(text="cho")) == ["Cháy kho"]
    async with records.act(WHO) as act:
        found = await incident.by_code(act.session, row.code)
        found.title_en = "Fire"
    assert await titles(records, Wanted(text="cho")) == []


async def test_common_words_are_found_in_the_newest_and_rare_ones_everywhere(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_search, "RARE", 2)
    monkeypatch.setattr(board_search, "NEWEST", 3)
    async with records.act(WHO) as act:
        for n in range(6):
            row = await opened(act, f"Cháy {'rừng' if n == 0 else 'nhà'} {n}")
            await incident.move(act, row, Stage.DISMISSED, reason="thử")
    assert len(await titles(records, Wanted(text="chay", ended=True))) == 3
    assert await titles(records, Wanted(text="chay rung", ended=True)) == ["Cháy rừng 0"]
    assert await titles(records, Wanted(text="khong co", ended=True)) == []


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Wanted(), "ix_incidents_clock"),
        (Wanted(severity=Severity.S3), "ix_incidents_severity_clock"),
        (Wanted(stage=Stage.VERIFYING), "ix_incidents_stage_clock"),
        (Wanted(ended=True), "ix_incidents_ended"),
        (Wanted(ended=True, severity=Severity.S3), "ix_incidents_severity_ended"),
        (Wanted(ended=True, stage=Stage.CLOSED), "ix_incidents_stage_since"),
        (Wanted(after=(FAR, WHO.id)), "ix_incidents_clock"),
        (Wanted(ended=True, after=(FAR, WHO.id)), "ix_incidents_ended"),
    ],
)
async def test_every_page_is_read_from_an_index_in_its_order(
    sqlite_records: Records, wanted: Wanted, index: str
) -> None:
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        if "FROM incidents" in statement and "LIMIT" in statement and not asked:
            asked.append(statement)
            told.append(parameters)

    told: list[Any] = []
    event.listen(sqlite_records.database.engine.sync_engine, "before_cursor_execute", note)
    async with sqlite_records.look() as session:
        await board.page(session, wanted)
        connection = await session.connection()
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0]}", told[0])
        plan = " ".join(str(row[3]) for row in rows)
    assert f"USING INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan
