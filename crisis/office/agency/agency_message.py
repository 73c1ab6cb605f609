"""What an agency says about its task, as a letter of its own kind to the coordinator."""

from datetime import datetime

from crisis.model.letter_part import Due, Heading
from crisis.model.notice import ExtensionRequest, QuestionToOffice, TaskDeclined
from crisis.model.words import Words, words
from crisis.office.agency.assignment_letter import agency_name, numbered
from crisis.office.office import Office, local_day
from crisis.office.post import Posting, at_incident, coordinator, heading, post
from crisis.records import assignment, claim
from crisis.records.act import Act
from crisis.records.assignment import Status
from crisis.records.schema.assignment import Assignment, TaskMessage
from crisis.records.task_link import Held
from crisis.records.task_message import Saying


async def tell_coordinator(office: Office, act: Act, held: Held, message: TaskMessage) -> None:
    """Mail the coordinator what the agency says, and what is to be done about it."""
    to = await coordinator(act, held.incident)
    to_whom = at_incident(office, to, held.incident, f"#viec-{held.assignment.id}")
    top = await heading(office, act, held.incident, to_whom)
    await post(
        office,
        act,
        held.incident,
        Posting(
            letter=await _letter(office, act, held, message, top),
            key=f"{held.incident.code}:message:{message.id}",
            email=to.email,
            name=to.name,
            about=held.assignment.id,
        ),
    )


async def _letter(
    office: Office, act: Act, held: Held, message: TaskMessage, top: Heading
) -> ExtensionRequest | QuestionToOffice | TaskDeclined:
    if message.kind == Saying.DECLINE.value:
        return await _declined(office, act, held, message, top)
    if message.kind == Saying.EXTENSION.value:
        return _extension(held.assignment, message, top)
    return QuestionToOffice(
        heading=top,
        agency=agency_name(held.assignment),
        asker=message.by_name,
        asker_phone=None,
        asked_at=message.at,
        question=message.text,
        due=_due(held.assignment),
    )


def _extension(row: Assignment, message: TaskMessage, top: Heading) -> ExtensionRequest:
    return ExtensionRequest(
        heading=top,
        agency=agency_name(row),
        asker=message.by_name,
        asked_at=message.at,
        until=datetime.fromisoformat((message.wants or {})["until"]),
        reason=message.text,
        due=_due(row),
    )


async def _declined(
    office: Office, act: Act, held: Held, message: TaskMessage, top: Heading
) -> TaskDeclined:
    row = held.assignment
    claims = await claim.of_incident(act.session, held.incident.id)
    tasks = await assignment.of_incident(act.session, held.incident.id)
    standing = [one for one in tasks if Status(one.status) in assignment.STANDING]
    held_by_others = {key for one in standing for key in one.claims}
    return TaskDeclined(
        heading=top,
        agency=agency_name(row),
        by=message.by_name,
        declined_at=message.at,
        assigned_at=row.made_at,
        reason=message.text,
        named=await _named(office, act, (message.wants or {})["agency"]),
        claims=numbered(claims, [key for key in row.claims if key not in held_by_others]),
    )


async def _named(office: Office, act: Act, agency_id: str) -> Words:
    force = await office.in_force(act.session)
    agency = force.directory.agency(agency_id, local_day(act.now))
    return agency.name if agency else Words(vi=agency_id, en=agency_id)


def _due(row: Assignment) -> Due:
    return Due(
        at=row.due_at,
        what=words("cơ quan trả lời", "the agency's answer"),
        rule=words("Hạn của việc đã giao", "Due time of the task"),
        legal=False,
    )
