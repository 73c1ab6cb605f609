"""What the watchman does when a timer is due: remind, or climb the ladder."""

from prefect import task
from prefect.cache_policies import NO_CACHE

from crisis.office.agency import escalating, reminding
from crisis.records import incident
from crisis.records.act import OFFICE_CHAIN, SYSTEM
from tasks.office import office, run_id


@task(name="remind", cache_policy=NO_CACHE, persist_result=False)
async def remind(code: str, subject: str) -> str:
    """Send the reminder that is due."""
    async with office().records.act(SYSTEM, run_id()) as act:
        if code == OFFICE_CHAIN:
            return await reminding.remind_office(office(), act, subject)
        row = await incident.held(act, code)
        return await reminding.remind(office(), act, row, subject)


@task(name="escalate", cache_policy=NO_CACHE, persist_result=False)
async def escalate(code: str, subject: str) -> str:
    """Tell the next rung of the ladder, or record why nobody was told."""
    async with office().records.act(SYSTEM, run_id()) as act:
        row = await incident.held(act, code)
        return await escalating.escalate(office(), act, row, subject)
