"""First-run set-up: everything that an installation needs, and twice is harmless."""

from pathlib import Path
from typing import Any

import pyotp

from crisis.model.role import Role
from crisis.records import authority, person, way_out
from desk.parts.setup import Plan, set_up


async def test_people_can_sign_in_with_what_they_were_told(desk: Any) -> None:
    async with desk.office.records.look() as session:
        people = {user.email: user for user in await person.all_users(session)}
    assert {one.email for one in desk.people.values()} == set(people)
    for one in desk.people.values():
        needs = {Role.APPROVER, Role.LEADER, Role.SPOKESPERSON, Role.ADMIN} & set(one.roles)
        assert (one.totp is not None) is bool(needs)
        assert (people[one.email].totp_sealed is not None) is bool(needs)
        assert one.password not in repr(one)
        if one.totp:
            assert one.totp not in repr(one)
            assert len(pyotp.TOTP(one.totp).now()) == 6


async def test_approvers_hold_a_written_authority_and_nobody_else_does(desk: Any) -> None:
    async with desk.office.records.look() as session:
        held = {
            name: {one.right.value for one in await authority.authorities_of(session, made.user)}
            for name, made in desk.people.items()
        }
    assert held == {
        "coordinator": set(),
        "approver": {"approve"},
        "leader": {"approve", "speak"},
        "spokesperson": {"approve", "speak"},
        "auditor": set(),
        "legal": set(),
    }


async def test_the_outlets_of_an_exercise_reach_nothing_real(desk: Any) -> None:
    async with desk.office.records.look() as session:
        outlets = await way_out.outlets(session)
        contacts = await way_out.press_contacts(session)
    assert {row.id for row in outlets} == {"site", "press_list"}
    assert not any(row.real for row in outlets)
    assert all(contact.email.endswith(".example") for contact in contacts)


async def test_setting_up_twice_changes_nothing(desk: Any) -> None:
    house = Path(__file__).parents[3]
    again = await set_up(desk.office.settings, Plan(contacts=house / "examples" / "contacts.yaml"))
    async with again.office.records.look() as session:
        people = await person.all_users(session)
    await again.office.records.close()
    assert again.made == ()
    assert len(people) == len(desk.people)


async def test_a_real_office_announces_its_outlets_itself(desk: Any, tmp_path: Path) -> None:
    settings = desk.office.settings.model_copy(
        update={"installation": "office", "var": tmp_path / "office"}
    )
    ready = await set_up(settings, Plan())
    async with ready.office.records.look() as session:
        outlets = await way_out.outlets(session)
    await ready.office.records.close()
    assert ready.made == ()
    assert [(row.real, row.announced) for row in outlets] == [(True, False), (True, False)]
