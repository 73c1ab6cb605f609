"""When links of a task were last issued, so that asking again does not send mail after mail."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.schema.assignment import Assignment, TaskLink
from crisis.records.schema.incident import Incident
from crisis.records.task_link import Held, hash_of


async def issued_since(
    session: AsyncSession, assignment_id: str, email: str, *, at: datetime, within: timedelta
) -> bool:
    """Whether `email` holds a working link to this task, given in the real time `within` before."""
    found = await session.scalar(
        select(TaskLink.token_hash)
        .where(
            TaskLink.assignment_id == assignment_id,
            TaskLink.recipient_email == email,
            TaskLink.issued_at > at - within,
            TaskLink.revoked_at.is_(None),
        )
        .limit(1)
    )
    return found is not None


async def ended_link(session: AsyncSession, token: str) -> Held | None:
    """What a link stood for, though it no longer opens anything; None for a forged one."""
    link = await session.get(TaskLink, hash_of(token))
    if link is None:
        return None
    assignment = await session.get_one(Assignment, link.assignment_id)
    incident = await session.get_one(Incident, assignment.incident_id)
    return Held(link=link, assignment=assignment, incident=incident)
