"""Reminding the coordinators of a newspaper that waits."""

from dataclasses import replace

from crisis.model.letter_part import Due, Heading
from crisis.model.notice import RequestReminder
from crisis.model.press_request import RequestStatus
from crisis.model.request_reminder import request_moments_at
from crisis.model.role import Role
from crisis.model.words import Language, Words
from crisis.office import roster, watchman
from crisis.office.office import Office
from crisis.office.post import Posting, addressed, contact_of, post
from crisis.records import deadline, person, timer, viewing
from crisis.records.act import Act
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import Incident
from crisis.records.schema.person import User
from crisis.records.schema.press_request import PressRequest

PLACE = "/yeu-cau-bao-chi"


async def remind_request(
    office: Office, act: Act, incident: Incident | None, clock: DeadlineRow, row: PressRequest
) -> str:
    """Send the reminder that is due, once, and look again at the next.

    Before the end to whoever is on duty, once it is over to every coordinator who may see it.
    """
    owed = clock.state in {deadline.RUNNING, deadline.MISSED}
    gone, coming = request_moments_at(clock.starts_at, clock.due_at, act.now)
    if not owed or row.status != RequestStatus.OPEN or coming is None:
        await timer.clear_timer(act, flow=watchman.REMIND, subject=clock.id)
    else:
        await timer.set_timer(
            act, clock.incident_id, flow=watchman.REMIND, subject=clock.id, at=coming
        )
    if not owed or row.status != RequestStatus.OPEN:
        return f"request {row.code} is settled"
    if gone is None:
        return f"request {row.code} waits"
    people = await person.with_role(act.session, Role.COORDINATOR)
    if incident is not None:
        people = await viewing.among(act.session, incident, people)
    people = await roster.told(act, people, late=act.now > clock.due_at)
    for user in people:
        posting = Posting(
            letter=replace(
                _letter(office, act, clock, row, (user, people[0])),
                incident="" if incident is None else incident.code,
            ),
            key=f"{row.code}:{clock.id}:{gone.isoformat()}:{user.id}",
            email=user.email,
            name=user.name,
            about=row.id,
        )
        await post(office, act, incident, posting)
    return f"reminded {len(people)} of request {row.code}"


def _letter(
    office: Office, act: Act, clock: DeadlineRow, row: PressRequest, people: tuple[User, User]
) -> RequestReminder:
    user, signs = people
    return RequestReminder(
        heading=Heading(
            office=office.name,
            coordinator=contact_of(signs),
            code=row.code,
            subject=Words(vi=row.subject, en=row.subject),
            addressee=addressed(user),
            language=Language(user.language),
            exercise=row.exercise,
            link=f"{office.settings.public_url}{PLACE}/{row.code}",
        ),
        outlet=row.outlet,
        received_at=row.received_at,
        due=Due(
            at=clock.due_at,
            what=Words(vi=clock.title_vi, en=clock.title_en),
            rule=Words(vi=clock.source, en=clock.source),
            legal=clock.legal,
        ),
        late=act.now > clock.due_at,
    )
