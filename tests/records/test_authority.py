"""The right to speak or approve comes from a dated document."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crisis.model.approval import Authority, Basis, Right
from crisis.model.errors import BadInput, NotFound, RuleBroken
from crisis.records import authority, person
from crisis.records.act import Records

FROM = datetime(2026, 1, 1, tzinfo=UTC)
TO = datetime(2027, 1, 1, tzinfo=UTC)
THIS = "11111111-1111-4111-8111-111111111111"
OTHER = "22222222-2222-4222-8222-222222222222"
NOBODY = "33333333-3333-4333-8333-333333333333"
IN_TIME = datetime(2026, 6, 1, tzinfo=UTC)


def _given(user_id: str, **told: object) -> Authority:
    usual = {"right": Right.SPEAK, "basis": Basis.ASSIGNED, "document": "12/QĐ-UBND, 05/01/2026"}
    return Authority(person=user_id, **{**usual, "valid_from": FROM, "valid_to": TO, **told})


async def _names(records: Records, right: Right, at: datetime, incident: str) -> list[str]:
    async with records.look() as session:
        found = await authority.who_may(session, right, at=at, incident_id=incident)
    return [user.name for user in found]


@pytest.mark.parametrize(
    ("right", "at", "incident", "may"),
    [
        (Right.SPEAK, FROM, THIS, True),
        (Right.SPEAK, TO - timedelta(seconds=1), THIS, True),
        (Right.SPEAK, FROM - timedelta(seconds=1), THIS, False),
        (Right.SPEAK, TO, THIS, False),
        (Right.SPEAK, IN_TIME, OTHER, False),
        (Right.APPROVE, IN_TIME, THIS, False),
    ],
)
async def test_a_delegation_holds_in_its_time_for_its_incident(
    records: Records, add, right: Right, at: datetime, incident: str, may: bool
) -> None:
    user = await add()
    async with records.act() as act:
        await authority.record(act, _given(user.id, basis=Basis.DELEGATED, incident=THIS))
    assert await _names(records, right, at, incident) == ([user.name] if may else [])


async def test_an_assignment_without_end_holds_for_every_incident(records: Records, add) -> None:
    user = await add()
    async with records.act() as act:
        await authority.record(act, _given(user.id, valid_to=None))
    assert await _names(records, Right.SPEAK, TO + timedelta(days=900), OTHER) == [user.name]
    async with records.look() as session:
        assert await authority.authorities_of(session, user.id) == (_given(user.id, valid_to=None),)


async def test_a_revoked_authority_held_until_then(records: Records, add, office_entries) -> None:
    user = await add()
    async with records.act() as act:
        now = replace(act, now=IN_TIME)
        given = await authority.record(now, _given(user.id))
        await authority.revoke(now, given)
        await authority.revoke(replace(act, now=TO), given)
    assert await _names(records, Right.SPEAK, IN_TIME - timedelta(days=1), THIS) == [user.name]
    assert await _names(records, Right.SPEAK, IN_TIME, THIS) == []
    async with records.look() as session:
        (row,) = await authority.all_recorded(session)
    assert (row.id, row.revoked_at) == (given, IN_TIME)
    actions = [entry["action"] for entry in await office_entries()]
    assert actions == ["user.added", "authority.recorded", "authority.ended"]


async def test_people_are_named_once_and_only_while_they_have_access(records: Records, add) -> None:
    gone, two = await add(name="An"), await add("b@x.vn", name="Bình")
    async with records.act() as act:
        for user in (gone, two, two):
            await authority.record(act, _given(user.id))
        await person.deactivate(act, gone.id)
    assert await _names(records, Right.SPEAK, IN_TIME, THIS) == ["Bình"]


async def test_the_ledger_tells_ids_and_times_but_no_document(
    records: Records, add, office_entries
) -> None:
    user = await add()
    async with records.act() as act:
        given = await authority.record(act, _given(user.id))
    data = (await office_entries())[-1]["data"]
    assert (data["authority"], data["user"], data["right"]) == (given, user.id, "speak")
    assert data["valid_to"] == "2027-01-01T00:00:00.000000Z"
    assert "12/QĐ" not in json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (RuleBroken, {"basis": Basis.DELEGATED}),
        (RuleBroken, {"basis": Basis.DELEGATED, "incident": THIS, "valid_to": None}),
        (BadInput, {"document": " "}),
        (BadInput, {"valid_to": FROM}),
        (NotFound, {"person": NOBODY}),
    ],
)
async def test_inv3_an_authority_that_could_not_hold_is_not_recorded(
    records: Records, add, wrong: type[Exception], told: dict[str, object]
) -> None:
    user = await add()
    given = replace(_given(user.id), **told)
    async with records.act() as act:
        with pytest.raises(wrong):
            await authority.record(act, given)
        assert await authority.authorities_of(act.session, user.id) == ()
