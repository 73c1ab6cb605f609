"""Who issued a document of evidence, as the office confirmed it. Revision origin, after clocks."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "origin"
down_revision: str | None = "clocks"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "evidence_origins",
        sa.Column("evidence_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("body", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_evidence_origins_evidence_id_evidence"),
        ),
        sa.PrimaryKeyConstraint("evidence_id", name=op.f("pk_evidence_origins")),
    )


def downgrade() -> None:
    """Leave this revision."""
    op.drop_table("evidence_origins")
