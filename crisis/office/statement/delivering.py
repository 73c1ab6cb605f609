"""Delivering: claimed, recorded, handed to the outlet, recorded, read back."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

from crisis.model.breaker import Breaker
from crisis.model.delivery import DeliveryState, Owed, after_failure, expired, look_again
from crisis.model.outlet import DeliveryFailed, Finding, Outlet, ReadBack
from crisis.model.parcel import Parcel
from crisis.office.office import Office
from crisis.office.statement.ways_out import CHANGED, WaysOut
from crisis.records import as_frozen, delivery, delivery_outcome, mail, publication, way_out
from crisis.records.act import Act
from crisis.records.delivery import Claimed
from crisis.records.delivery_outcome import Failure
from crisis.records.schema.publication import OutletRow

LATER = timedelta(seconds=20)
"""How long a delivery waits for an earlier one of its family, in real time."""

LOOK_AFTER = timedelta(minutes=2)
"""Real time after which a page that nobody read back is read by whoever comes."""

TRY_SECONDS = 60.0
"""The longest that one call to an outlet takes; three of them end before the claim does."""

NO_ANSWER = "no_answer"

T = TypeVar("T")


async def deliver_one(office: Office, ways: WaysOut, delivery_id: str) -> bool:
    """Try one delivery: claimed, recorded, handed over, recorded, read back. False: not now."""
    claimed = await _claim(office, ways, delivery_id)
    if claimed is None:
        return False
    outlet = ways.outlets[claimed.delivery.outlet]
    parcel = publication.parcel(claimed.publication, claimed.incident.code, claimed.delivery)
    if claimed.again:
        return await _look_again(office, outlet, parcel, claimed)
    if not await _hand_over(office, outlet, parcel, claimed):
        return False
    if outlet.readable:
        await _read_back(office, outlet, parcel, claimed)
    return True


async def _hand_over(office: Office, outlet: Outlet, parcel: Parcel, claimed: Claimed) -> bool:
    try:
        receipt = await _in_time(outlet, outlet.deliver(parcel))
    except DeliveryFailed as failure:
        await _failed(office, claimed, failure)
        return False
    async with office.records.act() as act:
        look_at = act.real + LOOK_AFTER if outlet.readable else None
        if not await delivery_outcome.accepted(act, claimed, receipt.reference, look_at=look_at):
            return False
        if parcel.recipient:
            await mail.held_sent(act, parcel.key, receipt.detail)
        await way_out.keep_breaker(act, parcel.outlet, Breaker())
    return True


async def _in_time(outlet: Outlet, call: Awaitable[T]) -> T:
    """What `call` gives; an outlet that takes longer than its time did not answer."""
    try:
        async with asyncio.timeout(TRY_SECONDS):
            return await call
    except TimeoutError as late:
        raise DeliveryFailed(outlet.id, permanent=False, detail="no answer in time") from late


async def _claim(office: Office, ways: WaysOut, delivery_id: str) -> Claimed | None:
    """The delivery, if it may be tried now: free, in order, in time, and its outlet not at rest."""
    async with office.records.act() as act:
        claimed = await delivery.begin(act, delivery_id)
        if claimed is None or claimed.again:
            return claimed
        if expired(_owed(claimed), act.real):
            await delivery_outcome.failed(act, claimed, _for_good(TOO_LATE))
            return None
        made, code = claimed.publication, claimed.incident.code
        if await as_frozen.changed(act.session, [made], code):
            await delivery_outcome.failed(act, claimed, _for_good(f"{CHANGED} {made.slug}"))
            return None
        breaker = await _breaker(act, claimed)
        too_early = await delivery.earlier_unsettled(act.session, claimed)
        if too_early or not breaker.lets_through(act.real):
            rest = max(breaker.open_until or act.real, act.real + LATER)
            await delivery_outcome.put_off(act, claimed, rest)
            return None
        await delivery.attempt(act, claimed)
        await way_out.keep_breaker(act, claimed.delivery.outlet, breaker.trying(act.real))
        if claimed.delivery.recipient:
            ways.bag[claimed.delivery.key] = await mail.held(act.session, claimed.delivery.key)
        return claimed


def _for_good(text: str) -> Failure:
    return Failure(state=DeliveryState.FAILED, retry_at=None, code=None, text=text)


TOO_LATE = "The outlet said “later” until the time for trying was over."


async def _breaker(act: Act, claimed: Claimed) -> Breaker:
    row = await act.session.get_one(OutletRow, claimed.delivery.outlet)
    return Breaker(failures=row.failures, open_until=row.open_until)


def _owed(claimed: Claimed) -> Owed:
    return Owed(
        act=publication.effect_of(claimed.publication),
        attempts=claimed.delivery.attempts,
        expires_at=claimed.delivery.expires_at,
    )


async def _failed(office: Office, claimed: Claimed, failure: DeliveryFailed) -> None:
    async with office.records.act() as act:
        breaker = await _breaker(act, claimed)
        then = after_failure(
            _owed(claimed),
            permanent=failure.permanent,
            now=act.real,
            jitter=_jitter(claimed.delivery.key),
        )
        told = Failure(
            state=then.state,
            retry_at=then.at,
            code=failure.reply_code,
            text=f"{failure.sentence.en} {failure.detail}".strip(),
        )
        if await delivery_outcome.failed(act, claimed, told) and not failure.permanent:
            await way_out.keep_breaker(act, claimed.delivery.outlet, breaker.failed(act.real))


def _jitter(key: str) -> float:
    """Between 0 and 1, the same for the same delivery: retries spread, tests repeat."""
    return (sum(key.encode()) % 100) / 100


async def _look_again(office: Office, outlet: Outlet, parcel: Parcel, claimed: Claimed) -> bool:
    """Read back once more; what was found missing or different is handed over again before."""
    if claimed.delivery.finding in {Finding.MISSING.value, Finding.DIFFERENT.value}:
        try:
            await _in_time(outlet, outlet.deliver(parcel))
        except DeliveryFailed:
            return await _found(office, claimed, None)
    return await _read_back(office, outlet, parcel, claimed)


async def _read_back(office: Office, outlet: Outlet, parcel: Parcel, claimed: Claimed) -> bool:
    """Compare what stands at the outlet with what was approved, and record it."""
    try:
        seen = await _in_time(outlet, outlet.read_back(parcel))
    except DeliveryFailed:
        seen = None
    return await _found(office, claimed, seen)


async def _found(office: Office, claimed: Claimed, seen: ReadBack | None) -> bool:
    """Record what was found (None: no answer); whether the approved bytes stand there."""
    async with office.records.act() as act:
        if seen is not None and seen.finding is Finding.LIVE:
            hashes = [one.expected for one in seen.seen]
            return await delivery_outcome.verified(act, claimed, hashes)
        finding = NO_ANSWER if seen is None else seen.finding.value
        look_at = look_again(claimed.delivery.readings + 1, act.real)
        await delivery_outcome.unlike(act, claimed, finding, look_at)
    return False
