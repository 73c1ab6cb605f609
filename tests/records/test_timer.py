"""Timers on both engines: claimed once, given back, moved, and forgotten with their incident."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from crisis.model.incident import Stage
from crisis.model.severity import Severity
from crisis.model.words import words
from crisis.records import incident, timer
from crisis.records.act import Act, Records
from crisis.records.incident import Numbering, Opening
from crisis.records.schema.deadline import Timer
from crisis.records.schema.incident import Incident
from tests.office.story.moment import next_due

ONE, OTHER = str(uuid4()), str(uuid4())


async def opened(act: Act) -> Incident:
    opening = Opening(
        title=words("Sân trường ngập", "The yard floods"),
        kind="press",
        severity=Severity.S2,
        floors=frozenset(),
        topics=(),
        places=(),
        received_at=act.now,
        playbook="press-report",
        confirmed_by=str(uuid4()),
    )
    return await incident.open_incident(act, opening, Numbering(prefix="QT", exercise=False))


async def due(records: Records) -> Incident:
    """An incident with one timer that is due, and one of tomorrow."""
    async with records.act() as act:
        row = await opened(act)
        ago, ahead = act.now - timedelta(minutes=1), act.now + timedelta(days=1)
        await timer.set_timer(act, row.id, flow="remind", subject=ONE, at=ago)
        await timer.set_timer(act, row.id, flow="remind", subject=OTHER, at=ahead)
    return row


async def claimed(records: Records) -> list[str]:
    async with records.act() as act:
        return [one.subject for one in await timer.claim_due(act)]


async def test_what_is_due_is_claimed_by_one_of_many(records: Records) -> None:
    await due(records)
    found = await asyncio.gather(*(claimed(records) for _ in range(5)))
    assert sorted(map(len, found)) == [0, 0, 0, 0, 1]


async def test_what_is_not_due_is_left_alone(records: Records) -> None:
    await due(records)
    assert await claimed(records) == [ONE]


async def test_a_claim_that_led_to_nothing_is_claimed_again(records: Records) -> None:
    await due(records)
    await claimed(records)
    async with records.act() as act:
        for held in await act.session.scalars(select(Timer)):
            held.claimed_until = held.claimed_until and held.claimed_until - 2 * timer.CLAIM
    assert await claimed(records) == [ONE]


async def test_a_claim_is_given_back(records: Records) -> None:
    await due(records)
    async with records.act() as act:
        await timer.unclaim(act, [one.id for one in await timer.claim_due(act)])
    assert await claimed(records) == [ONE]


async def test_setting_a_timer_again_moves_it_and_frees_its_claim(records: Records) -> None:
    row = await due(records)
    await claimed(records)
    async with records.act() as act:
        at = act.now - timedelta(seconds=1)
        await timer.set_timer(act, row.id, flow="remind", subject=ONE, at=at)
        assert await next_due(act.session) == at
    assert await claimed(records) == [ONE]


async def test_ending_an_incident_forgets_its_timers(records: Records) -> None:
    row = await due(records)
    async with records.act() as act:
        case = await incident.by_code(act.session, row.code)
        await incident.move(act, case, Stage.DISMISSED, reason="Không đúng đối tượng")
        assert await next_due(act.session) is None


async def test_incidents_opened_at_once_are_numbered_without_a_gap(records: Records) -> None:
    async def one() -> str:
        async with records.act() as act:
            return (await opened(act)).code[-4:]

    codes = await asyncio.gather(*(one() for _ in range(5)))
    assert sorted(codes) == ["0001", "0002", "0003", "0004", "0005"]
