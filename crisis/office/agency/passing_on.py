"""Passing a task on: a named colleague gets a link of their own and everything needed to act."""

from crisis.model.notice import TaskPassedOn
from crisis.model.words import Language, Words
from crisis.office import watchman
from crisis.office.agency.assignment_letter import agency_name, numbered, press_items, task_link
from crisis.office.case import hold_case
from crisis.office.office import Office
from crisis.office.post import Addressee, Posting, heading, post
from crisis.records import task_link as links
from crisis.records import task_message as messages
from crisis.records.act import Act
from crisis.records.task_link import Held, Recipient


async def pass_on(office: Office, act: Act, held: Held, to: Recipient, text: str) -> None:
    """Hand the task to `to`, who gets a link of their own by mail; `text` is a word to them."""
    token = await messages.pass_on(act, held, to, text)
    standing = await hold_case(office, act, held.incident)
    row = held.assignment
    called = f"{to.name}, {to.title}" if to.title else to.name
    person = Addressee(
        name=Words(vi=called, en=called),
        language=Language(row.language),
        link=task_link(office, token),
    )
    due = watchman.answer_due(row, standing.playbook)
    letter = TaskPassedOn(
        heading=await heading(office, act, held.incident, person),
        agency=agency_name(row),
        by=held.link.recipient_name,
        items=await press_items(act, held.incident.id),
        claims=numbered(standing.claims, row.claims),
        answer=due,
        note=text or None,
    )
    await post(
        office,
        act,
        held.incident,
        Posting(
            letter=letter,
            key=f"{held.incident.code}:link:{links.hash_of(token)}",
            email=to.email,
            name=to.name,
            about=row.id,
            calendar=due,
        ),
    )
