"""That an incident was advanced without the Prefect server is itself on the record."""

from crisis.model.action import Action
from crisis.records import incident
from crisis.records.act import SYSTEM
from tasks.office import office


async def note_bypass(code: str) -> None:
    """Write it into the incident's chain. Raises NotFound."""
    async with office().records.act(SYSTEM) as act:
        row = await incident.by_code(act.session, code)
        await act.note(row.code, Action.ENGINE_BYPASSED, {})
