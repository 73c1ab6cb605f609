"""Contacts assumed for a simulation: one person in every post, where none were entered."""

from collections.abc import Iterable
from datetime import date

from crisis.model.agency import Agency, AgencyKind
from crisis.model.contact import Contact, ContactBook, OfficePerson
from crisis.model.directory import Directory
from crisis.model.role import ContactRole, Role

_ABOVE = frozenset({AgencyKind.VAN_PHONG, AgencyKind.UBND_TINH})

_POSTS = {
    ContactRole.FOCAL_POINT: ("Đầu mối", "daumoi"),
    ContactRole.LEADER: ("Lãnh đạo", "lanhdao"),
}

_OFFICE = {
    Role.COORDINATOR: ("Điều phối viên", "dieuphoi"),
    Role.APPROVER: ("Người duyệt", "pheduyet"),
    Role.SPOKESPERSON: ("Người phát ngôn", "phatngon"),
    Role.LEADER: ("Lãnh đạo Văn phòng", "lanhdao"),
}


def assumed_contacts(directory: Directory, agencies: Iterable[Agency], on: date) -> ContactBook:
    """A focal point and a head for each of `agencies` and for the bodies above, and the office."""
    above = [body for body in directory.in_force(on) if body.kind in _ABOVE]
    bodies = {body.id: body for body in (*agencies, *above)}
    return ContactBook(
        invented=True,
        note="Giả định mỗi vị trí có một người (one person assumed in every post)",
        contacts=tuple(_holder(body, role) for body in bodies.values() for role in _POSTS),
        office=tuple(
            OfficePerson(
                id=f"assumed-{box}",
                roles=(role,),
                name=title,
                title=title,
                email=f"{box}@vanphong.example",
            )
            for role, (title, box) in _OFFICE.items()
        ),
    )


def _holder(body: Agency, role: ContactRole) -> Contact:
    title, box = _POSTS[role]
    return Contact(
        id=f"{box}-{body.id}"[:41],
        agency=body.id,
        role=role,
        name=f"{title} {body.name.vi}"[:300],
        title=title,
        email=f"{box}@{body.id}.example",
    )
