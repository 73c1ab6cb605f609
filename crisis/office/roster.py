"""The duty roster: putting a coordinator on duty, and who is told of what comes in."""

from collections.abc import Sequence

from crisis.model import roster
from crisis.model.errors import BadInput, RuleBroken
from crisis.model.role import Role
from crisis.model.words import words
from crisis.records import person, shift
from crisis.records.act import Act
from crisis.records.schema.person import User
from crisis.records.schema.shift import Shift
from crisis.records.shift import OnDuty


async def put(act: Act, said: OnDuty) -> Shift:
    """Put a coordinator on duty.

    Raises BadInput for impossible times, a person who coordinates nothing, or a time that the same
    person already has.
    """
    roster.check_shift(said.starts_at, said.ends_at, act.now)
    people = await person.with_role(act.session, Role.COORDINATOR)
    if said.user_id not in {one.id for one in people}:
        raise BadInput(
            words("Xin chọn một điều phối viên.", "Please choose a coordinator."), field="user"
        )
    theirs = await shift.of_user(act.session, said.user_id, said.starts_at)
    if any(one.starts_at < said.ends_at for one in theirs):
        raise BadInput(
            words(
                "Người này đã có ca trực trong khoảng thời gian đó.",
                "This person is on duty in that time already.",
            ),
            field="starts_at",
        )
    return await shift.add(act, said)


async def withdraw(act: Act, key: str, reason: str) -> None:
    """Take an entry back. Raises BadInput without a reason, RuleBroken where it is, NotFound."""
    row = await shift.by_id(act.session, key)
    if row.withdrawn_at is not None:
        raise RuleBroken(words("Ca trực này đã hủy.", "It is withdrawn already."), rule="roster")
    if not reason.strip():
        raise BadInput(words("Xin ghi lý do.", "Please give the reason."), field="reason")
    await shift.withdraw(act, row, reason.strip())


async def told(act: Act, people: Sequence[User], *, late: bool = False) -> Sequence[User]:
    """Of `people` whoever is on duty now; everybody where nobody is, and of what is late."""
    return roster.told(people, await shift.on_duty(act.session, act.now), late=late)


async def coordinators(act: Act, *, late: bool = False) -> Sequence[User]:
    """The coordinators who are told now."""
    return await told(act, await person.with_role(act.session, Role.COORDINATOR), late=late)
