"""Amendments: an entered fact set right, with its old value and the reason kept beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.records.act import Act
from crisis.records.schema.incident import FactChange, Incident


@dataclass(frozen=True, kw_only=True, slots=True)
class Amendment:
    """An entered fact set right: both values in words, and why."""

    field: str
    old: str
    new: str
    reason: str


async def amend(
    act: Act,
    row: Incident,
    amendment: Amendment,
    *,
    action: Action = Action.FACT_AMENDED,
    data: Mapping[str, str] = MappingProxyType({}),
) -> FactChange:
    """Record an amendment beside the fact; the caller changes the fact in the same act."""
    change = FactChange(
        incident_id=row.id,
        field=amendment.field,
        old=amendment.old,
        new=amendment.new,
        reason=amendment.reason,
        by=act.actor.id,
        at=act.now,
    )
    act.session.add(change)
    await act.session.flush()
    told = {"change": change.id, "field": amendment.field}
    await act.note(row.code, action, told | dict(data))
    return change


async def changes(session: AsyncSession, incident_id: str) -> Sequence[FactChange]:
    """All amendments of an incident, oldest first."""
    rows = await session.scalars(
        select(FactChange).where(FactChange.incident_id == incident_id).order_by(FactChange.at)
    )
    return list(rows)
