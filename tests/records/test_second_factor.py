"""The second factor: set by its first code, each code good once, never replaced by a password."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from crisis.model.errors import Misconfigured, NotAllowed
from crisis.model.role import Role
from crisis.records import person
from crisis.records.act import Act, Records
from crisis.records.seal import Seal
from crisis.records.second_factor import (
    check_totp,
    confirm_totp,
    give_totp,
    remove_totp,
    set_totp,
)
from crisis.records.sign_in import (
    Refused,
    SecondFactor,
    SessionToken,
    Why,
    session_of,
    sign_in,
    visit,
)

EMAIL = "an@quangtri.example"
ISSUER = "Phát ngôn Quảng Trị"


@pytest.fixture
def enter(records: Records, add, password: str):
    """Signs in an approver with the password only."""

    async def one() -> SessionToken:
        found = await sign_in(records, EMAIL, password)
        assert isinstance(found, SessionToken)
        return found

    return one


@pytest.fixture
async def secret(records: Records, add, seal: Seal) -> str:
    """The secret of an approver whose second factor is in force."""
    user = await add(EMAIL, Role.APPROVER)
    async with records.act() as act:
        return (await give_totp(act, seal, user.id, issuer=ISSUER)).secret


def _code(secret: str, act: Act, *, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(act.real, counter_offset=steps)


async def test_a_new_factor_counts_from_its_first_code(
    records: Records, add, enter, seal: Seal, office_entries
) -> None:
    user = await add(EMAIL, Role.APPROVER)
    first, other = await enter(), await enter()
    async with records.act() as act:
        setup = await set_totp(act, seal, first.token, issuer=ISSUER)
        wrong = await confirm_totp(act, seal, first.token, "000000x")
        opened = await confirm_totp(act, seal, first.token, _code(setup.secret, act))
    assert isinstance(wrong, Refused)
    assert isinstance(opened, SessionToken)
    found = await visit(records, opened.token)
    assert found is not None
    assert (found.user.id, found.factor, found.complete) == (user.id, SecondFactor.GIVEN, True)
    assert await visit(records, first.token) is None
    assert await visit(records, other.token) is None
    assert "user.second_factor_set" in [entry["action"] for entry in await office_entries()]


async def test_the_secret_is_sealed_for_one_person(records: Records, add, seal: Seal) -> None:
    one, two = await add(EMAIL, Role.APPROVER), await add("b@quangtri.example", Role.APPROVER)
    async with records.act() as act:
        setup = await give_totp(act, seal, one.id, issuer=ISSUER)
        held = await person.held(act, one.id)
        assert held.totp_sealed is not None
        assert setup.secret not in held.totp_sealed
        with pytest.raises(Misconfigured):
            seal.open_text(held.totp_sealed, f"totp:{two.id}")
    assert setup.secret in setup.uri
    assert setup.secret not in repr(setup)


async def test_a_code_completes_the_session_under_a_new_token(
    records: Records, enter, seal: Seal, secret: str
) -> None:
    half = await enter()
    assert half.factor is SecondFactor.TO_GIVE
    async with records.act() as act:
        opened = await check_totp(act, seal, half.token, _code(secret, act))
    assert isinstance(opened, SessionToken)
    assert (opened.factor, opened.csrf != half.csrf) == (SecondFactor.GIVEN, True)
    assert await visit(records, half.token) is None
    assert await visit(records, opened.token) is not None


async def test_a_code_is_good_once(records: Records, enter, seal: Seal, secret: str) -> None:
    one, two = await enter(), await enter()
    async with records.act() as act:
        code, before = _code(secret, act), _code(secret, act, steps=-1)
        first = await check_totp(act, seal, one.token, code)
        again = await check_totp(act, seal, two.token, code)
        older = await check_totp(act, seal, two.token, before)
    assert isinstance(first, SessionToken)
    assert isinstance(again, Refused)
    assert isinstance(older, Refused)


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True)])
async def test_a_phone_may_be_one_step_off(
    records: Records, enter, seal: Seal, secret: str, steps: int, good: bool
) -> None:
    half = await enter()
    async with records.act() as act:
        found = await check_totp(act, seal, half.token, _code(secret, act, steps=steps))
    assert isinstance(found, SessionToken) is good


async def test_guessing_codes_locks_and_the_password_does_not_reset_the_count(
    records: Records, enter, seal: Seal, secret: str
) -> None:
    for _ in range(5):
        half = await enter()
        async with records.act() as act:
            refused = await check_totp(act, seal, half.token, "12345x")
        assert isinstance(refused, Refused)
    async with records.act() as act:
        locked = await check_totp(act, seal, half.token, _code(secret, act))
    assert isinstance(locked, Refused)
    assert locked.why is Why.LOCKED


async def test_a_password_alone_does_not_replace_the_factor(
    records: Records, enter, seal: Seal, secret: str
) -> None:
    half = await enter()
    async with records.act() as act:
        with pytest.raises(NotAllowed):
            await set_totp(act, seal, half.token, issuer=ISSUER)
        refused = await confirm_totp(act, seal, half.token, _code(secret, act))
    assert isinstance(refused, Refused)


async def test_the_factor_in_force_stays_until_the_new_one_is_proved(
    records: Records, enter, seal: Seal, secret: str
) -> None:
    half = await enter()
    async with records.act() as act:
        opened = await check_totp(act, seal, half.token, _code(secret, act))
        assert isinstance(opened, SessionToken)
        new = await set_totp(act, seal, opened.token, issuer=ISSUER)
        later = replace(act, real=act.real + timedelta(minutes=1))
        assert await confirm_totp(act, seal, opened.token, "x") != opened
        still = await check_totp(later, seal, opened.token, _code(secret, later))
        assert isinstance(still, SessionToken)
        changed = await confirm_totp(later, seal, still.token, _code(new.secret, later))
    assert isinstance(changed, SessionToken)


async def test_a_lost_factor_is_taken_away_and_has_to_be_set_again(
    records: Records, add, enter, seal: Seal, secret: str
) -> None:
    half = await enter()
    async with records.look() as session:
        user = await person.by_email(session, EMAIL)
    assert user is not None
    async with records.act() as act:
        await remove_totp(act, user.id)
        assert await session_of(act.session, half.token, at=act.real) is None
    assert (await enter()).factor is SecondFactor.TO_SET


async def test_an_ended_session_gives_no_second_factor(records: Records, seal: Seal) -> None:
    async with records.act() as act:
        with pytest.raises(NotAllowed):
            await check_totp(act, seal, "nothing", "123456")
