"""Only an exercise moves its clock; the ledger keeps real time beside it."""

from datetime import UTC, datetime, timedelta

import pytest

from crisis.model.action import Action
from crisis.model.canonical import moment
from crisis.model.errors import Misconfigured, NotAllowed
from crisis.records.act import OFFICE_CHAIN, Records
from crisis.records.office_clock import set_clock

THEN = datetime(2025, 10, 19, 5, tzinfo=UTC)


async def test_an_exercise_runs_at_the_date_of_its_case(records: Records, office_entries) -> None:
    async with records.act() as act:
        await set_clock(act, THEN, rate=60, exercise=True)
    async with records.act() as act:
        assert timedelta() <= act.now - THEN < timedelta(hours=2)
        assert act.real - act.now > timedelta(days=300)
        await act.note(OFFICE_CHAIN, Action.USER_CHANGED, {})
    moved, later = await office_entries()
    assert (moved["action"], moved["data"]["rate"]) == ("clock.moved", "60")
    assert moment(later["data"]["as_of"]) == act.now
    assert moment(later["at"]) == act.real
    assert (await records.clock()).rate == 60


async def test_a_clock_is_set_again(records: Records) -> None:
    async with records.act() as act:
        await set_clock(act, THEN, rate=1, exercise=True)
        again = await set_clock(act, THEN + timedelta(days=1), rate=0, exercise=True)
    assert await records.clock() == again
    assert again.now() == THEN + timedelta(days=1)


async def test_an_office_at_work_keeps_real_time(records: Records) -> None:
    async with records.act() as act:
        with pytest.raises(NotAllowed):
            await set_clock(act, THEN, rate=1, exercise=False)
        assert act.now == act.real or abs(act.now - act.real) < timedelta(seconds=1)
    assert (await records.clock()).is_real


@pytest.mark.parametrize(("at", "rate"), [(THEN, -1.0), (THEN.replace(tzinfo=None), 1.0)])
async def test_a_clock_that_cannot_be_is_refused(records: Records, at: datetime, rate: float):
    async with records.act() as act:
        with pytest.raises(Misconfigured):
            await set_clock(act, at, rate=rate, exercise=True)
    assert (await records.clock()).is_real
