"""A duty is held by one process at a time, and falls free when its holder falls silent."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from crisis.records import leader
from crisis.records.act import Records
from crisis.records.schema.engine import Leader

DUTY = "dispatch"


async def _try(records: Records, holder: str) -> bool:
    async with records.act() as act:
        return await leader.hold(act, DUTY, holder, 30)


async def test_of_many_who_try_at_once_one_leads(records: Records) -> None:
    held = await asyncio.gather(*(_try(records, f"process-{n}") for n in range(8)))
    assert held.count(True) == 1


async def test_the_holder_keeps_the_duty_and_the_lease_grows(records: Records) -> None:
    assert await _try(records, "one")
    async with records.act() as act:
        later = replace(act, real=act.real + timedelta(seconds=20))
        assert await leader.hold(later, DUTY, "one", 30)
        until = await act.session.scalar(select(Leader.until))
        assert until == later.real + timedelta(seconds=30)
        assert not await leader.hold(later, DUTY, "two", 30)


async def test_a_fresh_lease_is_not_written_again(records: Records) -> None:
    assert await _try(records, "one")
    async with records.look() as session:
        before = await session.scalar(select(Leader.until))
    assert await _try(records, "one")
    async with records.look() as session:
        assert await session.scalar(select(Leader.until)) == before


async def test_a_silent_holder_is_followed_by_another(records: Records) -> None:
    assert await _try(records, "one")
    async with records.act() as act:
        later = replace(act, real=act.real + timedelta(seconds=31))
        assert await leader.hold(later, DUTY, "two", 30)
        assert not await leader.hold(later, DUTY, "one", 30)
        assert not await leader.release(later, DUTY, "one")


async def test_a_duty_given_back_is_free_at_once(records: Records) -> None:
    assert await _try(records, "one")
    async with records.act() as act:
        assert await leader.release(act, DUTY, "one")
    assert await _try(records, "two")


async def test_duties_are_held_apart(records: Records) -> None:
    assert await _try(records, "one")
    async with records.act() as act:
        assert await leader.hold(act, "reconcile", "two", 30)
