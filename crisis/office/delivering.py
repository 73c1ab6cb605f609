"""Delivering: claimed, recorded, handed to the outlet, recorded, read back."""

from datetime import timedelta

from crisis.model.breaker import Breaker
from crisis.model.delivery import Delivery as DeliveryValue
from crisis.model.delivery import DeliveryState, after_failure
from crisis.model.outlet import DeliveryFailed, Finding, Outlet
from crisis.model.parcel import Parcel
from crisis.office.office import Office
from crisis.office.ways_out import WaysOut
from crisis.records import delivery, mail, publication, way_out
from crisis.records.act import Act
from crisis.records.delivery import Claimed, Failure
from crisis.records.schema.publication import OutletRow

LATER = timedelta(seconds=20)
"""How long a delivery waits for an earlier one of its family, in real time."""


async def deliver_one(office: Office, ways: WaysOut, delivery_id: str) -> bool:
    """Try one delivery: claimed, recorded, handed over, recorded, read back. False: not now."""
    claimed = await _claim(office, ways, delivery_id)
    if claimed is None:
        return False
    outlet = ways.outlets[claimed.delivery.outlet]
    parcel = publication.parcel(claimed.publication, claimed.incident.code, claimed.delivery)
    try:
        receipt = await outlet.deliver(parcel)
    except DeliveryFailed as failure:
        await _failed(office, claimed, failure)
        return False
    async with office.records.act() as act:
        await delivery.accepted(act, claimed, receipt.reference)
        if parcel.recipient:
            await mail.held_sent(act, parcel.key, receipt.detail)
        await way_out.keep_breaker(act, parcel.outlet, Breaker())
    if outlet.readable:
        await _read_back(office, outlet, parcel, claimed)
    return True


async def _claim(office: Office, ways: WaysOut, delivery_id: str) -> Claimed | None:
    """The delivery, if it may be tried now: free, in order, and its outlet not at rest."""
    async with office.records.act() as act:
        claimed = await delivery.begin(act, delivery_id)
        if claimed is None:
            return None
        breaker = await _breaker(act, claimed)
        too_early = await delivery.earlier_unsettled(act.session, claimed)
        if too_early or not breaker.lets_through(act.real):
            rest = max(breaker.open_until or act.real, act.real + LATER)
            await delivery.put_off(act, claimed, rest)
            return None
        await delivery.attempt(act, claimed)
        await way_out.keep_breaker(act, claimed.delivery.outlet, breaker.trying(act.real))
        if claimed.delivery.recipient:
            ways.bag[claimed.delivery.key] = await mail.held(act.session, claimed.delivery.key)
        return claimed


async def _breaker(act: Act, claimed: Claimed) -> Breaker:
    row = await act.session.get_one(OutletRow, claimed.delivery.outlet)
    return Breaker(failures=row.failures, open_until=row.open_until)


async def _failed(office: Office, claimed: Claimed, failure: DeliveryFailed) -> None:
    async with office.records.act() as act:
        breaker = await _breaker(act, claimed)
        value = DeliveryValue(
            key=claimed.delivery.key,
            outlet=claimed.delivery.outlet,
            recipient=claimed.delivery.recipient,
            family=claimed.publication.statement_id,
            order=claimed.publication.number,
            act=publication.effect_of(claimed.publication),
            state=DeliveryState.SENDING,
            attempts=claimed.delivery.attempts,
        )
        then = after_failure(
            value, permanent=failure.permanent, now=act.real, jitter=_jitter(claimed.delivery.key)
        )
        await delivery.failed(
            act,
            claimed,
            Failure(
                state=then.state,
                retry_at=then.at,
                code=failure.reply_code,
                text=f"{failure.sentence.en} {failure.detail}".strip(),
            ),
        )
        if not failure.permanent:
            await way_out.keep_breaker(act, claimed.delivery.outlet, breaker.failed(act.real))


def _jitter(key: str) -> float:
    """Between 0 and 1, the same for the same delivery: retries spread, tests repeat."""
    return (sum(key.encode()) % 100) / 100


async def _read_back(office: Office, outlet: Outlet, parcel: Parcel, claimed: Claimed) -> None:
    """Compare what stands at the outlet with what was approved, and record it."""
    try:
        seen = await outlet.read_back(parcel)
    except DeliveryFailed:
        return
    if seen.finding is Finding.LIVE:
        async with office.records.act() as act:
            await delivery.verified(act, claimed, [one.expected for one in seen.seen])
