"""What agencies do with their tasks, each one act: answer, ask, pass on, decline."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from crisis.model.incident import Stage
from crisis.model.ladder import ladder_of
from crisis.model.ledger import Actor, ActorKind, instant
from crisis.office import clock_book, watchman
from crisis.office.agency.agency_message import tell_coordinator
from crisis.office.agency.reverifying import expire_drafts
from crisis.office.agency.task_post import FreshLinkTo, send_link
from crisis.office.case import hold_case
from crisis.office.office import Office
from crisis.records import answer, claim, incident, task_work, turn
from crisis.records import task_link as links
from crisis.records import task_message as messages
from crisis.records.act import Act
from crisis.records.answer import NewFinding, Signed
from crisis.records.assignment import is_open
from crisis.records.schema.assignment import TaskMessage
from crisis.records.task_link import Held, Recipient
from crisis.records.task_message import Said, Saying


def actor_of(held: Held) -> Actor:
    """Whoever acts by this link: the agency, by its task."""
    return Actor(kind=ActorKind.AGENCY.value, id=held.assignment.id)


async def acknowledge(office: Office, act: Act, held: Held) -> bool:
    """The agency has the task: the ladder rests until the acknowledgement expires."""
    first = await task_work.acknowledge(act, held)
    if first:
        standing = await hold_case(office, act, held.incident)
        ladder = ladder_of(standing.playbook, standing.severity)
        await watchman.on_acknowledged(act, held.assignment, ladder, standing.force.calendar)
    return first


async def save_draft(office: Office, act: Act, held: Held, draft: dict[str, Any]) -> None:
    """Keep what the agency has typed; it counts as progress."""
    await task_work.save_draft(act, held, draft)
    standing = await hold_case(office, act, held.incident)
    ladder = ladder_of(standing.playbook, standing.severity)
    await watchman.on_activity(act, held.assignment, ladder, standing.force.calendar)


async def receive_answer(
    office: Office, act: Act, held: Held, signed: Signed, findings: Sequence[NewFinding]
) -> int:
    """Record an answer, conclude every claim anew, and call for the next steps; its version.

    What was drafted but not published on other findings expires: approvals are for what was true.
    """
    case = held.incident
    before = await hold_case(office, act, case)
    made = await answer.answer(act, held, signed, findings)
    after = await claim.conclude_all(act, case, before.force.directory.subordinate)
    verdicts = [(c.claim.id, c.verdict, c.evidence) for c in before.conclusions]
    if verdicts != [(c.claim.id, c.verdict, c.evidence) for c in after] or made.version > 1:
        await expire_drafts(act, before)
        if Stage(case.stage) is Stage.PUBLISHED:
            # What was published no longer says what is found: a correction has to follow.
            await incident.move(act, case, Stage.VERIFYING)
    await watchman.stop(act, held.assignment.id)
    others = (a for a in before.assignments if a.id != held.assignment.id)
    if not any(is_open(a) for a in others):
        await clock_book.met(act, case, "playbook.agency_first_facts", "playbook.agency_report")
    await turn.wake(act, case, because="verification answered")
    return made.version


async def ask(office: Office, act: Act, held: Held, by: str, text: str) -> TaskMessage:
    """The agency asks back; the coordinator is told by letter."""
    message = await messages.say(act, held, Said(kind=Saying.QUESTION, by=by, text=text))
    await tell_coordinator(office, act, held, message)
    return message


async def ask_time(
    office: Office, act: Act, held: Held, by: str, wanted: tuple[str, datetime]
) -> TaskMessage:
    """The agency asks for time until `wanted[1]`, for the reason `wanted[0]`."""
    why, until = wanted
    message = await messages.say(
        act,
        held,
        Said(kind=Saying.EXTENSION, by=by, text=why, wants={"until": instant(until)}),
    )
    await tell_coordinator(office, act, held, message)
    return message


async def decline(
    office: Office, act: Act, held: Held, by: str, said: tuple[str, str]
) -> TaskMessage:
    """The agency is not competent (`said[0]`: why) and names another (`said[1]`)."""
    why, other = said
    message = await messages.say(
        act, held, Said(kind=Saying.DECLINE, by=by, text=why, wants={"agency": other})
    )
    await watchman.stop(act, held.assignment.id)
    await links.revoke(act, held.incident, held.assignment.id, "declined")
    directory = (await office.in_force(act.session)).directory
    await claim.conclude_all(act, held.incident, directory.subordinate)
    await tell_coordinator(office, act, held, message)
    await turn.wake(act, held.incident, because="agency declined")
    return message


async def fresh_link(office: Office, act: Act, held: Held) -> None:
    """Send a new link to the address in the directory; its old ones end, a colleague's do not."""
    row = held.assignment
    if row.contact_email is None:
        return
    await links.revoke(act, held.incident, row.id, "replaced", of=row.contact_email)
    to = Recipient(name=row.contact_name, title=row.contact_title, email=row.contact_email)
    token = await links.issue(act, held.incident, row, to)
    await send_link(office, act, held, FreshLinkTo(recipient=to, token=token))
