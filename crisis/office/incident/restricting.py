"""Restricting an incident to named people, and lifting that: with a reason, in the ledger."""

from collections.abc import Collection
from dataclasses import dataclass

from crisis.model.errors import BadInput
from crisis.model.words import words
from crisis.office.case import Standing
from crisis.records import amendment, person, viewing
from crisis.records.act import Act
from crisis.records.amendment import Amendment

FIELD = "restricted"


@dataclass(frozen=True, kw_only=True, slots=True)
class Restriction:
    """Whether an incident is restricted, who may see it besides those who act, and why."""

    restricted: bool
    people: Collection[str]
    reason: str


async def restrict(act: Act, standing: Standing, new: Restriction) -> None:
    """Restrict an incident or lift it; who restricts is always among the named.

    Its coordinator and the approvers who are asked see it too. Raises BadInput without a reason
    or for an unknown person.
    """
    if not new.reason.strip():
        raise BadInput(words("Xin ghi lý do.", "Please give a reason."), field="reason")
    case, known = standing.incident, await person.names(act.session)
    wanted = {*new.people, act.actor.id} if new.restricted else set()
    if not wanted <= set(known):
        raise BadInput(
            words("Không có người dùng này.", "There is no such person."), field="people"
        )
    before = await viewing.named(act.session, case.id)
    told = Amendment(
        field=FIELD,
        old=", ".join(sorted(known[one] for one in before)),
        new=", ".join(sorted(known[one] for one in wanted)),
        reason=new.reason.strip(),
    )
    people = {"restricted": str(new.restricted).lower(), "people": " ".join(sorted(wanted))}
    await amendment.amend(act, case, told, data=people)
    case.restricted = new.restricted
    await viewing.name(act.session, case.id, wanted)
