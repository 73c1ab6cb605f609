"""Whether a task reached its agency: by a mail that its server took, or by a person's own hand."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.records.act import Act
from crisis.records.assignment import Status
from crisis.records.schema.assignment import Assignment, TaskMessage
from crisis.records.schema.incident import Incident
from crisis.records.schema.mail import Mail
from crisis.records.task_message import Saying

LETTER = "assignment"


class Way(StrEnum):
    """How a task was handed over without a mail."""

    PHONE = "phone"
    PAPER = "paper"


async def mailed_task(session: AsyncSession, row: Mail) -> tuple[Assignment, Incident] | None:
    """The task that this mail gives, while it still waits for its agency."""
    if row.letter != LETTER or row.subject_id is None:
        return None
    task = await session.get(Assignment, row.subject_id)
    if task is None or row.recipient != task.contact_email:
        return None
    return task, await session.get_one(Incident, task.incident_id)


async def refused(act: Act, incident: Incident, row: Assignment, mail_id: str) -> None:
    """The mail that gives the task was refused for good: nobody has it yet."""
    row.status = Status.UNREACHABLE.value
    await act.session.flush()
    await act.note(
        incident.code,
        Action.ASSIGNMENT_NOT_REACHED,
        {"assignment": row.id, "agency": row.agency, "mail": mail_id},
    )


async def by_hand(
    act: Act, incident: Incident, row: Assignment, way: Way, said: tuple[str, str]
) -> None:
    """Record that `said[0]` of the office handed the task over; `said[1]`: to whom and when."""
    row.status = Status.AWAITING_ACK.value
    act.session.add(
        TaskMessage(
            assignment_id=row.id,
            kind=Saying.HANDED_OVER.value,
            text=said[1],
            wants={"way": way.value},
            by_name=said[0],
            at=act.now,
        )
    )
    await act.session.flush()
    await act.note(
        incident.code,
        Action.ASSIGNMENT_HANDED_OVER,
        {"assignment": row.id, "agency": row.agency, "way": way.value},
    )


async def everyone_has_it(session: AsyncSession, incident_id: str) -> bool:
    """Whether every standing task of an incident has reached its agency."""
    rows = await session.scalars(select(Assignment).where(Assignment.incident_id == incident_id))
    over = {Status.RECALLED.value, Status.DECLINED.value}
    return all([row.status in over or await _has_it(session, row) for row in rows])


async def _has_it(session: AsyncSession, row: Assignment) -> bool:
    if row.status == Status.UNREACHABLE.value:
        return False
    if row.acknowledged_at is not None or row.status == Status.ANSWERED.value:
        return True
    # Of this incident's mails: all that were ever sent are many, whoever looks for a state.
    mails = select(Mail.state).where(
        Mail.incident_id == row.incident_id, Mail.subject_id == row.id, Mail.letter == LETTER
    )
    if "sent" in (await session.scalars(mails)).all():
        return True
    told = select(TaskMessage.id).where(
        TaskMessage.assignment_id == row.id, TaskMessage.kind == Saying.HANDED_OVER.value
    )
    return await session.scalar(told.limit(1)) is not None
