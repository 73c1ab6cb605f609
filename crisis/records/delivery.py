"""Deliveries: claimed before they are tried, each attempt recorded before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.delivery import SETTLED, TAKEN, DeliveryState, is_out
from crisis.model.statement import Lifecycle
from crisis.records.act import Act
from crisis.records.conditional import won
from crisis.records.schema.engine import Turn
from crisis.records.schema.incident import Incident
from crisis.records.schema.publication import Delivery, Publication
from crisis.records.schema.statement import StatementRow

CLAIM = timedelta(minutes=3)
"""Real time in which the holder of a claim has to record an outcome."""

_SENDING = DeliveryState.SENDING.value
_TAKEN = tuple(state.value for state in TAKEN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """A delivery that this run may try now; `again` where the outlet has it, and is looked at."""

    delivery: Delivery
    publication: Publication
    incident: Incident
    again: bool = False


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
            # What was taken stays taken while it is looked at, or sent once more.
            state=case((Delivery.state.in_(_TAKEN), Delivery.state), else_=_SENDING),
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
        again=row.state in _TAKEN,
    )


async def attempt(act: Act, claimed: Claimed) -> None:
    """Record that the claimed delivery is about to be tried."""
    await note(act, claimed.incident, claimed.delivery, Action.DELIVERY_ATTEMPTED, {})


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


async def settles(session: AsyncSession, statement_id: str) -> tuple[bool, bool]:
    """Of a statement being published: whether it is out, and whether a delivery is still open."""
    rows = await session.execute(
        select(Delivery.outlet, Delivery.state)
        .join(Publication, Publication.id == Delivery.publication_id)
        .where(Publication.statement_id == statement_id)
    )
    owed = [(outlet, DeliveryState(state)) for outlet, state in rows]
    return is_out(owed), any(state not in SETTLED for _, state in owed)


async def incidents_to_settle(session: AsyncSession) -> Sequence[Incident]:
    """Incidents with a statement that is out or has nowhere left to go, and is not settled.

    Where a person has to clear a block, or a run is asked for already, nothing is to be done.
    """
    asked = select(Turn.incident_id).where(Turn.incident_id == Incident.id, Turn.wanted > Turn.seen)
    rows = await session.execute(
        select(Incident, StatementRow.id)
        .join(StatementRow, StatementRow.incident_id == Incident.id)
        .where(StatementRow.lifecycle == Lifecycle.PUBLISHING.value, ~asked.exists())
    )
    found = {}
    for incident, statement_id in rows:
        out, still_open = await settles(session, statement_id)
        if not incident.blocked and (out or not still_open):
            found[incident.id] = incident
    return list(found.values())


async def note(
    act: Act, incident: Incident, row: Delivery, action: Action, more: dict[str, Any]
) -> None:
    """Write what became of a delivery into its incident's chain."""
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
