"""How a try of a delivery ended: recorded only by whoever still has the claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, update

from crisis.model.action import Action
from crisis.model.delivery import TAKEN, WAITING, DeliveryState
from crisis.model.parcel import Act as Effect
from crisis.records.act import Act
from crisis.records.conditional import won
from crisis.records.delivery import Claimed, note
from crisis.records.schema.incident import Incident
from crisis.records.schema.publication import Delivery, Publication

TAKEN_STATES = [state.value for state in TAKEN]


async def accepted(
    act: Act, claimed: Claimed, reference: str, *, look_at: datetime | None = None
) -> bool:
    """The outlet took it; `reference` is its own name for it.

    From `look_at` (real time) on whoever comes reads it back, where nobody did. False where the
    claim was lost: then nothing is recorded.
    """
    told = {"reference": reference, "accepted_at": act.now, "next_at": look_at, "error": ""}
    return await _end(act, claimed, DeliveryState.ACCEPTED, told, (Action.DELIVERY_ACCEPTED, {}))


async def verified(act: Act, claimed: Claimed, sha256: Sequence[str]) -> bool:
    """The approved bytes were read back where they were published."""
    told = {"verified_at": act.now, "next_at": None, "readings": 0, "finding": ""}
    entry = (Action.DELIVERY_VERIFIED, {"sha256": sorted(sha256)})
    return await _end(act, claimed, DeliveryState.VERIFIED_LIVE, told, entry)


async def unlike(act: Act, claimed: Claimed, finding: str, look_at: datetime | None) -> bool:
    """The outlet showed something else, nothing, or did not answer; looked at again `look_at`."""
    readings = claimed.delivery.readings + 1
    told = {"next_at": look_at, "readings": readings, "finding": finding}
    entry = (Action.DELIVERY_UNLIKE, {"finding": finding, "reading": readings})
    return await _end(act, claimed, DeliveryState.ACCEPTED, told, entry)


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """What went wrong, and the state and real time of the next try that follow from it."""

    state: DeliveryState
    retry_at: datetime | None
    code: int | None
    text: str


async def failed(act: Act, claimed: Claimed, failure: Failure) -> bool:
    """Record a failed attempt; without `retry_at` it is final and a person has to look at it."""
    action = Action.DELIVERY_FAILED if failure.retry_at else Action.DELIVERY_REFUSED
    told = {"next_at": failure.retry_at, "error": failure.text[:500]}
    return await _end(act, claimed, failure.state, told, (action, {"code": failure.code}))


async def put_off(act: Act, claimed: Claimed, until: datetime) -> None:
    """Not tried after all: an earlier one goes first, or the outlet rests."""
    state = DeliveryState(claimed.delivery.state) if claimed.again else DeliveryState.PENDING
    told = {"next_at": until, "attempts": Delivery.attempts - 1}
    await _end(act, claimed, state, told, None)


async def _end(
    act: Act,
    claimed: Claimed,
    state: DeliveryState,
    told: dict[str, Any],
    entry: tuple[Action, dict[str, Any]] | None,
) -> bool:
    """End the claim, if it is still the one that began this try."""
    mine = claimed.delivery
    ended = await won(
        act.session,
        update(Delivery)
        .where(
            Delivery.id == mine.id,
            Delivery.attempts == mine.attempts,
            Delivery.state == mine.state,
        )
        .values(state=state.value, claimed_until=None, **told)
        .execution_options(synchronize_session=False),
    )
    if ended:
        mine.state = state.value
        if entry is not None:
            await note(act, claimed.incident, mine, *entry)
    return ended


async def cancel_overtaken(act: Act, incident: Incident, made: Publication) -> None:
    """What a correction or withdrawal puts right is not sent any more where it still waits."""
    overtaken = await act.session.scalars(
        update(Delivery)
        .where(
            Delivery.publication_id == made.refers_to,
            Delivery.state.in_([state.value for state in WAITING]),
            or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < act.real),
        )
        .values(state=DeliveryState.CANCELLED.value, next_at=None)
        .returning(Delivery)
        .execution_options(synchronize_session=False)
    )
    for row in overtaken.all():
        await note(act, incident, row, Action.DELIVERY_CANCELLED, {"by": made.id})
    if made.relation == Effect.WITHDRAWAL.value:
        # Its pages show the replacement from now on: nobody looks for the old words there.
        await act.session.execute(
            update(Delivery)
            .where(Delivery.publication_id == made.refers_to, Delivery.state.in_(TAKEN_STATES))
            .values(next_at=None, finding="", readings=0)
            .execution_options(synchronize_session=False)
        )
