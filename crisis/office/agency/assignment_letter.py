"""The letter that gives a task, with everything the receiver needs to act."""

from collections.abc import Sequence

from sqlalchemy import select

from crisis.model.agency import Relation as Standing_
from crisis.model.letter import Assignment as AssignmentLetter
from crisis.model.letter_part import Due, NumberedClaim, PressItem, Relation, Role, Told
from crisis.model.playbook import Playbook
from crisis.model.words import Language, Words, words
from crisis.office import watchman
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.post import Addressee, heading
from crisis.records.act import Act
from crisis.records.schema.assignment import Assignment
from crisis.records.schema.incident import ClaimRow, Report


def task_link(office: Office, token: str) -> str:
    """Where the agency acts on its task."""
    return f"{office.settings.public_url}/viec/{token}"


def agency_name(row: Assignment) -> Words:
    """The agency's name as it stood when the task was given."""
    return Words(vi=row.name_vi, en=row.name_en)


def relation(row: Assignment) -> Relation:
    """How the office addresses this body."""
    return Relation.COORDINATES if row.relation == Standing_.VERTICAL.value else Relation.ASSIGNS


def acknowledge_due(row: Assignment, playbook: Playbook) -> Due:
    """The due time of an agency's confirmation of receipt."""
    return Due(
        at=row.ack_due_at,
        what=words("xác nhận đã nhận việc", "confirm receipt"),
        rule=watchman.rule_of(playbook),
        legal=False,
    )


async def letter_for(
    office: Office, act: Act, standing: Standing, row: Assignment, token: str
) -> AssignmentLetter:
    """The assignment letter of one task."""
    resolution = standing.resolution
    names = [
        Words(vi=a.name.vi, en=a.name.en) for a in resolution.coordinating if a.id != row.agency
    ]
    lead = resolution.lead
    about = await told(act, standing, row)
    lead_name = (
        Words(vi=lead.name.vi, en=lead.name.en) if lead and not row.lead else agency_name(row)
    )
    return AssignmentLetter(
        heading=await heading(
            office,
            act,
            standing.incident,
            Addressee(
                name=agency_name(row),
                language=Language(row.language),
                link=task_link(office, token),
            ),
        ),
        items=about.items,
        claims=about.claims,
        lead=lead_name,
        support=tuple(names),
        relation=relation(row),
        role=Role.LEAD if row.lead else Role.SUPPORT,
        acknowledge=acknowledge_due(row, standing.playbook),
        answer=watchman.answer_due(row, standing.playbook),
        asks=standing.playbook.asks,
    )


def numbered(claims: Sequence[ClaimRow], ids: Sequence[str]) -> tuple[NumberedClaim, ...]:
    """Those of `claims` that `ids` name, with their numbers."""
    return tuple(
        NumberedClaim(number=row.number, text=Words(vi=row.text_vi, en=row.text_en))
        for row in claims
        if row.id in ids
    )


async def told(act: Act, standing: Standing, row: Assignment) -> Told:
    """What every letter about a task says of its matter."""
    items = await press_items(act, standing.incident.id)
    return Told(items=items, claims=numbered(standing.claims, row.claims))


async def press_items(act: Act, incident_id: str) -> tuple[PressItem, ...]:
    """What was published about the incident, oldest first."""
    rows = await act.session.scalars(
        select(Report).where(Report.incident_id == incident_id).order_by(Report.received_at)
    )
    return tuple(
        PressItem(
            outlet=row.outlet,
            title=row.title,
            link=row.link,
            published_at=row.published_at or row.received_at,
            quotation=row.quotation or None,
        )
        for row in rows
    )
