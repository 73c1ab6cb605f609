"""What leaves the house: deliveries to outlets and the mails of the outbox."""

from functools import partial

from prefect import task
from prefect.cache_policies import NO_CACHE

from crisis.office.mailing import send_due
from crisis.office.statement.delivering import deliver_one
from crisis.office.statement.ways_out import ways_out
from crisis.office.stint import Keep, one_by_one
from crisis.records import delivery, incident
from tasks import turn
from tasks.office import office
from tasks.turn import Holding


@task(name="deliver to the outlets", cache_policy=NO_CACHE, persist_result=False)
async def deliver(holding: Holding) -> str:
    """Try every delivery of the incident that is due, oldest publication first.

    Only its own: whoever delivers is the one who settles. Raises Stale where the turn was lost.
    """
    async with office().records.look() as session:
        row = await incident.by_code(session, holding.code)
        clock = await office().records.clock()
        due = await delivery.due(session, clock.real_now(), incident_id=row.id)
    return await _try([one.id for one in due], partial(turn.keep, holding))


@task(name="deliver what is left", cache_policy=NO_CACHE, persist_result=False)
async def deliver_all() -> str:
    """Try every delivery of the office that is due, oldest publication first."""
    async with office().records.look() as session:
        clock = await office().records.clock()
        due = await delivery.due(session, clock.real_now())
    return await _try([one.id for one in due])


async def _try(due: list[str], keep: Keep | None = None) -> str:
    async with ways_out(office()) as ways:
        one_after_another = one_by_one(due, keep)
        taken = [await deliver_one(office(), ways, one) async for one in one_after_another]
    return f"delivered {sum(taken)} of {len(due)}"


@task(name="send the mail", cache_policy=NO_CACHE, persist_result=False)
async def send_mail() -> str:
    """Send every mail of the outbox that is due."""
    return await _send(None)


@task(name="send its mail", cache_policy=NO_CACHE, persist_result=False)
async def send_its_mail(code: str, holding: Holding | None = None) -> str:
    """Send the mails of one incident (or of the office) that are due; others' are left to theirs.

    Raises Stale where the turn in `holding` was lost.
    """
    return await _send(code, partial(turn.keep, holding) if holding else None)


async def _send(chain: str | None, keep: Keep | None = None) -> str:
    async with ways_out(office()) as ways:
        taken = await send_due(office(), ways.relay, chain=chain, keep=keep)
    return f"sent {sum(taken)} of {len(taken)}"
