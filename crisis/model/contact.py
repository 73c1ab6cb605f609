"""Named contacts of agencies, dated; and whom each rung of the ladder reaches on a day."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crisis.model.agency import Agency, AgencyId, AgencyKind, Dated
from crisis.model.directory import Directory
from crisis.model.fault import fault, refuse
from crisis.model.role import ContactRole, Role, Rung
from crisis.model.text import Line

PersonId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
Email = Annotated[str, Field(pattern=r"^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]
Phone = Annotated[str, Field(pattern=r"^\+?[0-9 .]{6,20}$")]


class ContactAuthority(Dated):
    """The document that makes a person answer for an agency: its number, for what, from when."""

    document: Line
    scope: Line


class Contact(Dated):
    """A person who answers for an agency, reached at an official address.

    `verified_at` is the day on which the address was last confirmed.
    """

    id: PersonId
    agency: AgencyId
    role: ContactRole
    name: Line
    title: Line
    email: Email
    phone: Phone | None = None
    verified_at: date | None = None
    authority: ContactAuthority | None = None


class OfficePerson(Dated):
    """A named user of the press office in an example or exercise; several roles may be theirs."""

    id: PersonId
    roles: tuple[Role, ...] = Field(min_length=1)
    name: Line
    title: Line
    title_en: Line | None = None
    phone: Phone | None = None
    email: Email


class ContactBook(BaseModel):
    """A file of contacts. `invented` is true where no one in it exists (examples, exercises)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    invented: bool
    note: Line
    contacts: tuple[Contact, ...] = ()
    office: tuple[OfficePerson, ...] = ()

    @model_validator(mode="after")
    def _no_one_twice_and_invented_reach_nobody(self) -> "ContactBook":
        people: list[tuple[str, int, Contact | OfficePerson]] = [
            *(("contacts", n, one) for n, one in enumerate(self.contacts)),
            *(("office", n, one) for n, one in enumerate(self.office)),
        ]
        seen: set[str] = set()
        found = []
        for part, n, person in people:
            if person.id in seen:
                found.append(fault(*_TAKEN, part, n, "id"))
            if self.invented and not person.email.endswith(".example"):
                found.append(fault(*_REAL_ADDRESS, part, n, "email"))
            seen.add(person.id)
        refuse(found)
        return self

    def of_agency(self, agency_id: str, on: date) -> tuple[Contact, ...]:
        """The contacts of an agency in force `on`, focal points first, then head, then deputies."""
        order = list(ContactRole)
        theirs = [c for c in self.contacts if c.agency == agency_id and c.in_force(on)]
        return tuple(sorted(theirs, key=lambda contact: order.index(contact.role)))

    def person(self, person_id: str) -> Contact | OfficePerson | None:
        """The contact or office person with this id."""
        everyone: Iterable[Contact | OfficePerson] = (*self.contacts, *self.office)
        return next((one for one in everyone if one.id == person_id), None)


def first_recipient(people: Sequence[Contact]) -> Contact | None:
    """Who gets a task: the focal point, else the head or deputy; None where there is nobody."""
    return next((p for p in people if p.role is ContactRole.FOCAL_POINT), next(iter(people), None))


ContactsOf = Callable[[str], Iterable[Contact]]
"""`contacts_of(agency_id)`: the contacts of an agency that are in force."""


def reached(
    rung: Rung, *, agency: str, directory: Directory, contacts_of: ContactsOf, on: date
) -> tuple[Contact, ...]:
    """Whom a rung of the ladder reaches for a task of `agency` on a day; empty means: skip it.

    The two upper rungs are the heads and deputies of the office in force and of the provincial
    people's committee in force.
    """
    wanted = (
        {ContactRole.FOCAL_POINT}
        if rung is Rung.AGENCY_FOCAL_POINT
        else {ContactRole.LEADER, ContactRole.DEPUTY}
    )
    kind = _ABOVE.get(rung)
    bodies = [agency] if kind is None else [b.id for b in _of_kind(directory, kind, on)]
    return tuple(c for body in bodies for c in contacts_of(body) if c.role in wanted)


_ABOVE = {
    Rung.CHIEF_OF_OFFICE: AgencyKind.VAN_PHONG,
    Rung.PROVINCIAL_LEADER: AgencyKind.UBND_TINH,
}
_TAKEN = ("Mã người này đã dùng.", "This id is taken.")
_REAL_ADDRESS = (
    "Người giả định chỉ được dùng địa chỉ có đuôi .example.",
    "An invented person may only have an address that ends in .example.",
)


def _of_kind(directory: Directory, kind: AgencyKind, on: date) -> list[Agency]:
    return [body for body in directory.in_force(on) if body.kind is kind]
