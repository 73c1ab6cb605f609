"""The instants of one agency's task: receipt and answer due, reminders, when the ladder begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crisis.model.calendar import Calendar
from crisis.model.deadline import due_at
from crisis.model.limit import Unit
from crisis.model.playbook import Playbook
from crisis.model.playbook_section import Step
from crisis.model.reminder import Moment, reminder_moments
from crisis.model.severity import Severity
from crisis.model.words import Words, words

STEP_WORDS: dict[Step, Words] = {
    Step.TRIAGE: words("Sàng lọc, xác nhận", "Triage"),
    Step.ASSIGN: words("Giao cơ quan xác minh", "Assignment"),
    Step.HOLDING_STATEMENT: words("Thông tin ban đầu", "Holding statement"),
    Step.AGENCY_FIRST_FACTS: words("Cơ quan trả lời", "Agency's first facts"),
    Step.AGENCY_REPORT: words("Cơ quan báo cáo", "Agency's report"),
    Step.DRAFT: words("Dự thảo phát ngôn", "Draft"),
    Step.APPROVE: words("Phê duyệt", "Approval"),
    Step.PUBLISH: words("Công bố", "Publication"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskTimes:
    """When an agency has to confirm receipt, and when it has to answer."""

    acknowledge: datetime
    answer: datetime


def task_times(
    playbook: Playbook,
    severity: Severity,
    *,
    received_at: datetime,
    given_at: datetime,
    calendar: Calendar,
) -> TaskTimes:
    """The due times of a task given at `given_at`: nobody answers before confirming is due."""
    acknowledge = due_at(playbook.acknowledge_within(severity), given_at, calendar)
    answer = due_at(playbook.answer_target(severity), received_at, calendar)
    return TaskTimes(acknowledge=acknowledge, answer=max(answer, acknowledge))


def task_moments(
    playbook: Playbook,
    *,
    starts_at: datetime,
    due_at: datetime,
    severity: Severity,
    calendar: Calendar,
) -> tuple[Moment, ...]:
    """When the reminders of a task fall, in the unit of its severity's targets."""
    return reminder_moments(
        playbook.reminders,
        starts_at=starts_at,
        due_at=due_at,
        unit=playbook.answer_target(severity).unit if due_at > starts_at else Unit.HOUR,
        calendar=calendar,
    )


def ladder_begins(times: TaskTimes, *, given_at: datetime, reachable: bool) -> datetime:
    """When the ladder of a task starts: after the silence, or at once where nobody was mailed."""
    return times.acknowledge if reachable else given_at


def target_dues(
    playbook: Playbook, severity: Severity, *, received_at: datetime, calendar: Calendar
) -> Mapping[Step, datetime]:
    """When each step that the playbook sets is due, counted from the receipt of the report."""
    targets = {step: playbook.target(severity, step) for step in STEP_WORDS}
    return {
        step: due_at(target, received_at, calendar)
        for step, target in targets.items()
        if target is not None
    }
