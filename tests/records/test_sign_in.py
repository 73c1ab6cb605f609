"""Signing in: named people, lock-out, sessions that end and that nobody can plant."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from crisis.clock import Clock
from crisis.model.role import Role
from crisis.records import person
from crisis.records.act import Records
from crisis.records.lockout import lock_after
from crisis.records.password import new_password
from crisis.records.schema.person import SignIn, User
from crisis.records.sign_in import (
    IDLE,
    LONGEST,
    Refused,
    SecondFactor,
    SessionToken,
    Why,
    forget_ended,
    session_of,
    sign_in,
    sign_out,
    visit,
)

EMAIL = "an@quangtri.example"


async def _opened(records: Records, password: str, **told: str) -> SessionToken:
    found = await sign_in(records, EMAIL, password, **told)
    assert isinstance(found, SessionToken)
    return found


async def _refused(records: Records, email: str, password: str) -> Refused:
    found = await sign_in(records, email, password)
    assert isinstance(found, Refused)
    return found


async def _alive(records: Records, token: str, after: timedelta = timedelta()) -> bool:
    async with records.look() as session:
        return await session_of(session, token, at=Clock.real().real_now() + after) is not None


async def test_the_right_password_opens_a_session(records: Records, add, password: str) -> None:
    user = await add(EMAIL)
    opened = await _opened(records, password)
    found = await visit(records, opened.token)
    assert found is not None
    assert (found.user.id, found.csrf) == (user.id, opened.csrf)
    assert (found.factor, found.complete) == (SecondFactor.NOT_NEEDED, True)


async def test_a_token_stands_nowhere_in_the_records(
    records: Records, add, password: str, office_entries
) -> None:
    await add(EMAIL)
    opened = await _opened(records, password)
    async with records.look() as session:
        stored = (await session.execute(select(SignIn.__table__))).all()
    assert opened.token not in str(stored)
    assert opened.token not in json.dumps(await office_entries())
    assert opened.token not in repr(opened)


@pytest.mark.parametrize(
    "role", [Role.APPROVER, Role.SPOKESPERSON, Role.LEADER, Role.ADMIN], ids=str
)
async def test_whoever_signs_or_administers_needs_a_second_factor(
    records: Records, add, password: str, role: Role
) -> None:
    await add(EMAIL, role)
    found = await visit(records, (await _opened(records, password)).token)
    assert found is not None
    assert (found.factor, found.complete) == (SecondFactor.TO_SET, False)


async def test_unknown_wrong_and_locked_get_the_same_sentence(
    records: Records, add, password: str
) -> None:
    await add(EMAIL)
    unknown = await _refused(records, "khong.co@quangtri.example", password)
    wrong = [await _refused(records, EMAIL, "sai mật khẩu rồi") for _ in range(5)]
    locked = await _refused(records, EMAIL, password)
    assert locked.why is Why.LOCKED
    assert {refused.why for refused in (unknown, *wrong)} == {Why.WRONG}
    assert len({refused.sentence for refused in (unknown, locked, *wrong)}) == 1


async def test_five_failures_lock_and_a_later_right_password_opens(
    records: Records, add, password: str, office_entries
) -> None:
    user = await add(EMAIL)
    for _ in range(5):
        await _refused(records, EMAIL, "sai mật khẩu rồi")
    async with records.act() as act:
        held = await person.held(act, user.id)
        assert held.locked_until is not None
        assert timedelta(minutes=14) < held.locked_until - act.real <= timedelta(minutes=15)
        held.locked_until = act.real
    await _opened(records, password)
    async with records.look() as session:
        assert (await person.by_id(session, user.id)).failures == 0
    actions = [entry["action"] for entry in await office_entries()]
    assert actions[1:] == ["user.sign_in_failed"] * 5 + ["user.locked", "user.signed_in"]


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(1, None), (4, None), (5, 15), (6, None), (10, 30), (15, 60), (25, 240), (500, 240)],
)
def test_locks_grow_and_end(failures: int, minutes: int | None) -> None:
    lock = lock_after(failures)
    assert lock == (None if minutes is None else timedelta(minutes=minutes))


async def test_failures_at_once_are_all_counted(records: Records, add) -> None:
    user = await add(EMAIL)
    await asyncio.gather(*(_refused(records, EMAIL, "sai mật khẩu rồi") for _ in range(4)))
    async with records.look() as session:
        assert (await person.by_id(session, user.id)).failures == 4


async def test_a_person_without_password_or_access_does_not_get_in(
    records: Records, add, password: str
) -> None:
    await add("khong@quangtri.example", password=None)
    user = await add(EMAIL)
    opened = await _opened(records, password)
    async with records.act() as act:
        await person.deactivate(act, user.id)
    assert not await _alive(records, opened.token)
    await _refused(records, EMAIL, password)
    await _refused(records, "khong@quangtri.example", password)


async def test_signing_in_again_ends_the_session_that_the_browser_had(
    records: Records, add, password: str
) -> None:
    await add(EMAIL)
    planted = await _opened(records, password)
    opened = await _opened(records, password, replaces=planted.token)
    assert opened.token != planted.token
    assert not await _alive(records, planted.token)
    assert await _alive(records, opened.token)


@pytest.mark.parametrize(
    ("after", "alive"),
    [
        (IDLE - timedelta(minutes=1), True),
        (IDLE, False),
        (LONGEST, False),
    ],
)
async def test_a_session_nobody_uses_ends(
    records: Records, add, password: str, after: timedelta, alive: bool
) -> None:
    await add(EMAIL)
    opened = await _opened(records, password)
    assert await _alive(records, opened.token, after) is alive


async def test_use_lengthens_a_session_but_not_beyond_its_end(
    records: Records, add, password: str
) -> None:
    await add(EMAIL)
    opened = await _opened(records, password)
    async with records.act() as act:
        await act.session.execute(update(SignIn).values(seen_at=act.real - timedelta(minutes=20)))
    assert not await _alive(records, opened.token, timedelta(minutes=15))
    await visit(records, opened.token)
    assert await _alive(records, opened.token, timedelta(minutes=29))
    async with records.act() as act:
        await act.session.execute(update(SignIn).values(until=act.real))
    assert await visit(records, opened.token) is None


async def test_signing_out_ends_the_session(records: Records, add, password: str) -> None:
    await add(EMAIL)
    opened, other = await _opened(records, password), await _opened(records, password)
    async with records.act() as act:
        await sign_out(act, opened.token)
    assert not await _alive(records, opened.token)
    assert await _alive(records, other.token)


@pytest.mark.parametrize("change", ["roles", "password"])
async def test_a_change_of_access_ends_all_sessions(
    records: Records, add, password: str, change: str
) -> None:
    user = await add(EMAIL)
    opened = await _opened(records, password)
    other = await new_password("một câu khác dài hơn", EMAIL)
    async with records.act() as act:
        if change == "roles":
            await person.change_roles(act, user.id, [Role.ADMIN])
        else:
            await person.set_password(act, user.id, other)
    assert not await _alive(records, opened.token)


async def test_ended_sessions_are_forgotten(records: Records, add, password: str) -> None:
    await add(EMAIL)
    await _opened(records, password)
    async with records.act() as act:
        assert await forget_ended(act) == 0
        assert await act.session.scalar(select(func.count()).select_from(SignIn)) == 1
        assert await forget_ended(replace(act, real=act.real + IDLE)) == 1
        assert await act.session.scalar(select(func.count()).select_from(SignIn)) == 0
        assert await act.session.scalar(select(func.count()).select_from(User)) == 1
