"""Letters about a task: a new link for its agency, a message of the agency to the coordinator."""

from dataclasses import dataclass
from datetime import datetime

from crisis.model.letter import Letter
from crisis.model.letter_part import Due
from crisis.model.notice import FreshLink, QuestionToOffice
from crisis.model.words import Language, Words, words
from crisis.office import watchman
from crisis.office.assignment_letter import agency_name, task_link
from crisis.office.case import hold_case
from crisis.office.office import Office, local_day
from crisis.office.post import Addressee, Posting, addressed, coordinator, heading, post
from crisis.records import task_link as links
from crisis.records.act import Act
from crisis.records.schema.assignment import Assignment, TaskMessage
from crisis.records.task_link import Held, Recipient
from crisis.writing.wording import said_moment


@dataclass(frozen=True, kw_only=True, slots=True)
class FreshLinkTo:
    """A new link for somebody, handed on by a colleague or asked for."""

    recipient: Recipient
    token: str
    by: Words | None = None


async def send_link(office: Office, act: Act, held: Held, to: FreshLinkTo) -> None:
    """Mail a new link for the task of `held`."""
    standing = await hold_case(office, act, held.incident)
    row = held.assignment
    due = watchman.answer_due(row, standing.playbook)
    top = await heading(
        office,
        act,
        held.incident,
        Addressee(
            name=agency_name(row),
            language=Language(row.language),
            link=task_link(office, to.token),
        ),
    )
    letter: Letter = FreshLink(heading=top, due=due, handed_on_by=to.by)
    await post(
        office,
        act,
        held.incident,
        Posting(
            letter=letter,
            key=f"{held.incident.code}:link:{links.hash_of(to.token)}",
            email=to.recipient.email,
            name=to.recipient.name,
            about=row.id,
            replies=True,
            calendar=due,
        ),
    )


async def tell_coordinator(office: Office, act: Act, held: Held, message: TaskMessage) -> None:
    """Mail the coordinator what the agency says."""
    to = await coordinator(act, held.incident)
    row = held.assignment
    letter = QuestionToOffice(
        heading=await heading(
            office,
            act,
            held.incident,
            Addressee(
                name=addressed(to),
                language=Language(to.language),
                link=f"{office.settings.public_url}/vu-viec/{held.incident.code}",
            ),
        ),
        agency=agency_name(row),
        asker=message.by_name,
        asker_phone=None,
        asked_at=message.at,
        question=await _told(office, act, message, to.language),
        due=_due(row),
    )
    await post(
        office,
        act,
        held.incident,
        Posting(
            letter=letter,
            key=f"{held.incident.code}:message:{message.id}",
            email=to.email,
            name=to.name,
            about=row.id,
        ),
    )


async def _told(office: Office, act: Act, message: TaskMessage, language: str) -> str:
    """The message with what it asks for: the time in local words, the agency by its name."""
    wants = message.wants or {}
    extra = ""
    if until := wants.get("until"):
        extra = said_moment(datetime.fromisoformat(until), language)
    elif other := wants.get("agency"):
        force = await office.in_force(act.session)
        agency = force.directory.agency(other, local_day(act.now))
        extra = agency.name.in_(language) if agency else other
    return f"{message.text}\n{extra}".strip()


def _due(row: Assignment) -> Due:
    return Due(
        at=row.due_at,
        what=words("cơ quan trả lời", "the agency's answer"),
        rule=words("Hạn của việc đã giao", "Due time of the task"),
        legal=False,
    )
