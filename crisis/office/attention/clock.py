"""Clocks that wait for a person's word."""

from collections.abc import AsyncIterator

from sqlalchemy import select

from crisis.office.attention.waiting import LIMIT, Sort, Wish
from crisis.office.incident.determining import ANSWER_BOTH
from crisis.records.act import Act
from crisis.records.deadline import MISSED, RUNNING
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import Incident, runs


async def undetermined(act: Act) -> AsyncIterator[Wish]:
    """Incidents of S3 and S4 whose two determinations nobody has answered in full."""
    rows = await act.session.execute(
        select(DeadlineRow, Incident)
        .join(Incident, Incident.id == DeadlineRow.incident_id)
        .where(
            DeadlineRow.rule == ANSWER_BOTH,
            DeadlineRow.state.in_((RUNNING, MISSED)),
            runs(),
        )
        .order_by(DeadlineRow.due_at)
        .limit(LIMIT)
    )
    for row, case in rows:
        yield Wish(sort=Sort.DETERMINE, incident=case, about=None, at=row.due_at, due=True)
