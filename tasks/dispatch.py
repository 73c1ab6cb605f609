"""What leaves the house: deliveries to outlets and the mails of the outbox."""

from prefect import task
from prefect.cache_policies import NO_CACHE

from crisis.office.delivering import deliver_one
from crisis.office.mailing import send_due
from crisis.office.ways_out import ways_out
from crisis.records import delivery, incident
from tasks.office import office
from tasks.turn import Holding


@task(name="deliver to the outlets", cache_policy=NO_CACHE, persist_result=False)
async def deliver(holding: Holding) -> str:
    """Try every delivery of the incident that is due, oldest publication first.

    Only its own: whoever delivers is the one who settles.
    """
    async with office().records.look() as session:
        row = await incident.by_code(session, holding.code)
        clock = await office().records.clock()
        due = await delivery.due(session, clock.real_now(), incident_id=row.id)
    return await _try([one.id for one in due])


@task(name="deliver what is left", cache_policy=NO_CACHE, persist_result=False)
async def deliver_all() -> str:
    """Try every delivery of the office that is due, oldest publication first."""
    async with office().records.look() as session:
        clock = await office().records.clock()
        due = await delivery.due(session, clock.real_now())
    return await _try([one.id for one in due])


async def _try(due: list[str]) -> str:
    async with ways_out(office()) as ways:
        taken = [await deliver_one(office(), ways, delivery_id) for delivery_id in due]
    return f"delivered {sum(taken)} of {len(due)}"


@task(name="send the mail", cache_policy=NO_CACHE, persist_result=False)
async def send_mail() -> str:
    """Send every mail of the outbox that is due."""
    async with ways_out(office()) as ways:
        taken = await send_due(office(), ways.relay)
    return f"sent {sum(taken)} of {len(taken)}"
