"""What an agency says besides its answer: a question, more time, not competent, passed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import BadInput, Stale
from crisis.model.words import words
from crisis.records.act import Act
from crisis.records.answer import check_may_write
from crisis.records.assignment import Status
from crisis.records.schema.assignment import Assignment, TaskMessage
from crisis.records.schema.incident import Incident
from crisis.records.task_link import Held, Recipient, issue


class Saying(StrEnum):
    """What kind of message it is."""

    QUESTION = "question"
    EXTENSION = "extension"
    DECLINE = "decline"
    PASS_ON = "pass_on"  # noqa: S105  (no password)
    HANDED_OVER = "handed_over"


_ACTION = {
    Saying.QUESTION: Action.ASSIGNMENT_QUESTION_ASKED,
    Saying.EXTENSION: Action.ASSIGNMENT_EXTENSION_ASKED,
    Saying.DECLINE: Action.ASSIGNMENT_DECLINED,
    Saying.PASS_ON: Action.ASSIGNMENT_PASSED_ON,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A message about to be recorded; `wants` holds what it asks for, by kind."""

    kind: Saying
    by: str
    text: str
    wants: dict[str, Any] | None = None


async def say(act: Act, held: Held, said: Said) -> TaskMessage:
    """Record a message of the agency. Raises BadInput without words, Stale on an ended task."""
    check_may_write(held.assignment)
    if not said.text.strip():
        raise BadInput(words("Xin ghi rõ nội dung.", "Please say what it is about."), field="text")
    row = TaskMessage(
        assignment_id=held.assignment.id,
        kind=said.kind.value,
        text=said.text.strip(),
        wants=said.wants,
        by_name=said.by,
        at=act.now,
    )
    act.session.add(row)
    held.assignment.progress_at = act.now
    if said.kind is Saying.DECLINE:
        held.assignment.status, held.assignment.closed_at = Status.DECLINED.value, act.now
    await act.session.flush()
    await act.note(
        held.incident.code,
        _ACTION[said.kind],
        {"assignment": held.assignment.id, "agency": held.assignment.agency, "message": row.id},
    )
    return row


async def pass_on(act: Act, held: Held, to: Recipient, text: str) -> str:
    """Hand the task to a named colleague, who gets a link of their own; returns its token."""
    if "@" not in to.email or not to.name.strip():
        raise BadInput(
            words(
                "Xin ghi họ tên và địa chỉ thư của người nhận việc.",
                "Please give the name and e-mail of whoever takes over.",
            ),
            field="email",
        )
    await say(
        act,
        held,
        Said(kind=Saying.PASS_ON, by=held.link.recipient_name, text=text or to.name),
    )
    return await issue(act, held.incident, held.assignment, to)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What the coordinator says to a message; `granted` for a request of more time."""

    text: str
    granted: bool | None = None
    due_at: datetime | None = None


async def reply(act: Act, incident: Incident, row: TaskMessage, said: Reply) -> Assignment:
    """Answer a message once; a granted extension moves the due time of the task."""
    if row.replied_at is not None:
        raise Stale(words("Đã có trả lời.", "This was answered already."))
    assignment = await act.session.get_one(Assignment, row.assignment_id)
    row.reply, row.granted, row.replied_at = said.text, said.granted, act.now
    if said.granted and said.due_at is not None:
        assignment.due_at = said.due_at
    await act.session.flush()
    if said.granted is not None:
        action = (
            Action.ASSIGNMENT_EXTENSION_GRANTED
            if said.granted
            else Action.ASSIGNMENT_EXTENSION_REFUSED
        )
        await act.note(incident.code, action, {"assignment": assignment.id, "message": row.id})
    else:
        await act.note(
            incident.code,
            Action.ASSIGNMENT_QUESTION_ANSWERED,
            {"assignment": assignment.id, "message": row.id},
        )
    return assignment


async def of_assignment(session: AsyncSession, assignment_id: str) -> Sequence[TaskMessage]:
    """Everything said about one task, oldest first."""
    rows = await session.scalars(
        select(TaskMessage)
        .where(TaskMessage.assignment_id == assignment_id)
        .order_by(TaskMessage.at)
    )
    return list(rows)


async def last_granted_at(session: AsyncSession, assignment_id: str) -> datetime | None:
    """When more time was last granted: from then on a new series of reminders counts."""
    found: datetime | None = await session.scalar(
        select(func.max(TaskMessage.replied_at)).where(
            TaskMessage.assignment_id == assignment_id,
            TaskMessage.kind == Saying.EXTENSION.value,
            TaskMessage.granted.is_(True),
        )
    )
    return found
