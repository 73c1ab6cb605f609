"""Settling: the statement is out; leaders and the agencies concerned are told."""

from collections.abc import Sequence

from crisis.model.letter_part import Reach
from crisis.model.notice import PublicationNotice
from crisis.model.playbook_section import OutletId
from crisis.model.role import Role
from crisis.model.statement import KIND_WORDS, StatementKind
from crisis.model.words import Language
from crisis.office.agency.assignment_letter import agency_name
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.post import Addressee, Posting, addressed, heading, post
from crisis.office.statement import publishing
from crisis.office.statement.audience import outlet_words, public_page
from crisis.office.statement.speaker import speaker_of
from crisis.records import delivery, person, publication, publication_list, viewing
from crisis.records.act import Act
from crisis.records.schema.publication import Delivery, Publication
from crisis.records.schema.statement import StatementRow


async def settle(office: Office, act: Act, standing: Standing, row: StatementRow) -> None:
    """Mark the statement published and tell leaders, coordinators and agencies concerned."""
    await publishing.settle(act, standing, row)
    made = (await publication_list.of_statement(act.session, row.id))[-1]
    for email, to in await _audience(act, standing, office, made):
        await _notify(office, act, standing, made, (email, to))


async def _audience(
    act: Act, standing: Standing, office: Office, made: Publication
) -> list[tuple[str, Addressee]]:
    page = f"{office.settings.public_url}/vu-viec/{standing.incident.code}"
    link = public_page(office, made) or page
    people = await person.with_role(act.session, Role.LEADER, Role.COORDINATOR)
    people = await viewing.among(act.session, standing.incident, people)
    told = {
        user.email: Addressee(name=addressed(user), language=Language(user.language), link=link)
        for user in people
    }
    for task in standing.assignments:
        if task.contact_email:
            told.setdefault(
                task.contact_email,
                Addressee(name=agency_name(task), language=Language(task.language), link=link),
            )
    return sorted(told.items())


async def _notify(
    office: Office,
    act: Act,
    standing: Standing,
    made: Publication,
    to: tuple[str, Addressee],
) -> None:
    email, addressee = to
    owed = await delivery.of_publication(act.session, made.id)
    parcel = publication.parcel(made, standing.incident.code, owed[0])
    variant = parcel.variant(addressee.language) or parcel.variants[0]
    await post(
        office,
        act,
        standing.incident,
        Posting(
            letter=PublicationNotice(
                heading=await heading(office, act, standing.incident, addressee),
                number=made.frozen["number"],
                kind=KIND_WORDS[StatementKind(made.frozen["kind"])],
                spokesperson=await speaker_of(act, made),
                published_at=made.at,
                reach=_reached(owed),
                statement=variant,
            ),
            key=f"{standing.incident.code}:notice:{made.id}:{email}",
            email=email,
            about=made.statement_id,
        ),
    )


def _reached(owed: Sequence[Delivery]) -> tuple[Reach, ...]:
    """Where it went: the page on the site, and how many newsrooms."""
    outlets = [one.outlet for one in owed]
    pages = {one.outlet: one.reference for one in owed if one.outlet == OutletId.SITE.value}
    return tuple(
        Reach(
            outlet=outlet_words(outlet),
            recipients=outlets.count(outlet) if outlet == OutletId.PRESS_LIST.value else None,
            address=pages.get(outlet),
        )
        for outlet in sorted(set(outlets))
    )
