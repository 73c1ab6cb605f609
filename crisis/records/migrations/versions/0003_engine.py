"""Claims of timers are counted; deliveries have an end and are read back. Revision engine."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "engine"
down_revision: str | None = "press"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("timers", _count("claims"))
    op.add_column("deliveries", sa.Column("expires_at", sa.DateTime(timezone=True)))
    op.add_column("deliveries", _count("readings"))
    op.add_column(
        "deliveries",
        sa.Column("finding", sa.String(length=300), nullable=False, server_default=""),
    )


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def downgrade() -> None:
    """Leave this revision."""
    for column in ("finding", "readings", "expires_at"):
        op.drop_column("deliveries", column)
    op.drop_column("timers", "claims")
