"""Labels and models of the press watch. Revision lesson, after duty."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "lesson"
down_revision: str | None = "duty"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "press_labels",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("item_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["press_items.id"], name=op.f("fk_press_labels_item_id_press_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_press_labels")),
        sa.UniqueConstraint("item_id", name=op.f("uq_press_labels_item_id")),
    )
    with op.batch_alter_table("press_labels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_press_labels_item_id"), ["item_id"], unique=False)

    op.create_table(
        "press_models",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judge", sa.String(length=300), nullable=False),
        sa.Column("trained_on", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("held_wanted", sa.Integer(), nullable=False),
        sa.Column("shipped_alerts", sa.Integer(), nullable=False),
        sa.Column("shipped_right", sa.Integer(), nullable=False),
        sa.Column("model_alerts", sa.Integer(), nullable=False),
        sa.Column("model_right", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=300), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_press_models")),
        sa.UniqueConstraint("number", name=op.f("uq_press_models_number")),
    )
    with op.batch_alter_table("press_models", schema=None) as batch_op:
        batch_op.create_index("ix_press_models_state", ["state"], unique=False)
