"""The press list: one ready mail per newsroom, made when the publication is frozen."""

from dataclasses import replace

from crisis.model.mask import mask
from crisis.model.notice import PressNote, PressStatement
from crisis.model.playbook_section import OutletId
from crisis.model.statement import StatementKind, Variant
from crisis.model.words import Language, Words
from crisis.office.agency.assignment_letter import press_items
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.post import Addressee, Posting, heading, post
from crisis.office.statement.audience import public_page
from crisis.records import delivery, protected_name, publication, way_out
from crisis.records.act import Act
from crisis.records.schema.publication import Delivery, PressContact, Publication


async def write_press_mails(
    office: Office, act: Act, standing: Standing, made: Publication
) -> None:
    """Write the mail of each newsroom that the publication owes a delivery to."""
    contacts = {c.email: c for c in await way_out.press_contacts(act.session, former=True)}
    for owed in await delivery.of_publication(act.session, made.id):
        if owed.outlet == OutletId.PRESS_LIST.value and owed.recipient in contacts:
            await _write(office, act, standing, made, (owed, contacts[owed.recipient]))


async def _write(
    office: Office,
    act: Act,
    standing: Standing,
    made: Publication,
    to: tuple[Delivery, PressContact],
) -> None:
    owed, contact = to
    parcel = publication.parcel(made, standing.incident.code, owed)
    variant = parcel.variant(Language(contact.language)) or parcel.variants[0]
    letter = await _letter(office, act, standing, made, (variant, contact))
    await post(
        office,
        act,
        standing.incident,
        Posting(
            letter=letter,
            key=owed.key,
            email=contact.email,
            name=contact.outlet,
            about=made.statement_id,
            held=True,
        ),
    )


async def _letter(
    office: Office,
    act: Act,
    standing: Standing,
    made: Publication,
    to: tuple[Variant, PressContact],
) -> PressStatement | PressNote:
    variant, contact = to
    top = await heading(
        office,
        act,
        standing.incident,
        Addressee(
            name=Words(vi=contact.outlet, en=contact.outlet),
            language=variant.language,
            link=public_page(office, made) or office.settings.public_url,
        ),
    )
    if made.frozen["kind"] == StatementKind.REMEDY_NOTE.value:
        items = await press_items(act, standing.incident.id)
        item = next((i for i in items if i.outlet == contact.outlet), items[0])
        names = await protected_name.of_incident(act.session, standing.incident.id)
        item = replace(item, title=mask(item.title, names))
        return PressNote(heading=top, item=item, statement=variant)
    return PressStatement(
        heading=top, number=made.frozen["number"], published_at=made.at, statement=variant
    )
