"""Who speaks for the office, and that nobody else is named when a statement goes out (INV3)."""

from collections.abc import Iterable, Sequence

from crisis.model.approval import Right
from crisis.model.errors import RuleBroken
from crisis.model.letter_part import Contact
from crisis.model.rule import inv3_spokesperson_in_office
from crisis.model.spelling import nfc
from crisis.model.statement import Variant
from crisis.model.words import words
from crisis.office.post import contact_of
from crisis.records import authority, person
from crisis.records.act import Act
from crisis.records.schema.person import User
from crisis.records.schema.publication import Publication


async def spokesperson(act: Act, incident_id: str) -> Contact:
    """Who speaks for the office at this moment. Raises RuleBroken (INV3) where nobody may."""
    return contact_of((await in_office(act, incident_id))[0])


async def speaker_of(act: Act, made: Publication) -> Contact:
    """Who spoke when `made` was frozen, whatever became of their right since."""
    if (frozen := made.frozen.get("spokesperson")) is None:
        return await spokesperson(act, made.incident_id)
    return contact_of(await person.by_id(act.session, frozen))


async def check_named_speakers(act: Act, incident_id: str, variants: Iterable[Variant]) -> None:
    """Refuse a text that names a spokesperson of ours whose right to speak has ended.

    Raises RuleBroken (INV3), also where nobody may speak.
    """
    may = {user.id for user in await in_office(act, incident_id)}
    told = nfc("\n".join(f"{variant.title}\n{variant.body}" for variant in variants))
    recorded = await authority.all_recorded(act.session)
    once = {row.user_id for row in recorded if row.right == Right.SPEAK.value}
    for gone in sorted(once - may):
        who = await person.by_id(act.session, gone)
        if nfc(who.name) in told:
            raise RuleBroken(
                words(
                    "Văn bản nêu tên một người không còn quyền phát ngôn; xin sửa lại.",
                    "The text names somebody whose right to speak has ended; please edit it.",
                ),
                rule="INV3",
            )


async def in_office(act: Act, incident_id: str) -> Sequence[User]:
    """Everyone who may speak at this moment. Raises RuleBroken (INV3) where nobody may."""
    people = await authority.who_may(act.session, Right.SPEAK, at=act.now, incident_id=incident_id)
    held = [one for who in people for one in await authority.authorities_of(act.session, who.id)]
    inv3_spokesperson_in_office(held, act.now, incident_id)
    return people
