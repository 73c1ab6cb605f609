"""Playbooks, law and directory: what is in force is one hash, earlier ones stay readable."""

import pytest

from crisis.model.errors import BadInput, NotFound
from crisis.records import content
from crisis.records.act import Records
from crisis.records.content import ContentKind

OLD, NEW = b"version: 1\n", b"version: 2\n"


async def test_the_newest_activation_counts_and_a_pinned_one_stays(records: Records) -> None:
    async with records.act() as act:
        old = await content.activate(act, ContentKind.PLAYBOOK, "press-report", OLD)
        new = await content.activate(act, ContentKind.PLAYBOOK, "press-report", NEW)
    async with records.look() as session:
        found = await content.active(session, ContentKind.PLAYBOOK, "press-report")
        assert found == (new, NEW)
        assert await content.at_hash(session, old) == OLD


async def test_the_same_bytes_again_are_no_new_activation(records: Records, office_entries) -> None:
    async with records.act() as act:
        for told in (OLD, OLD, NEW, OLD):
            await content.activate(act, ContentKind.LAW, "law", told)
    entries = await office_entries()
    assert [entry["action"] for entry in entries] == ["law.activated"] * 3
    hashes = [entry["data"]["sha256"] for entry in entries]
    assert hashes[0] == hashes[2] != hashes[1]


@pytest.mark.parametrize("kind", ContentKind, ids=str)
async def test_each_kind_has_its_own_names_and_entry(
    records: Records, office_entries, kind: ContentKind
) -> None:
    async with records.act() as act:
        await content.activate(act, kind, "b", OLD)
        await content.activate(act, kind, "a", OLD)
        others = [await content.names(act.session, other) for other in ContentKind if other != kind]
        assert await content.names(act.session, kind) == ("a", "b")
    assert set(others) == {()}
    assert [entry["data"]["name"] for entry in await office_entries()] == ["b", "a"]


async def test_what_is_not_in_force_is_not_found(records: Records) -> None:
    async with records.look() as session:
        assert await content.active_hash(session, ContentKind.CALENDAR, "2026") is None
        with pytest.raises(NotFound):
            await content.active(session, ContentKind.CALENDAR, "2026")


@pytest.mark.parametrize("name", ["", "Nguyễn Văn An", "a b", "../law", "x" * 101])
async def test_a_name_is_one_that_may_stand_in_the_ledger(records: Records, name: str) -> None:
    async with records.act() as act:
        with pytest.raises(BadInput):
            await content.activate(act, ContentKind.PLAYBOOK, name, OLD)
