"""Deadlines that passed, and mails, are found by their state. Revision lapse, after waiting."""

from collections.abc import Sequence

from alembic import op

revision: str = "lapse"
down_revision: str | None = "waiting"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INDEXES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("ix_deadlines_state", "deadlines", ("state", "due_at")),
    ("ix_mails_state", "mails", ("state",)),
)


def upgrade() -> None:
    """Go to this revision."""
    for name, table, columns in INDEXES:
        op.create_index(name, table, list(columns))


def downgrade() -> None:
    """Leave this revision."""
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
