"""Tasks that wait for the coordinator: questions, more time, agencies that do not answer for it."""

from collections.abc import AsyncIterator

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.incident import Stage
from crisis.model.words import Words
from crisis.office.attention.waiting import LIMIT, Sort, Wish, values
from crisis.records.act import Act
from crisis.records.assignment import Status
from crisis.records.schema.assignment import Assignment, TaskMessage
from crisis.records.schema.incident import Incident, runs
from crisis.records.task_message import Saying


async def messages(act: Act) -> AsyncIterator[Wish]:
    """Questions and requests for more time without a reply."""
    rows = await act.session.execute(
        select(TaskMessage, Assignment, Incident)
        .join(Assignment, Assignment.id == TaskMessage.assignment_id)
        .join(Incident, Incident.id == Assignment.incident_id)
        .where(
            TaskMessage.replied_at.is_(None),
            TaskMessage.kind.in_([Saying.QUESTION.value, Saying.EXTENSION.value]),
            Assignment.status != Status.RECALLED.value,
            runs(),
        )
        .order_by(TaskMessage.at)
        .limit(LIMIT)
    )
    for message, task, case in rows:
        asked = message.kind == Saying.QUESTION.value
        sort = Sort.ANSWER_QUESTION if asked else Sort.DECIDE_EXTENSION
        yield Wish(
            sort=sort,
            incident=case,
            about=Words(vi=task.name_vi, en=task.name_en),
            at=message.at,
            target=task.id,
        )


async def agencies(act: Act) -> AsyncIterator[Wish]:
    """Tasks that came to nothing while another agency has not taken over their claims."""
    rows = await act.session.execute(
        select(Assignment, Incident)
        .join(Incident, Incident.id == Assignment.incident_id)
        .where(
            Assignment.status.in_([Status.DECLINED.value, Status.UNREACHABLE.value]),
            runs(),
            Incident.stage.not_in(values({Stage.PUBLISHED, Stage.MONITORING})),
        )
        .order_by(Assignment.made_at)
        .limit(LIMIT)
    )
    for task, case in rows:
        declined = task.status == Status.DECLINED.value
        if declined and not await _left_alone(act.session, task):
            continue
        sort = Sort.NAME_AGENCY if declined else Sort.REACH_AGENCY
        at = task.closed_at or task.made_at
        yield Wish(
            sort=sort,
            incident=case,
            about=Words(vi=task.name_vi, en=task.name_en),
            at=at,
            target=task.id,
        )


async def _left_alone(session: AsyncSession, task: Assignment) -> bool:
    """Whether a claim of this task is in no other agency's hands."""
    standing = [Status.AWAITING_ACK.value, Status.ACKNOWLEDGED.value, Status.ANSWERED.value]
    others = await session.scalars(
        select(Assignment).where(
            Assignment.incident_id == task.incident_id, Assignment.status.in_(standing)
        )
    )
    return not set(task.claims) <= {claim for other in others for claim in other.claims}
