"""Reaching an agency with its task: the mail was taken or refused, sent anew, or told by hand."""

from crisis.model.errors import BadInput, RuleBroken
from crisis.model.words import words
from crisis.office import clock_book, watchman
from crisis.office.agency.assignment_letter import letter_for
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.post import Posting, post
from crisis.records import amendment, handover, person, turn
from crisis.records import task_link as links
from crisis.records.act import Act
from crisis.records.amendment import Amendment
from crisis.records.assignment import Status, is_open
from crisis.records.handover import Way
from crisis.records.schema.assignment import Assignment
from crisis.records.schema.incident import Incident
from crisis.records.schema.mail import Mail
from crisis.records.task_link import Recipient

ASSIGNED = "playbook.assign"


async def after_mail(act: Act, mail_id: str) -> None:
    """A mail has ended: where it gave a task, the task is given, or it waits for a person."""
    row = await act.session.get_one(Mail, mail_id, populate_existing=True)
    found = await handover.mailed_task(act.session, row)
    if found is None:
        return
    task, case = found
    if row.state == "sent":
        await _check_given(act, case)
    elif row.state == "refused" and task.status == Status.AWAITING_ACK.value:
        await handover.refused(act, case, task, row.id)
        await turn.wake(act, case, because="assignment refused")


async def _check_given(act: Act, case: Incident) -> None:
    if await handover.everyone_has_it(act.session, case.id):
        await clock_book.met(act, case, ASSIGNED)


async def hand_over(act: Act, standing: Standing, row: Assignment, way: Way, told: str) -> None:
    """Record that the task was handed over by phone or on paper, to whom. Raises BadInput."""
    _check_open(row)
    if not told.strip():
        raise BadInput(
            words("Xin ghi đã giao cho ai, lúc nào.", "Please say to whom and when."), field="told"
        )
    by = (await person.by_id(act.session, act.actor.id)).name
    await handover.by_hand(act, standing.incident, row, way, (by, told.strip()))
    await _check_given(act, standing.incident)
    await turn.wake(act, standing.incident, because="task handed over")


async def send_again(
    office: Office, act: Act, standing: Standing, row: Assignment, to: Recipient
) -> None:
    """Give the task once more by mail, to `to`; links that were mailed before end."""
    _check_open(row)
    case, before = standing.incident, row.contact_email
    if to.email != before:
        told = Amendment(
            field="contact", old=before or "", new=to.email, reason=f"{row.name_vi}: gửi lại thư"
        )
        await amendment.amend(act, case, told)
    await links.revoke(act, case, row.id, "replaced")
    row.contact_name, row.contact_title, row.contact_email = to.name, to.title, to.email
    row.status = Status.AWAITING_ACK.value
    await act.session.flush()
    await _mail(office, act, standing, row, to)
    await turn.wake(act, case, because="task sent again")


async def ask_again(office: Office, act: Act, standing: Standing, row: Assignment) -> None:
    """What was asked has changed: the agency is sent its task anew, as it stands now."""
    if row.contact_email:
        to = Recipient(name=row.contact_name, title=row.contact_title, email=row.contact_email)
        await _mail(office, act, standing, row, to)


async def _mail(
    office: Office, act: Act, standing: Standing, row: Assignment, to: Recipient
) -> None:
    case = standing.incident
    token = await links.issue(act, case, row, to)
    await post(
        office,
        act,
        case,
        Posting(
            letter=await letter_for(office, act, standing, row, token),
            key=f"{case.code}:assignment:{row.id}:{links.hash_of(token)}",
            email=to.email,
            name=to.name,
            about=row.id,
            calendar=watchman.answer_due(row, standing.playbook),
        ),
    )


def _check_open(row: Assignment) -> None:
    if not is_open(row):
        raise RuleBroken(words("Việc này đã kết thúc.", "This task has ended."), rule="task_ended")
