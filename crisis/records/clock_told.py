"""What the ledger tells of a clock: started, moved, met, missed, paused."""

from datetime import datetime

from crisis.model.action import Action
from crisis.model.ledger import instant
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import Incident


def _chain(incident: Incident | None) -> str:
    return incident.code if incident else OFFICE_CHAIN


async def started(act: Act, incident: Incident | None, row: DeadlineRow) -> None:
    """A limit runs from its recorded fact; without an incident it is the office's own."""
    await act.note(
        _chain(incident),
        Action.CLOCK_STARTED,
        {
            "deadline": row.id,
            "subject": row.subject_id,
            "rule": row.rule,
            "legal": row.legal,
            "fact": row.fact,
            "starts_at": instant(row.starts_at),
            "due_at": instant(row.due_at),
        },
    )


async def noted(
    act: Act, incident: Incident | None, row: DeadlineRow, action: Action, **more: str
) -> None:
    """What became of a limit, with `more` facts beside those that every such entry has."""
    await act.note(
        _chain(incident),
        action,
        {
            "deadline": row.id,
            "subject": row.subject_id,
            "rule": row.rule,
            "legal": row.legal,
            "due_at": instant(row.due_at),
            **more,
        },
    )


async def recomputed(
    act: Act, incident: Incident | None, row: DeadlineRow, before: datetime
) -> None:
    """A limit has another due time than `before`."""
    await act.note(
        _chain(incident),
        Action.CLOCK_RECOMPUTED,
        {
            "deadline": row.id,
            "rule": row.rule,
            "before": instant(before),
            "starts_at": instant(row.starts_at),
            "due_at": instant(row.due_at),
        },
    )
