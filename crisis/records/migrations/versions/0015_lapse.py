"""Deadlines that passed are found by their state and time. Revision lapse, after waiting."""

from collections.abc import Sequence

from alembic import op

revision: str = "lapse"
down_revision: str | None = "waiting"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_index("ix_deadlines_state", "deadlines", ["state", "due_at"])


def downgrade() -> None:
    """Leave this revision."""
    op.drop_index("ix_deadlines_state", "deadlines")
