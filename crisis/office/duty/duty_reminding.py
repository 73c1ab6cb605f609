"""Reminding the coordinators of a periodic duty."""

from crisis.model.duty_plan import moments_at
from crisis.model.letter_part import Due, Heading
from crisis.model.notice import DutyReminder
from crisis.model.words import Language, Words, words
from crisis.office import roster
from crisis.office.duty.duty_planning import REMIND
from crisis.office.office import Office
from crisis.office.post import Posting, addressed, contact_of, post
from crisis.records import timer
from crisis.records.act import Act
from crisis.records.duty import is_owed
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.person import User

PLACE = "/nhiem-vu-dinh-ky"


async def remind_duty(office: Office, act: Act, row: DeadlineRow) -> str:
    """Send the reminder that is due, once, and look again at the next.

    Before the end to whoever is on duty, once it is over to every coordinator.
    """
    if not is_owed(row):
        await timer.clear_timer(act, flow=REMIND, subject=row.id)
        return f"duty {row.rule} is done"
    gone, coming = moments_at(row.rule, row.starts_at, row.due_at, act.now)
    if coming is None:
        await timer.clear_timer(act, flow=REMIND, subject=row.id)
    else:
        await timer.set_timer(act, None, flow=REMIND, subject=row.id, at=coming)
    if gone is None:
        return f"duty {row.rule} waits"
    people = await roster.coordinators(act, late=act.now > row.due_at)
    for user in people:
        key = f"duty:{row.id}:{gone.isoformat()}:{user.id}"
        letter = _letter(office, act, row, (user, people[0]))
        posting = Posting(letter=letter, key=key, email=user.email, name=user.name)
        await post(office, act, None, posting)
    return f"reminded {len(people)} of {row.rule}"


def _letter(office: Office, act: Act, row: DeadlineRow, people: tuple[User, User]) -> DutyReminder:
    user, signs = people
    title = Words(vi=row.title_vi, en=row.title_en)
    return DutyReminder(
        heading=Heading(
            office=office.name,
            coordinator=contact_of(signs),
            code="duty",
            subject=words("Nhiệm vụ định kỳ", "Periodic duty"),
            addressee=addressed(user),
            language=Language(user.language),
            exercise=office.settings.exercise,
            link=f"{office.settings.public_url}{PLACE}",
        ),
        due=Due(
            at=row.due_at, what=title, rule=Words(vi=row.source, en=row.source), legal=row.legal
        ),
        late=act.now > row.due_at,
    )
