"""The letter that tells an outlet on which legal ground it is not informed, and why."""

from crisis.model.law import Law
from crisis.model.letter_part import Heading
from crisis.model.notice import PressRefusal
from crisis.model.press_request import refusal_basis
from crisis.model.refusal_ground import RefusalGround
from crisis.model.words import Language, Words
from crisis.office.office import Office, local_day
from crisis.office.post import Posting, contact_of, post
from crisis.records import person
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.incident import Incident
from crisis.records.schema.press_request import PressRequest


async def write_refusal(
    office: Office, act: Act, row: PressRequest, ground: RefusalGround, law: Law
) -> None:
    """Queue the letter to the outlet's address, signed by whoever refuses."""
    speaker = contact_of(await person.by_id(act.session, act.actor.id))
    letter = PressRefusal(
        heading=Heading(
            office=office.name,
            coordinator=speaker,
            code=row.code,
            subject=Words(vi=row.subject, en=row.subject),
            addressee=Words(vi=row.outlet, en=row.outlet),
            language=Language(row.language),
            exercise=row.exercise,
            link=office.settings.public_url,
        ),
        received_at=row.received_at,
        ground=ground.sentence(refusal_basis(law, local_day(act.now))),
        reason=row.reason,
    )
    alone = row.chain == OFFICE_CHAIN
    incident = None if alone else await act.session.get_one(Incident, row.incident_id)
    await post(
        office,
        act,
        incident,
        Posting(
            letter=letter,
            key=f"{row.code}:refusal",
            email=row.email or "",
            name=row.outlet,
            about=row.id,
        ),
    )
