"""That a statement is out: on the record, with what became of the one it acts on."""

from crisis.model.action import Action
from crisis.model.parcel import Act as Effect
from crisis.model.statement import Lifecycle, check_lifecycle
from crisis.records.act import Act
from crisis.records.schema.incident import Incident
from crisis.records.schema.statement import StatementRow


async def note_published(act: Act, incident: Incident, row: StatementRow) -> None:
    """Write down that a statement is out, and what became of the one it corrects or withdraws."""
    await act.note(
        incident.code,
        Action.STATEMENT_PUBLISHED,
        {"statement": row.id, "version": row.current, "kind": row.kind},
    )
    ended = _ENDS.get(row.relation or "")
    if ended is None or row.refers_to is None:
        return
    lifecycle, action = ended
    earlier = await act.session.get_one(StatementRow, row.refers_to)
    check_lifecycle(Lifecycle(earlier.lifecycle), lifecycle)
    earlier.lifecycle = lifecycle.value
    await act.session.flush()
    await act.note(incident.code, action, {"statement": earlier.id, "by": row.id})


_ENDS = {
    Effect.CORRECTION.value: (Lifecycle.CORRECTED, Action.STATEMENT_CORRECTED),
    Effect.WITHDRAWAL.value: (Lifecycle.WITHDRAWN, Action.STATEMENT_WITHDRAWN),
}
