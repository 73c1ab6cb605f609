"""Deliveries that were sent again know which one they stand for. Revision resend, after truth."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "resend"
down_revision: str | None = "truth"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("deliveries") as batch:
        batch.add_column(sa.Column("source_delivery_id", sa.Uuid(as_uuid=False), nullable=True))


def downgrade() -> None:
    """Leave this revision."""
    with op.batch_alter_table("deliveries") as batch:
        batch.drop_column("source_delivery_id")
