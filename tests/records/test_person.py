"""Named users come, change and go; the ledger tells it without their names."""

import json

import pytest

from crisis.model.errors import BadInput, NotFound
from crisis.model.role import Role
from crisis.records import person
from crisis.records.act import Records
from crisis.records.password import hashed, matches, new_password
from crisis.records.schema.base import new_id


async def test_a_person_is_found_however_the_address_is_written(records: Records, add) -> None:
    user = await add(" An.Nguyen@QuangTri.example ")
    async with records.look() as session:
        found = await person.by_email(session, "AN.NGUYEN@quangtri.EXAMPLE")
    assert found is not None
    assert (found.id, found.email) == (user.id, "an.nguyen@quangtri.example")


async def test_the_ledger_holds_no_name_and_no_address(add, office_entries) -> None:
    user = await add(phone="0905 000 000")
    told = json.dumps(await office_entries(), ensure_ascii=False)
    assert user.id in told
    for private in (user.name, user.email, user.title, user.phone):
        assert private not in told


async def test_an_address_belongs_to_one_person(records: Records, add) -> None:
    await add("an@quangtri.example")
    with pytest.raises(BadInput, match="taken"):
        await add("AN@quangtri.example")
    async with records.look() as session:
        assert len(await person.all_users(session)) == 1


@pytest.mark.parametrize(
    "email",
    ["", "an", "an@", "@x.vn", "an@x", "An <an@x.vn>", "an@x.vn\nBcc: b@x.vn", "an@x.vn, b@x.vn"],
)
async def test_what_is_no_address_is_refused(add, email: str) -> None:
    with pytest.raises(BadInput) as refused:
        await add(email)
    assert refused.value.field == "email"


@pytest.mark.parametrize(
    "password",
    ["ngắn quá", "an@quangtri.example", "AN@quangtri.example", "aaaaaaaaaaaa", "ă" * 300],
)
async def test_a_weak_password_is_refused(add, password: str) -> None:
    with pytest.raises(BadInput) as refused:
        await add("an@quangtri.example", password=password)
    assert refused.value.field == "password"


@pytest.mark.parametrize("told", [{"name": " "}, {"name": "An\x00"}])
async def test_a_person_has_a_name_that_can_be_read(add, told: dict[str, str]) -> None:
    with pytest.raises(BadInput) as refused:
        await add(**told)
    assert refused.value.field == "name"


async def test_a_password_typed_on_another_keyboard_is_the_same() -> None:
    stored = await hashed("tiếng Việt có dấu")
    assert await matches("tiếng Việt có dấu", stored)
    assert not await matches("tieng Viet co dau", stored)
    assert stored.startswith("$argon2id$")


async def test_nobody_has_no_password() -> None:
    assert not await matches("nobody", None)


async def test_active_people_are_found_by_role(records: Records, add) -> None:
    await add("b@x.vn", Role.APPROVER, Role.LEADER, name="Bình")
    await add("a@x.vn", Role.APPROVER, name="An")
    gone = await add("c@x.vn", Role.APPROVER, name="Cúc")
    await add("d@x.vn", Role.AUDITOR, name="Dung")
    async with records.act() as act:
        await person.deactivate(act, gone.id)
    async with records.look() as session:
        found = await person.with_role(session, Role.APPROVER, Role.LEADER)
        everybody = await person.all_users(session)
    assert [user.name for user in found] == ["An", "Bình"]
    assert len(everybody) == 4


async def test_every_change_of_access_is_in_the_ledger(
    records: Records, add, office_entries
) -> None:
    user, other = await add(), await new_password("một câu khác dài hơn", "an@quangtri.example")
    async with records.act() as act:
        await person.change_roles(act, user.id, [Role.ADMIN, Role.AUDITOR])
        await person.deactivate(act, user.id)
        await person.reactivate(act, user.id)
        await person.set_password(act, user.id, other)
        await person.unlock(act, user.id)
    told = [entry["data"] for entry in await office_entries()][1:]
    changes = ["roles", "deactivated", "reactivated", "password", "unlocked"]
    assert [data["change"] for data in told] == changes
    assert told[0]["roles"] == ["admin", "auditor"]
    assert [data["active"] for data in told] == [True, False, True, True, True]


async def test_a_user_has_at_least_one_role(records: Records, add) -> None:
    user = await add()
    async with records.act() as act:
        with pytest.raises(BadInput):
            await person.change_roles(act, user.id, [])


async def test_nobody_unknown_is_changed(records: Records) -> None:
    async with records.act() as act:
        with pytest.raises(NotFound):
            await person.deactivate(act, new_id())
