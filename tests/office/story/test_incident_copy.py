"""Copies of an incident that waits: whole, chained, and asking for nothing for a long while."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from crisis.audit.check import check_ledger
from crisis.model.ledger import check_chain, read_entry
from crisis.records import due, incident, ledger
from crisis.records.incident_copy import Copies, copy_incident
from crisis.records.schema.assignment import Assignment, TaskLink
from crisis.records.schema.deadline import Timer
from crisis.records.schema.incident import Incident, Report
from crisis.records.schema.mail import Mail

COUNT = 3


async def test_copies_stand_where_their_original_stands_and_their_chains_hold(story: Any) -> None:
    code: str = await story.report(severity="S2")
    await story.play(code)
    await copy_incident(story.office.records, code, Copies(numbers=range(COUNT)))
    async with story.office.records.look() as session:
        first = await incident.by_code(session, code)
        codes = list(await session.scalars(select(Incident.code).where(Incident.id != first.id)))
        assert len(set(codes)) == COUNT
        own = await ledger.entries(session, code)
        for copy in codes:
            row = await incident.by_code(session, copy)
            assert (row.stage, row.title) == (first.stage, first.title)
            entries = await ledger.entries(session, copy)
            assert [one["action"] for one in entries] == [one["action"] for one in own]
            assert check_chain(read_entry(one) for one in entries) == []


async def test_everything_of_the_original_is_there_once_more_for_each_copy(story: Any) -> None:
    code: str = await story.report(severity="S2")
    await story.play(code)
    kinds = (Assignment, TaskLink, Mail, Timer)

    async def counts() -> list[int]:
        async with story.office.records.look() as session:
            return [await session.scalar(select(func.count()).select_from(k)) for k in kinds]

    before = await counts()
    await copy_incident(story.office.records, code, Copies(numbers=range(COUNT)))
    assert min(before) > 0
    assert await counts() == [number * (1 + COUNT) for number in before]


async def test_copies_ask_for_nothing_when_their_original_does(story: Any) -> None:
    code: str = await story.report(severity="S2")
    await story.play(code)
    async with story.office.records.look() as session:
        before = await due.anything(session)
        timers = set(await session.scalars(select(Timer.due_at)))
    await copy_incident(story.office.records, code, Copies(numbers=range(COUNT)))
    async with story.office.records.look() as session:
        after = await due.anything(session)
        later = set(await session.scalars(select(Timer.due_at))) - timers
    assert (after.wake_ups, after.timers, after.mails) == (
        before.wake_ups,
        before.timers,
        before.mails,
    )
    assert min(later) > max(timers)


async def test_a_copy_has_its_own_title_due_time_and_a_chain_that_audit_verify_accepts(
    story: Any,
) -> None:
    code: str = await story.report(severity="S2")
    await story.play(code)
    due_at = datetime(2030, 1, 1, tzinfo=UTC)
    copies = Copies(numbers=range(COUNT), title=lambda n: f"Tựa đề {n}", due=due_at)
    entries = await copy_incident(story.office.records, code, copies)
    checked = await check_ledger(story.office)
    assert checked.breaks == []
    async with story.office.records.look() as session:
        own = await ledger.entries(session, code)
        rows = (await session.scalars(select(Incident).where(Incident.code != code))).all()
        reports = (await session.scalars(select(Report.title_key))).all()
        times = set(await session.scalars(select(Timer.due_at).where(Timer.due_at >= due_at)))
    assert entries == COUNT * len(own)
    assert {row.title for row in rows} == {f"Tựa đề {n}" for n in range(COUNT)}
    assert {f"tua de {n}" for n in range(COUNT)} < set(reports)
    assert times == {due_at}
