"""When a rung of the ladder is due: who is told, and why nobody was where nobody was."""

from crisis.model.action import Action
from crisis.model.contact import Contact, reached
from crisis.model.escalation import Action as Rung_
from crisis.model.escalation import ActionKind, advance
from crisis.model.incident import ENDED, Stage
from crisis.model.ladder import ladder_of
from crisis.model.letter import Escalation
from crisis.model.reminder import Reminder as Level
from crisis.model.role import RUNG_WORDS, Rung
from crisis.model.words import Language, Words, words
from crisis.office import watchman
from crisis.office.assignment_letter import agency_name
from crisis.office.case import Standing, hold_case
from crisis.office.office import Office, local_day
from crisis.office.post import Addressee, Posting, heading, post
from crisis.office.reminding import MISSING, send_reminder
from crisis.records import timer
from crisis.records.act import Act
from crisis.records.assignment import Status, is_open
from crisis.records.schema.assignment import Assignment
from crisis.records.schema.incident import Incident

REQUEST = words(
    "Đề nghị chỉ đạo cơ quan trả lời ngay, hoặc chỉ định cơ quan khác.",
    "Please have the agency answer at once, or name another one.",
)


async def escalate(office: Office, act: Act, incident: Incident, subject: str) -> str:
    """Climb the ladder of a task as far as is due; says what it did."""
    row = await act.session.get(Assignment, subject)
    chain = await watchman.chain_of(act.session, subject)
    if row is None or chain is None or not is_open(row) or Stage(incident.stage) in ENDED:
        await timer.clear_timer(act, flow=watchman.ESCALATE, subject=subject)
        return "nothing left to escalate"
    standing = await hold_case(office, act, incident)
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
        if action.kind is ActionKind.REMIND_ACKNOWLEDGER:
            await send_reminder(office, act, standing, row, _still_working(row, act))
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


def _still_working(row: Assignment, act: Act) -> Level:
    """The reminder to whoever acknowledged and was not heard of since."""
    return Level(
        task=row.id,
        recipient=row.contact_email or "",
        level=0,
        anchor=f"silent since {act.now.isoformat(timespec='minutes')}",
    )


_NOTES = {
    ActionKind.TELL: Action.ESCALATION_STEP_TAKEN,
    ActionKind.REMIND_ACKNOWLEDGER: Action.REMINDER_SENT,
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
            name=Words(vi=f"ông/bà {person.name}, {person.title}", en=f"{person.name}, {title.en}"),
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
