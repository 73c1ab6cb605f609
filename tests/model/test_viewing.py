"""Who may see an incident."""

import pytest

from crisis.model.role import Role
from crisis.model.viewing import NOBODY, Circle, Viewer, may_see

OPEN = Circle(restricted=False)
NAMED = Circle(restricted=True, people=frozenset({"lan"}))


@pytest.mark.parametrize(
    ("viewer", "circle", "sees"),
    [
        (NOBODY, OPEN, True),
        (Viewer(id="minh", roles=frozenset({Role.LEGAL})), OPEN, True),
        (NOBODY, NAMED, False),
        (NOBODY, Circle(restricted=True), False),
        (Viewer(id="lan"), NAMED, True),
        *((Viewer(id="minh", roles=frozenset({r})), NAMED, r is Role.AUDITOR) for r in Role),
    ],
)
def test_a_restricted_incident_is_seen_by_named_people_and_auditors(
    viewer: Viewer, circle: Circle, *, sees: bool
) -> None:
    assert may_see(viewer, circle) is sees
