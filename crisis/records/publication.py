"""Publications: what was approved, frozen, with one delivery per outlet and recipient."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.approval import Subject
from crisis.model.delivery import DeliveryState, expiry
from crisis.model.parcel import Act as Effect
from crisis.model.parcel import Parcel, Reference
from crisis.model.statement import Lifecycle, StatementKind, Variant, check_lifecycle
from crisis.model.words import Language
from crisis.records.act import Act, after
from crisis.records.schema.incident import Incident
from crisis.records.schema.publication import Delivery, Publication
from crisis.records.schema.statement import StatementRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """One outlet, and the recipient there where it has several."""

    outlet: str
    recipient: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Going:
    """Where a publication goes, and the id of the person who speaks."""

    to: Sequence[Address]
    speaker: str


async def freeze(
    act: Act, incident: Incident, row: StatementRow, subject: Subject, going: Going
) -> Publication:
    """Freeze the approved version and owe one delivery to each address."""
    check_lifecycle(Lifecycle(row.lifecycle), Lifecycle.PUBLISHING)
    row.lifecycle = Lifecycle.PUBLISHING.value
    count = await act.session.scalar(
        select(func.count()).where(Publication.incident_id == incident.id)
    )
    ordinal = (count or 0) + 1
    last = await act.session.scalar(
        select(func.max(Publication.at)).where(Publication.incident_id == incident.id)
    )
    earlier = await _earlier(act.session, row)
    publication = Publication(
        incident_id=incident.id,
        statement_id=row.id,
        number=subject.version,
        digest=subject.digest,
        slug=f"{incident.code.lower()}-{ordinal}",
        frozen=_frozen(row, subject, f"{incident.code}/{ordinal}", earlier)
        | {"spokesperson": going.speaker},
        refers_to=earlier.id if earlier else None,
        relation=row.relation,
        exercise=incident.exercise,
        at=after(act.now, last),
    )
    act.session.add(publication)
    await act.session.flush()
    act.session.add_all(_owed(act, incident, publication, going.to))
    await act.session.flush()
    await _note_frozen(act, incident, publication, subject, len(going.to))
    return publication


def _owed(
    act: Act, incident: Incident, publication: Publication, addresses: Sequence[Address]
) -> Iterator[Delivery]:
    for address in addresses:
        yield Delivery(
            publication_id=publication.id,
            incident_id=incident.id,
            outlet=address.outlet,
            recipient=address.recipient,
            key=_key(incident, publication, address),
            state=DeliveryState.PENDING.value,
            next_at=act.real,
            expires_at=expiry(effect_of(publication), act.real),
        )


async def _note_frozen(
    act: Act, incident: Incident, publication: Publication, subject: Subject, owed: int
) -> None:
    await act.note(
        incident.code,
        Action.PUBLICATION_FROZEN,
        {
            "publication": publication.id,
            "statement": subject.statement,
            "version": subject.version,
            "digest": subject.digest,
            "variants": [
                {"outlet": v.outlet, "language": v.language.value, "sha256": v.sha256}
                for v in subject.variants
            ],
            "deliveries": owed,
        },
    )


def _key(incident: Incident, made: Publication, address: Address) -> str:
    """Made of business facts only: the same delivery has the same key whoever owes it."""
    said = f"{made.statement_id}:{made.number}"
    return f"{incident.code}:{said}:{address.outlet}:{address.recipient}"


def _frozen(
    row: StatementRow, subject: Subject, number: str, earlier: Publication | None
) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "number": number,
        "effect": (Effect(row.relation) if row.relation else Effect.FIRST).value,
        "reason": row.reason,
        "references": [{"publication": earlier.id, "slug": earlier.slug}] if earlier else [],
        "variants": [
            {
                "outlet": v.outlet,
                "language": v.language.value,
                "title": v.title,
                "body": v.body,
                "sha256": v.sha256,
            }
            for v in subject.variants
        ],
    }


async def _earlier(session: AsyncSession, row: StatementRow) -> Publication | None:
    if row.refers_to is None:
        return None
    found: Publication | None = await session.scalar(
        select(Publication)
        .where(Publication.statement_id == row.refers_to)
        .order_by(Publication.at.desc())
        .limit(1)
    )
    return found


def parcel(publication: Publication, incident_code: str, delivery: Delivery) -> Parcel:
    """What one delivery carries."""
    frozen = publication.frozen
    return Parcel(
        key=delivery.key,
        outlet=delivery.outlet,
        publication=publication.id,
        statement=publication.statement_id,
        version=publication.number,
        slug=publication.slug,
        code=incident_code,
        number=frozen["number"],
        kind=StatementKind(frozen["kind"]),
        act=Effect(frozen["effect"]),
        exercise=publication.exercise,
        published_at=publication.at,
        variants=tuple(
            Variant(
                outlet=v["outlet"],
                language=Language(v["language"]),
                title=v["title"],
                body=v["body"],
            )
            for v in frozen["variants"]
            if v["outlet"] == delivery.outlet
        ),
        references=tuple(Reference(**r) for r in frozen["references"]),
        recipient=delivery.recipient,
    )


def effect_of(publication: Publication) -> Effect:
    """What a publication does to the one it refers to."""
    return Effect(publication.frozen["effect"])
