"""Reading statements: which there are, their versions, and what an approver has before them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.approval import Subject
from crisis.model.errors import NotFound
from crisis.model.statement import StatementKind, Variant
from crisis.model.words import Language, words
from crisis.records.schema.incident import Incident
from crisis.records.schema.statement import StatementRow, StatementVersion, VariantRow

TEMPLATE_AUTHOR = "template"
"""Who wrote a version that no person has touched."""


async def get(session: AsyncSession, statement_id: str) -> StatementRow:
    """The statement. Raises NotFound."""
    row = await session.get(StatementRow, statement_id)
    if row is None:
        raise NotFound(words("Không có phát ngôn này.", "There is no such statement."))
    return row


async def of_incident(session: AsyncSession, incident_id: str) -> Sequence[StatementRow]:
    """All statements of an incident, oldest first."""
    rows = await session.scalars(
        select(StatementRow)
        .where(StatementRow.incident_id == incident_id)
        .order_by(StatementRow.made_at, StatementRow.id)
    )
    return list(rows)


async def version_of(
    session: AsyncSession, statement_id: str, number: int
) -> tuple[StatementVersion, tuple[Variant, ...]]:
    """One version with its variants, ordered by outlet and language."""
    version = await session.scalar(
        select(StatementVersion).where(
            StatementVersion.statement_id == statement_id, StatementVersion.number == number
        )
    )
    if version is None:
        raise NotFound(words("Không có bản này.", "There is no such version."))
    rows = await session.scalars(
        select(VariantRow)
        .where(VariantRow.version_id == version.id)
        .order_by(VariantRow.outlet, VariantRow.language)
    )
    return version, tuple(
        Variant(outlet=r.outlet, language=Language(r.language), title=r.title, body=r.body)
        for r in rows
    )


async def subject_of(
    session: AsyncSession, incident: Incident, row: StatementRow, number: int | None = None
) -> Subject:
    """What an approver of version `number` (the current one) has before them."""
    version, variants = await version_of(session, row.id, number or row.current)
    return Subject(
        statement=row.id,
        version=version.number,
        kind=StatementKind(row.kind),
        exercise=incident.exercise,
        variants=variants,
        authors=frozenset(version.authors) - {TEMPLATE_AUTHOR},
    )


async def is_current(session: AsyncSession, row: StatementRow, variants: Sequence[Variant]) -> bool:
    """Whether these are the words of the current version, so that no new one need be written."""
    _, before = await version_of(session, row.id, row.current)
    return {v.sha256 + v.title for v in before} == {v.sha256 + v.title for v in variants}
