"""Keys of other systems open what their scopes say, until they end."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from crisis.model.errors import BadInput, NotFound
from crisis.records import api_key
from crisis.records.act import Records
from crisis.records.schema.base import new_id
from crisis.records.schema.person import ApiKey

YEAR = timedelta(days=365)
SCOPES = ("reports:write", "incidents:read")


async def _add(records: Records) -> str:
    async with records.act() as act:
        return await api_key.add_key(act, "Cổng tiếp nhận", SCOPES, act.real + YEAR)


async def test_a_key_opens_its_scopes_and_is_stored_hashed(records: Records, office_entries):
    token = await _add(records)
    async with records.act() as act:
        found = await api_key.key_of(act.session, token, at=act.real)
        stored = str((await act.session.execute(select(ApiKey.__table__))).all())
    assert found is not None
    assert (found.name, found.scopes) == ("Cổng tiếp nhận", frozenset(SCOPES))
    assert token.startswith("pn_")
    assert token not in stored
    (entry,) = await office_entries()
    assert entry["data"]["scopes"] == sorted(SCOPES)
    assert "Cổng" not in json.dumps(entry, ensure_ascii=False)


async def test_a_key_ends_with_its_time(records: Records) -> None:
    token = await _add(records)
    async with records.act() as act:
        last = act.real + YEAR - timedelta(minutes=1)
        assert await api_key.key_of(act.session, token, at=last) is not None
        assert await api_key.key_of(act.session, token, at=act.real + YEAR) is None


async def test_a_revoked_key_opens_nothing_and_is_revoked_once(
    records: Records, office_entries
) -> None:
    token = await _add(records)
    async with records.act() as act:
        (key,) = await api_key.all_keys(act.session)
        await api_key.revoke_key(act, key.id)
        await api_key.revoke_key(replace(act, real=act.real + YEAR), key.id)
        assert await api_key.key_of(act.session, token, at=act.real) is None
    assert [entry["action"] for entry in await office_entries()] == ["key.added", "key.revoked"]


@pytest.mark.parametrize("token", ["", "pn_", "pn_" + "x" * 43, "Bearer pn_x"])
async def test_what_is_no_key_opens_nothing(records: Records, token: str) -> None:
    await _add(records)
    async with records.act() as act:
        assert await api_key.key_of(act.session, token, at=act.real) is None
        with pytest.raises(NotFound):
            await api_key.revoke_key(act, new_id())


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("name", {"name": " "}),
        ("scopes", {"scopes": ()}),
        ("scopes", {"scopes": ("everything",)}),
        ("until", {"lasts": -YEAR}),
    ],
)
async def test_a_key_has_a_name_scopes_and_an_end(
    records: Records, field: str, told: dict[str, object]
) -> None:
    asked = {"name": "Cổng", "scopes": SCOPES, "lasts": YEAR, **told}
    async with records.act() as act:
        with pytest.raises(BadInput) as refused:
            await api_key.add_key(act, asked["name"], asked["scopes"], act.real + asked["lasts"])
    assert refused.value.field == field
