"""The letter that carries a new link to a task."""

from dataclasses import dataclass

from crisis.model.letter import Letter
from crisis.model.notice import FreshLink
from crisis.model.words import Language, Words
from crisis.office import watchman
from crisis.office.agency.assignment_letter import agency_name, task_link, told
from crisis.office.case import hold_case
from crisis.office.office import Office
from crisis.office.post import Addressee, Posting, heading, post
from crisis.records import task_link as links
from crisis.records.act import Act
from crisis.records.task_link import Held, Recipient


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
    letter: Letter = FreshLink(
        heading=top, due=due, told=await told(act, standing, row), handed_on_by=to.by
    )
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
            calendar=due,
        ),
    )
