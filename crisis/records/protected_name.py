"""The names that an incident protects; the ledger is told how many there are, never which."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.records.act import Act
from crisis.records.schema.incident import Incident
from crisis.records.schema.protected_name import ProtectedName


async def of_incident(session: AsyncSession, incident_id: str) -> tuple[str, ...]:
    """The names of an incident in order."""
    rows = await session.scalars(
        select(ProtectedName.name)
        .where(ProtectedName.incident_id == incident_id)
        .order_by(ProtectedName.name)
    )
    return tuple(rows)


async def replace(act: Act, incident: Incident, names: Sequence[str]) -> None:
    """From now on these names are protected, and no row of any other is left."""
    await act.session.execute(delete(ProtectedName).where(ProtectedName.incident_id == incident.id))
    act.session.add_all(
        ProtectedName(incident_id=incident.id, name=name, by=act.actor.id, at=act.now)
        for name in names
    )
    await act.session.flush()
    await act.note(incident.code, Action.NAMES_PROTECTED, {"count": len(names)})
