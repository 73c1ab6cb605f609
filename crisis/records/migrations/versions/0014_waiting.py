"""What waits for a person is found by indexes. Revision waiting, after board."""

from collections.abc import Sequence

from alembic import op

revision: str = "waiting"
down_revision: str | None = "board"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INDEXES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("ix_deadlines_rule", "deadlines", ("rule", "state", "due_at")),
    ("ix_assignments_status", "assignments", ("status", "made_at")),
    ("ix_task_messages_replied_at", "task_messages", ("replied_at", "at")),
    ("ix_statements_lifecycle", "statements", ("lifecycle", "made_at")),
    ("ix_deliveries_state", "deliveries", ("state",)),
    ("ix_deliveries_readings", "deliveries", ("readings",)),
)


def upgrade() -> None:
    """Go to this revision."""
    for name, table, columns in INDEXES:
        op.create_index(name, table, list(columns))


def downgrade() -> None:
    """Leave this revision."""
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
