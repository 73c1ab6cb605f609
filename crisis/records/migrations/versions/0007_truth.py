"""Names to protect. Revision truth, after content."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "truth"
down_revision: str | None = "content"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "protected_names",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("incident_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("by", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_protected_names_incident_id_incidents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protected_names")),
        sa.UniqueConstraint("incident_id", "name", name=op.f("uq_protected_names_incident_id")),
    )
    op.create_index(op.f("ix_protected_names_incident_id"), "protected_names", ["incident_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("protected_names")
