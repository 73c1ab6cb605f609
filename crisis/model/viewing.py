"""Who may see an incident: everybody of the office, or where it is restricted the named people."""

from dataclasses import dataclass

from crisis.model.role import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Viewer:
    """Who looks; without an id it is nobody of the office, such as another system."""

    id: str = ""
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """Whether an incident is restricted, and to whom: its coordinator, approvers, named people."""

    restricted: bool
    people: frozenset[str] = frozenset()


NOBODY = Viewer()


def may_see(viewer: Viewer, circle: Circle) -> bool:
    """Whether `viewer` may know of the incident; auditors may, or nobody could check the rest."""
    if not circle.restricted:
        return True
    return viewer.id in circle.people or Role.AUDITOR in viewer.roles
