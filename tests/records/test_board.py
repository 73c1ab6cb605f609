"""The board on both engines: order by the first clock, pages by key, search without marks."""

from datetime import timedelta

import pytest

from crisis.model.incident import Stage
from crisis.model.ledger import Actor, ActorKind
from crisis.model.severity import Severity
from crisis.model.words import words
from crisis.records import board, deadline, incident
from crisis.records.act import Act, Records
from crisis.records.board import Wanted
from crisis.records.deadline import NewDeadline
from crisis.records.incident import Numbering, Opening
from crisis.records.schema.incident import Incident

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
        new = NewDeadline(
            rule="playbook.draft",
            title=words("Dự thảo", "Draft"),
            legal=False,
            fact="received",
            starts_at=act.now,
            due_at=act.now + timedelta(hours=hours),
            source="press-report",
            confidence="design",
            subject=row.id,
        )
        await deadline.start(act, row, new)
    return row


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
    assert found.among([Stage.OPEN, Stage.CLOSED]) == 1
