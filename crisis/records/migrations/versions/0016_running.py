"""What runs and what is blocked is found alone. Revision running, after lapse.

An index of deadlines by state was taken for questions about incidents, whose rows are few. A block
that was cleared stood as JSON's null and was read with those that stand.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "running"
down_revision: str | None = "lapse"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INDEXES: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("ix_deadlines_runs", "deadlines", ("due_at",), "state = 'running'"),
    (
        "ix_incidents_runs_opened",
        "incidents",
        ("opened_at", "id"),
        "stage NOT IN ('closed', 'dismissed', 'merged', 'referred')",
    ),
)


def upgrade() -> None:
    """Go to this revision."""
    op.drop_index("ix_deadlines_state", "deadlines")
    for name, table, columns, where in INDEXES:
        only: dict[str, Any] = {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
        op.create_index(name, table, list(columns), **only)
    op.execute("UPDATE incidents SET blocked = NULL WHERE CAST(blocked AS TEXT) = 'null'")


def downgrade() -> None:
    """Leave this revision."""
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table)
    op.create_index("ix_deadlines_state", "deadlines", ["state", "due_at"])
