"""When a reminder is due: what is sent, what is skipped and why."""

from crisis.model.incident import ENDED, Stage
from crisis.model.letter import Letter, Overdue, Reminder
from crisis.model.letter_part import Heading
from crisis.model.reminder import Reminder as Level
from crisis.model.reminder import ReminderSeries, due_reminders
from crisis.model.task_time import task_moments
from crisis.model.words import Language, words
from crisis.office import watchman
from crisis.office.agency.assignment_letter import agency_name, relation, told
from crisis.office.agency.assignment_letter import task_link as task_address
from crisis.office.approval_watch import remind_approval
from crisis.office.case import Standing, hold_case
from crisis.office.duty.duty_planning import duty_rules
from crisis.office.duty.duty_reminding import remind_duty
from crisis.office.office import Office
from crisis.office.post import Addressee, Posting, heading, post
from crisis.office.request.request_reminding import remind_request
from crisis.records import mark, task_link, task_message, timer
from crisis.records.act import Act
from crisis.records.assignment import is_open
from crisis.records.schema.assignment import Assignment
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import Incident
from crisis.records.schema.press_request import PressRequest
from crisis.records.schema.statement import ApprovalRow
from crisis.records.task_link import Recipient

MISSING = words(
    "kết quả xác minh từng nội dung, kèm chứng cứ",
    "what was found on each claim, with evidence",
)

NEXT_STEP = words(
    "Báo cáo lãnh đạo cơ quan và lãnh đạo Văn phòng theo kịch bản.",
    "The agency's and the office's leaders are told, as the playbook says.",
)


async def remind(office: Office, act: Act, incident: Incident, subject: str) -> str:
    """Send what is due for a task, an approval or a press request; says what it did."""
    clock = await act.session.get(DeadlineRow, subject)
    if clock is not None:
        return await _remind_request(office, act, incident, clock)
    asked = await act.session.get(ApprovalRow, subject)
    if asked is not None:
        return await remind_approval(office, act, await hold_case(office, act, incident), asked)
    row = await act.session.get(Assignment, subject)
    if row is None or not is_open(row) or Stage(incident.stage) in ENDED:
        await timer.clear_timer(act, flow=watchman.REMIND, subject=subject)
        return "nothing left to remind of"
    standing = await hold_case(office, act, incident)
    return await _remind_task(office, act, standing, row)


async def remind_office(office: Office, act: Act, subject: str) -> str:
    """Remind of a duty or a press request of the office itself; says which."""
    row = await act.session.get(DeadlineRow, subject)
    if row is None:
        await timer.clear_timer(act, flow=watchman.REMIND, subject=subject)
        return "nothing left to remind of"
    if row.rule in duty_rules((await office.in_force(act.session)).law):
        return await remind_duty(office, act, row)
    return await _remind_request(office, act, None, row)


async def _remind_request(
    office: Office, act: Act, incident: Incident | None, clock: DeadlineRow
) -> str:
    asked = await act.session.get(PressRequest, clock.subject_id) if clock.subject_id else None
    if asked is not None:
        return await remind_request(office, act, incident, clock, asked)
    await timer.clear_timer(act, flow=watchman.REMIND, subject=clock.id)
    return "nobody is told of this clock"


async def _remind_task(office: Office, act: Act, standing: Standing, row: Assignment) -> str:
    recipient = row.contact_email or ""
    series = ReminderSeries(
        task=row.id,
        recipient=recipient,
        anchor=row.due_at.isoformat(),
        moments=task_moments(
            standing.playbook,
            starts_at=await task_message.last_granted_at(act.session, row.id) or row.made_at,
            due_at=row.due_at,
            severity=standing.severity,
            calendar=standing.force.calendar,
        ),
        settled=await mark.settled(act.session, row.id, recipient, row.due_at),
        acknowledged_at=row.acknowledged_at,
    )
    found = due_reminders(series, act.now)
    for level in found.skipped:
        await mark.put(act, standing.incident, row.due_at, level, sent=False)
    for level in found.send:
        if await mark.put(act, standing.incident, row.due_at, level, sent=True) and recipient:
            await send_reminder(office, act, standing, row, level)
    if found.next_at is None:
        await timer.clear_timer(act, flow=watchman.REMIND, subject=row.id)
    else:
        await timer.set_timer(
            act, standing.incident.id, flow=watchman.REMIND, subject=row.id, at=found.next_at
        )
    return f"{len(found.send)} sent, {len(found.skipped)} skipped"


async def send_reminder(
    office: Office, act: Act, standing: Standing, row: Assignment, level: Level
) -> None:
    """A reminder brings a link of its own: the first mail may be lost."""
    to = Recipient(name=row.contact_name, title=row.contact_title, email=row.contact_email or "")
    token = await task_link.issue(act, standing.incident, row, to)
    top = await heading(
        office,
        act,
        standing.incident,
        Addressee(
            name=agency_name(row),
            language=Language(row.language),
            link=task_address(office, token),
        ),
    )
    await post(
        office,
        act,
        standing.incident,
        Posting(
            letter=await _letter(act, standing, row, top),
            key=f"{standing.incident.code}:{level.key}",
            email=to.email,
            name=to.name,
            about=row.id,
        ),
    )


async def _letter(act: Act, standing: Standing, row: Assignment, top: Heading) -> Letter:
    """How much time is left, or how long the answer is overdue."""
    due = watchman.answer_due(row, standing.playbook)
    about = await told(act, standing, row)
    if act.now < row.due_at:
        return Reminder(
            heading=top,
            due=due,
            left=row.due_at - act.now,
            missing=MISSING,
            relation=relation(row),
            told=about,
        )
    return Overdue(
        heading=top,
        due=due,
        late=act.now - row.due_at,
        missing=MISSING,
        next_step=NEXT_STEP,
        relation=relation(row),
        told=about,
    )
