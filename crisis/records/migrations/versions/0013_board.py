"""What the board reads in order, and the words of its search. Revision board, after roster."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from crisis.records.search_word import rows_of

revision: str = "board"
down_revision: str | None = "roster"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

RUNS = "stage NOT IN ('closed', 'dismissed', 'merged', 'referred')"
ENDED = (
    "stage NOT IN ('approving', 'candidate', 'drafting', 'monitoring', "
    "'open', 'published', 'publishing', 'verifying')"
)
INDEXES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("ix_incidents_stage_clock", ("stage", "clock_at", "id"), ""),
    ("ix_incidents_stage_since", ("stage", "stage_since", "id"), ""),
    ("ix_incidents_clock", ("clock_at", "id"), RUNS),
    ("ix_incidents_severity_clock", ("severity", "clock_at", "id"), RUNS),
    ("ix_incidents_ended", ("stage_since", "id"), ENDED),
    ("ix_incidents_severity_ended", ("severity", "stage_since", "id"), ENDED),
    ("ix_incidents_opened", ("opened_at", "id"), ""),
)
AT_A_TIME = 5_000


def upgrade() -> None:
    """Go to this revision."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    # No clock runs: as far away as the code has it, written as the engine keeps an instant.
    far = sa.text(f"'9000-01-01 00:00:00{'.000000' if sqlite else '+00'}'")
    op.add_column(
        "incidents",
        sa.Column("clock_at", sa.DateTime(timezone=True), nullable=False, server_default=far),
    )
    earliest = (
        "SELECT min(due_at) FROM deadlines WHERE deadlines.incident_id = incidents.id"
        " AND deadlines.state IN ('running', 'missed')"
    )
    op.execute(f"UPDATE incidents SET clock_at = coalesce(({earliest}), clock_at)")  # noqa: S608
    for name, columns, where in INDEXES:
        only: dict[str, Any] = {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
        op.create_index(name, "incidents", list(columns), **(only if where else {}))
    word = sa.String(length=60) if sqlite else sa.String(length=60, collation="C")
    made = op.create_table(
        "search_words",
        sa.Column("word", word, nullable=False),
        sa.Column("incident_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_search_words_incident_id_incidents")
        ),
        sa.PrimaryKeyConstraint("word", "incident_id", name=op.f("pk_search_words")),
    )
    rows = _words(op.get_bind())
    while several := list(islice(rows, AT_A_TIME)):
        op.bulk_insert(made, several)
    op.create_index("ix_search_words_incident", "search_words", ["incident_id", "word"])


def _words(connection: sa.Connection) -> Iterator[dict[str, str]]:
    """The words of every incident that is there already."""
    key = sa.Uuid(as_uuid=False)
    incidents = sa.table("incidents", sa.column("id", key), *map(sa.column, OWN))
    reports = sa.table("reports", sa.column("incident_id", key), sa.column("title"))
    told: defaultdict[str, list[str]] = defaultdict(list)
    for incident_id, title in connection.execute(sa.select(reports)).all():
        told[incident_id].append(title)
    for incident_id, *own in connection.execute(sa.select(incidents)).all():
        yield from rows_of(incident_id, [*own, *told[incident_id]])


OWN = ("code", "title", "title_en")


def downgrade() -> None:
    """Leave this revision."""
    op.drop_table("search_words")
    for name, _, _ in INDEXES:
        op.drop_index(name, "incidents")
    with op.batch_alter_table("incidents") as batch:
        batch.drop_column("clock_at")
