"""When a reminder or a rung of the ladder is due: what is sent, what is skipped and why."""

from crisis.model.action import Action
from crisis.model.contact import Contact, reached
from crisis.model.escalation import Action as Rung_
from crisis.model.escalation import ActionKind, advance
from crisis.model.incident import ENDED, Stage
from crisis.model.ladder import ladder_of
from crisis.model.letter import Escalation, Letter, Overdue, Reminder
from crisis.model.reminder import AT_DUE, ReminderSeries, due_reminders
from crisis.model.reminder import Reminder as Level
from crisis.model.role import RUNG_WORDS, Rung
from crisis.model.words import Language, Words, words
from crisis.office import watchman
from crisis.office.assignment_letter import agency_name, relation
from crisis.office.assignment_letter import task_link as task_address
from crisis.office.case import Standing, read_case
from crisis.office.office import Office, local_day
from crisis.office.post import Addressee, Posting, heading, post
from crisis.records import deadline, mark, task_link, timer
from crisis.records.act import Act
from crisis.records.assignment import Status, is_open
from crisis.records.schema.assignment import Assignment
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import Incident
from crisis.records.task_link import Recipient

MISSING = words(
    "kết quả xác minh từng nội dung, kèm chứng cứ",
    "what was found on each claim, with evidence",
)
REQUEST = words(
    "Đề nghị chỉ đạo cơ quan trả lời ngay, hoặc chỉ định cơ quan khác.",
    "Please have the agency answer at once, or name another one.",
)


async def remind(office: Office, act: Act, incident: Incident, subject: str) -> str:
    """Send what is due for a task, or record that a deadline passed; says what it did."""
    overdue = await act.session.get(DeadlineRow, subject)
    if overdue is not None:
        await timer.clear_timer(act, flow=watchman.REMIND, subject=subject)
        missed = await deadline.miss(act, incident, overdue)
        return f"deadline {overdue.rule} {'missed' if missed else 'not running'}"
    row = await act.session.get(Assignment, subject)
    if row is None or not is_open(row) or Stage(incident.stage) in ENDED:
        await timer.clear_timer(act, flow=watchman.REMIND, subject=subject)
        return "nothing left to remind of"
    standing = await read_case(office, act, incident)
    return await _remind_task(office, act, standing, row)


async def _remind_task(office: Office, act: Act, standing: Standing, row: Assignment) -> str:
    recipient = row.contact_email or ""
    series = ReminderSeries(
        task=row.id,
        recipient=recipient,
        anchor=row.due_at.isoformat(),
        moments=watchman.moments(
            standing.playbook,
            starts_at=row.made_at,
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
            await _send_reminder(office, act, standing, row, level)
    if found.next_at is None:
        await timer.clear_timer(act, flow=watchman.REMIND, subject=row.id)
    else:
        await timer.set_timer(
            act, standing.incident.id, flow=watchman.REMIND, subject=row.id, at=found.next_at
        )
    return f"{len(found.send)} sent, {len(found.skipped)} skipped"


async def _send_reminder(
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
    due = watchman.answer_due(row, standing.playbook)
    letter: Letter
    if level.level >= AT_DUE:
        letter = Overdue(
            heading=top,
            due=due,
            late=act.now - min(row.due_at, act.now),
            missing=MISSING,
            next_step=words(
                "Báo cáo lãnh đạo cơ quan và lãnh đạo Văn phòng theo kịch bản.",
                "The agency's and the office's leaders are told, as the playbook says.",
            ),
            relation=relation(row),
        )
    else:
        letter = Reminder(
            heading=top,
            due=due,
            left=row.due_at - act.now,
            missing=MISSING,
            relation=relation(row),
        )
    await post(
        office,
        act,
        standing.incident,
        Posting(
            letter=letter,
            key=f"{standing.incident.code}:{level.key}",
            email=to.email,
            name=to.name,
            about=row.id,
            replies=True,
        ),
    )


async def escalate(office: Office, act: Act, incident: Incident, subject: str) -> str:
    """Climb the ladder of a task as far as is due; says what it did."""
    row = await act.session.get(Assignment, subject)
    chain = await watchman.chain_of(act.session, subject)
    if row is None or chain is None or not is_open(row) or Stage(incident.stage) in ENDED:
        await timer.clear_timer(act, flow=watchman.ESCALATE, subject=subject)
        return "nothing left to escalate"
    standing = await read_case(office, act, incident)
    people = {rung: _people(act, standing, row, rung) for rung in Rung}
    outcome = advance(
        ladder_of(standing.playbook, standing.severity),
        watchman.load(chain),
        act.now,
        resolve={rung: [p.email for p in found] for rung, found in people.items()},
        calendar=standing.force.calendar,
    )
    for action in outcome.actions:
        await _record_rung(act, incident, row, action)
        for person in people.get(action.role, ()) if action.role else ():
            if person.email in action.recipients:
                await _tell(office, act, standing, row, (action, person))
    await watchman.keep(act, chain, outcome.state)
    return ", ".join(action.kind.value for action in outcome.actions) or "nothing due"


def _people(act: Act, standing: Standing, row: Assignment, rung: Rung) -> tuple[Contact, ...]:
    on = local_day(act.now)
    return reached(
        rung,
        agency=row.agency,
        directory=standing.force.directory,
        contacts_of=lambda agency: standing.force.contacts.of_agency(agency, on),
        on=on,
    )


_NOTES = {
    ActionKind.TELL: Action.ESCALATION_STEP_TAKEN,
    ActionKind.LAPSE: Action.ASSIGNMENT_ACK_EXPIRED,
}


async def _record_rung(act: Act, incident: Incident, row: Assignment, action: Rung_) -> None:
    if action.kind is ActionKind.LAPSE:
        row.acknowledged_at, row.status = None, Status.AWAITING_ACK.value
        await act.session.flush()
    await act.note(
        incident.code,
        _NOTES.get(action.kind, Action.ESCALATION_STEP_SKIPPED),
        {
            "assignment": row.id,
            "step": action.step,
            "loop": action.loop,
            "role": action.role.value if action.role else None,
            "why": action.kind.value,
            "recipients": len(action.recipients),
        },
    )


async def _tell(
    office: Office, act: Act, standing: Standing, row: Assignment, told: tuple[Rung_, Contact]
) -> None:
    action, person = told
    role = action.role or Rung.AGENCY_FOCAL_POINT
    title = RUNG_WORDS[role]
    top = await heading(
        office,
        act,
        standing.incident,
        Addressee(
            name=Words(vi=f"{person.title} {person.name}", en=f"{person.name}, {title.en}"),
            language=Language.VI,
            link=f"{office.settings.public_url}/vu-viec/{standing.incident.code}",
        ),
    )
    await post(
        office,
        act,
        standing.incident,
        Posting(
            letter=Escalation(
                heading=top,
                agency=agency_name(row),
                due=watchman.answer_due(row, standing.playbook),
                late=act.now - min(row.ack_due_at, act.now),
                missing=MISSING,
                history=await watchman.history(act, standing.incident, row),
                request=REQUEST,
            ),
            key=f"{standing.incident.code}:escalation:{row.id}:{action.loop}:{action.step}:"
            f"{person.email}:{act.now.isoformat(timespec='minutes')}",
            email=person.email,
            name=person.name,
            about=row.id,
        ),
    )
