"""Marks: a reminder was sent or skipped, once per task, recipient, level and due time."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.reminder import Reminder
from crisis.records.act import Act
from crisis.records.schema.base import new_id
from crisis.records.schema.deadline import Mark
from crisis.records.schema.incident import Incident
from crisis.records.upsert import put_new


async def settled(
    session: AsyncSession, task: str, recipient: str, anchor: datetime
) -> frozenset[int]:
    """The levels that were sent or skipped for this due time."""
    rows = await session.scalars(
        select(Mark.level).where(
            Mark.subject_id == task, Mark.recipient == recipient, Mark.anchor == anchor
        )
    )
    return frozenset(int(level) for level in rows)


async def put(
    act: Act, incident: Incident, anchor: datetime, level: Reminder, *, sent: bool
) -> bool:
    """Mark a level as sent or skipped; False where another run did so before."""
    fresh = await put_new(
        act.session,
        Mark,
        {
            "id": new_id(),
            "incident_id": incident.id,
            "subject_id": level.task,
            "recipient": level.recipient,
            "level": str(level.level),
            "anchor": anchor,
            "at": act.now,
            "sent": sent,
            "why": level.reason.value if level.reason else "",
        },
    )
    if fresh:
        await act.note(
            incident.code,
            Action.REMINDER_SENT if sent else Action.REMINDER_SKIPPED,
            {
                "assignment": level.task,
                "level": level.level,
                "why": level.reason.value if level.reason else None,
            },
        )
    return fresh
