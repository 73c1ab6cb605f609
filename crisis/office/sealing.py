"""Signing the heads of all chains, and telling the auditors what was signed."""

from crisis.model.checkpoint import SignedCheckpoint
from crisis.model.checkpoint_notice import CheckpointNotice
from crisis.model.ledger import moment
from crisis.model.letter_part import Heading
from crisis.model.role import Role
from crisis.model.words import Language, words
from crisis.office.office import Office
from crisis.office.post import Posting, addressed, contact_of, post
from crisis.records import checkpoint, person
from crisis.records.act import Act
from crisis.records.schema.person import User


async def sign_and_tell(office: Office, act: Act) -> SignedCheckpoint:
    """Sign all chain heads now; every auditor gets number, root and key by mail.

    The mails stand in the ledger after what was signed, so the next checkpoint covers them.
    """
    signed = await checkpoint.sign_now(act, office.seal)
    people = await person.with_role(act.session, Role.COORDINATOR, Role.ADMIN)
    for auditor in await person.with_role(act.session, Role.AUDITOR):
        await _tell(office, act, signed, auditor, [*people, auditor][0])
    return signed


async def _tell(
    office: Office, act: Act, signed: SignedCheckpoint, auditor: User, signs: User
) -> None:
    letter = CheckpointNotice(
        heading=Heading(
            office=office.name,
            coordinator=contact_of(signs),
            code="audit",
            subject=words("Kiểm toán sổ ghi", "Audit of the ledger"),
            addressee=addressed(auditor),
            language=Language(auditor.language),
            exercise=office.settings.exercise,
            link=office.settings.public_url,
        ),
        number=signed.checkpoint.seq,
        signed_at=moment(signed.checkpoint.at),
        chains=signed.checkpoint.count,
        root=signed.checkpoint.root,
        fingerprint=signed.checkpoint.key_id,
    )
    key = f"checkpoint:{signed.checkpoint.seq}:{auditor.id}"
    await post(
        office, act, None, Posting(letter=letter, key=key, email=auditor.email, name=auditor.name)
    )
