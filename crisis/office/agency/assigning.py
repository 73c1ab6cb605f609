"""Giving tasks: to the agencies that the directory resolves, or to the one a person names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crisis.model.agency import Agency
from crisis.model.contact import first_recipient
from crisis.model.incident import Stage
from crisis.model.ladder import ladder_of
from crisis.model.task_time import TaskTimes, task_times
from crisis.model.words import Words
from crisis.office import watchman
from crisis.office.agency.assignment_letter import letter_for
from crisis.office.case import Standing
from crisis.office.office import Office, local_day
from crisis.office.post import Posting, post
from crisis.records import assignment, incident
from crisis.records.act import Act
from crisis.records.assignment import NewAssignment, Status
from crisis.records.schema.assignment import Assignment
from crisis.records.task_link import Recipient


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """What one agency is to answer, as lead or in support."""

    agency: Agency
    lead: bool
    claims: tuple[str, ...]


async def assign_resolved(office: Office, act: Act, standing: Standing) -> tuple[Assignment, ...]:
    """Give every claim without a task to the agencies that answer for it; their clocks start."""
    claims = [c for c in standing.case.unassigned if c not in standing.case.unresolved]
    given = [await _give(office, act, standing, share) for share in _shares(standing, claims)]
    if Stage(standing.incident.stage) is Stage.OPEN:
        await incident.move(act, standing.incident, Stage.VERIFYING)
    return tuple(given)


async def assign_named(
    office: Office, act: Act, standing: Standing, agency: Agency, claims: Sequence[str]
) -> Assignment:
    """Give `claims` to the agency that the coordinator named, as lead for them.

    A task that reached nobody is over where the named agency answers all of it.
    """
    share = Share(agency=agency, lead=True, claims=tuple(claims))
    given = await _give(office, act, standing, share)
    for other in standing.assignments:
        unreachable = Status(other.status) is Status.UNREACHABLE
        if unreachable and set(other.claims) <= set(claims):
            await assignment.recall(act, standing.incident, other, why="another agency was named")
            await watchman.stop(act, other.id)
    if Stage(standing.incident.stage) is Stage.OPEN:
        await incident.move(act, standing.incident, Stage.VERIFYING)
    return given


def _shares(standing: Standing, claims: Sequence[str]) -> Iterator[Share]:
    """The lead answers what nobody else has to; whoever a claim is about answers it too.

    A lead that a claim is about cannot settle it alone, so the others support it there.
    """
    lead = standing.resolution.lead
    if lead is None:
        return
    others = standing.resolution.coordinating
    about = {row.id: row.about for row in standing.claims}
    own = {a.id: tuple(c for c in claims if about[c] == a.id) for a in others}
    taken = {c for theirs in own.values() for c in theirs}
    rest = tuple(c for c in claims if c not in taken)
    yield Share(agency=lead, lead=True, claims=rest or tuple(claims))
    for agency in others:
        yield Share(agency=agency, lead=False, claims=own[agency.id] or tuple(claims))


async def _give(office: Office, act: Act, standing: Standing, share: Share) -> Assignment:
    case, times = standing.incident, _times(act, standing)
    row, token = await assignment.assign(
        act,
        case,
        NewAssignment(
            agency=share.agency.id,
            name=Words(vi=share.agency.name.vi, en=share.agency.name.en),
            directory_sha=standing.force.directory_sha,
            lead=share.lead,
            relation=share.agency.relation.value,
            claims=share.claims,
            recipient=_recipient(act, standing, share.agency),
            ack_due_at=times.acknowledge,
            due_at=times.answer,
        ),
    )
    if token is not None:
        await post(
            office,
            act,
            case,
            Posting(
                letter=await letter_for(office, act, standing, row, token),
                key=f"{case.code}:assignment:{row.id}",
                email=row.contact_email or "",
                name=row.contact_name,
                about=row.id,
                calendar=watchman.answer_due(row, standing.playbook),
            ),
        )
    await watchman.watch_task(act, standing, row, ladder_of(standing.playbook, standing.severity))
    return row


def _times(act: Act, standing: Standing) -> TaskTimes:
    return task_times(
        standing.playbook,
        standing.severity,
        received_at=standing.incident.received_at,
        given_at=act.now,
        calendar=standing.force.calendar,
    )


def _recipient(act: Act, standing: Standing, agency: Agency) -> Recipient | None:
    """The agency's focal point in office today, else its head or deputy; None without any."""
    people = standing.force.contacts.of_agency(agency.id, local_day(act.now))
    first = first_recipient(people)
    if first is None:
        return None
    return Recipient(name=first.name, title=first.title, email=first.email)
