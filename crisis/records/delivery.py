"""Deliveries: claimed before they are tried, each attempt recorded before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.delivery import SETTLED, DeliveryState
from crisis.model.statement import Lifecycle
from crisis.records.act import Act
from crisis.records.conditional import won
from crisis.records.schema.incident import Incident
from crisis.records.schema.publication import Delivery, Publication
from crisis.records.schema.statement import StatementRow

CLAIM = timedelta(minutes=3)
"""Real time in which the holder of a claim has to record an outcome."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """A delivery that this run may try now, as it stood when it was claimed."""

    delivery: Delivery
    publication: Publication
    incident: Incident


async def due(
    session: AsyncSession, now: datetime, *, incident_id: str | None = None, limit: int = 100
) -> Sequence[Delivery]:
    """Deliveries (of one incident) due at real time `now`, oldest publication first."""
    wanted = [
        Delivery.next_at <= now,
        or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < now),
    ]
    if incident_id is not None:
        wanted.append(Delivery.incident_id == incident_id)
    rows = await session.scalars(
        select(Delivery)
        .join(Publication, Publication.id == Delivery.publication_id)
        .where(*wanted)
        .order_by(Publication.at, Delivery.id)
        .limit(limit)
    )
    return list(rows)


async def begin(act: Act, delivery_id: str) -> Claimed | None:
    """Claim a delivery; None where someone else has it."""
    claimed_it = await won(
        act.session,
        update(Delivery)
        .where(
            Delivery.id == delivery_id,
            Delivery.next_at <= act.real,
            or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < act.real),
        )
        .values(
            claimed_until=act.real + CLAIM,
            attempts=Delivery.attempts + 1,
            state=DeliveryState.SENDING.value,
        ),
    )
    if not claimed_it:
        return None
    row = await act.session.get_one(Delivery, delivery_id, populate_existing=True)
    incident = await act.session.get_one(Incident, row.incident_id)
    return Claimed(
        delivery=row,
        publication=await act.session.get_one(Publication, row.publication_id),
        incident=incident,
    )


async def attempt(act: Act, claimed: Claimed) -> None:
    """Record that the claimed delivery is about to be tried."""
    await _note(act, claimed.incident, claimed.delivery, Action.DELIVERY_ATTEMPTED, {})


async def accepted(act: Act, claimed: Claimed, reference: str) -> None:
    """The outlet took it; `reference` is its own name for it."""
    row = await act.session.get_one(Delivery, claimed.delivery.id)
    row.state, row.reference, row.accepted_at = DeliveryState.ACCEPTED.value, reference, act.now
    row.next_at = row.claimed_until = None
    row.error = ""
    await act.session.flush()
    await _note(act, claimed.incident, row, Action.DELIVERY_ACCEPTED, {})


async def verified(act: Act, claimed: Claimed, sha256: Sequence[str]) -> None:
    """The approved bytes were read back where they were published."""
    row = await act.session.get_one(Delivery, claimed.delivery.id)
    row.state, row.verified_at = DeliveryState.VERIFIED_LIVE.value, act.now
    await act.session.flush()
    await _note(act, claimed.incident, row, Action.DELIVERY_VERIFIED, {"sha256": sorted(sha256)})


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """What went wrong, and the state and real time of the next try that follow from it."""

    state: DeliveryState
    retry_at: datetime | None
    code: int | None
    text: str


async def failed(act: Act, claimed: Claimed, failure: Failure) -> None:
    """Record a failed attempt; without `retry_at` it is final and a person has to look at it."""
    row = await act.session.get_one(Delivery, claimed.delivery.id)
    row.state, row.next_at, row.claimed_until = failure.state.value, failure.retry_at, None
    row.error = failure.text[:500]
    await act.session.flush()
    action = Action.DELIVERY_FAILED if failure.retry_at else Action.DELIVERY_REFUSED
    await _note(act, claimed.incident, row, action, {"code": failure.code})


async def put_off(act: Act, claimed: Claimed, until: datetime) -> None:
    """Not tried after all: an earlier one goes first, or the outlet rests."""
    row = await act.session.get_one(Delivery, claimed.delivery.id)
    row.state, row.next_at, row.claimed_until = DeliveryState.PENDING.value, until, None
    row.attempts -= 1
    await act.session.flush()


async def of_publication(session: AsyncSession, publication_id: str) -> Sequence[Delivery]:
    """The deliveries of one publication, by outlet and recipient."""
    rows = await session.scalars(
        select(Delivery)
        .where(Delivery.publication_id == publication_id)
        .order_by(Delivery.outlet, Delivery.recipient)
    )
    return list(rows)


async def of_incident(session: AsyncSession, incident_id: str) -> Sequence[Delivery]:
    """All deliveries of an incident."""
    rows = await session.scalars(
        select(Delivery)
        .where(Delivery.incident_id == incident_id)
        .order_by(Delivery.outlet, Delivery.recipient, Delivery.id)
    )
    return list(rows)


async def earlier_unsettled(session: AsyncSession, claimed: Claimed) -> bool:
    """Whether an earlier statement of the incident still has to reach this place."""
    states = await session.scalars(
        select(Delivery.state)
        .join(Publication, Publication.id == Delivery.publication_id)
        .where(
            Publication.incident_id == claimed.publication.incident_id,
            Publication.at < claimed.publication.at,
            Delivery.outlet == claimed.delivery.outlet,
            Delivery.recipient == claimed.delivery.recipient,
        )
    )
    return any(DeliveryState(state) not in SETTLED for state in states)


async def incidents_to_settle(session: AsyncSession) -> Sequence[Incident]:
    """Incidents with a statement being published whose deliveries have all ended."""
    still = [state.value for state in DeliveryState if state not in SETTLED]
    open_ones = (
        select(Delivery.id)
        .where(Delivery.incident_id == Incident.id, Delivery.state.in_(still))
        .exists()
    )
    publishing = (
        select(StatementRow.id)
        .where(
            StatementRow.incident_id == Incident.id,
            StatementRow.lifecycle == Lifecycle.PUBLISHING.value,
        )
        .exists()
    )
    return list(await session.scalars(select(Incident).where(publishing, ~open_ones)))


async def _note(
    act: Act, incident: Incident, row: Delivery, action: Action, more: dict[str, Any]
) -> None:
    await act.note(
        incident.code,
        action,
        {
            "delivery": row.id,
            "publication": row.publication_id,
            "outlet": row.outlet,
            "attempt": row.attempts,
            **more,
        },
    )
