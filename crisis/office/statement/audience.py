"""Who a statement reaches: its outlets, their recipients, and the people told of it."""

from collections.abc import Sequence

from sqlalchemy import select

from crisis.model.errors import RuleBroken
from crisis.model.letter_part import Reach
from crisis.model.outlet import refusal
from crisis.model.playbook_section import OutletId, PressAudience
from crisis.model.spelling import same_name
from crisis.model.statement import StatementKind, Variant
from crisis.model.words import Words, words
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.records import delivery, publication_list, way_out
from crisis.records.act import Act
from crisis.records.publication import Address
from crisis.records.schema.incident import Report
from crisis.records.schema.publication import PressContact, Publication
from crisis.records.schema.statement import StatementRow
from crisis.records.wording import subject_of

OUTLET_WORDS: dict[str, Words] = {
    OutletId.SITE.value: words("Trang thông tin chính thức", "Official site"),
    OutletId.PRESS_LIST.value: words("Thư tới các cơ quan báo chí", "Mail to newsrooms"),
    OutletId.WEBHOOK.value: words("Hệ thống liên thông", "Connected systems"),
}


def outlet_words(outlet: str) -> Words:
    """What an outlet is called; one that the office added goes by its id."""
    return OUTLET_WORDS.get(outlet, Words(vi=outlet, en=outlet))


async def addresses_of(
    act: Act, standing: Standing, row: StatementRow, variants: Sequence[Variant]
) -> tuple[Address, ...]:
    """Every outlet and recipient of an approved statement, and everyone its earlier one reached.

    Raises RuleBroken where an outlet is not announced as official (INV5), where an exercise would
    leave the house, or where nobody would receive it.
    """
    rows = {row.id: row for row in await way_out.outlets(act.session)}
    announced = frozenset(row.id for row in rows.values() if row.announced)
    found: list[Address] = []
    for outlet in sorted({variant.outlet for variant in variants}):
        real = rows[outlet].real if outlet in rows else True
        refused = refusal(
            outlet, announced=announced, exercise=standing.incident.exercise, real=real
        )
        if refused is not None:
            raise refused
        if outlet == OutletId.PRESS_LIST.value:
            contacts = await _newsrooms(act, standing, StatementKind(row.kind))
            found += [Address(outlet=outlet, recipient=c.email) for c in contacts]
        else:
            found.append(Address(outlet=outlet))
    carried = {variant.outlet for variant in variants}
    found += [a for a in await _reached_before(act, row) if a.outlet in carried and a not in found]
    if not found:
        raise RuleBroken(
            words(
                "Chưa có nơi nhận nào cho văn bản này; xin bổ sung danh sách báo chí.",
                "Nobody would receive this text; add the newsroom to the press list.",
            ),
            rule="recipients",
        )
    return tuple(found)


async def _reached_before(act: Act, row: StatementRow) -> list[Address]:
    """Where the statement that this one adds to, corrects or withdraws was sent."""
    if row.refers_to is None:
        return []
    return [
        Address(outlet=owed.outlet, recipient=owed.recipient)
        for made in await publication_list.of_statement(act.session, row.refers_to)
        for owed in await delivery.of_publication(act.session, made.id)
    ]


async def _newsrooms(act: Act, standing: Standing, kind: StatementKind) -> tuple[PressContact, ...]:
    contacts = tuple(await way_out.press_contacts(act.session))
    if standing.playbook.press_audience(kind) is PressAudience.EVERYONE:
        return contacts
    reporting = list(
        await act.session.scalars(
            select(Report.outlet).where(Report.incident_id == standing.incident.id)
        )
    )
    return tuple(c for c in contacts if any(same_name(c.outlet, name) for name in reporting))


async def reach_of(act: Act, standing: Standing, row: StatementRow) -> tuple[Reach, ...]:
    """Where a statement would go and to how many, as an approver is told beforehand."""
    subject = await subject_of(act.session, standing.incident, row)
    addresses = await addresses_of(act, standing, row, subject.variants)
    outlets = sorted({variant.outlet for variant in subject.variants})
    return tuple(
        Reach(
            outlet=outlet_words(outlet),
            recipients=sum(a.outlet == outlet for a in addresses)
            if outlet == OutletId.PRESS_LIST.value
            else None,
        )
        for outlet in outlets
    )


def public_page(office: Office, made: Publication) -> str | None:
    """Where the public reads it; None for what goes to newsrooms alone."""
    if not any(v["outlet"] == OutletId.SITE.value for v in made.frozen["variants"]):
        return None
    return f"{office.settings.public_url}/tin/{made.slug}/"
