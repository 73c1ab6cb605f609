"""When a rung of the ladder is due: who is told, and why nobody was where nobody was."""

from crisis.model.action import Action
from crisis.model.contact import Contact, reached
from crisis.model.escalation import Action as Rung_
from crisis.model.escalation import ActionKind, advance
from crisis.model.incident import ENDED, Stage
from crisis.model.ladder import ladder_of
from crisis.model.reminder import Reminder as Level
from crisis.model.role import Rung
from crisis.office import watchman
from crisis.office.agency.escalation_letter import Superior, tell_superior
from crisis.office.agency.reminding import send_reminder
from crisis.office.case import Standing, hold_case
from crisis.office.office import Office, local_day
from crisis.records import timer
from crisis.records.act import Act
from crisis.records.assignment import Status, is_open
from crisis.records.schema.assignment import Assignment
from crisis.records.schema.incident import Incident


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
                to = Superior(action=action, person=person, lapses=outcome.state.lapses)
                await tell_superior(office, act, standing, row, to)
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
