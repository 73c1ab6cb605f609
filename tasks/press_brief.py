"""The morning's press brief, as a step of a run."""

from prefect import task
from prefect.cache_policies import NO_CACHE

from crisis.office.press import brief_mail as press_brief_mail
from crisis.records.act import SYSTEM
from tasks.office import office, run_id


@task(name="mail the press brief", cache_policy=NO_CACHE, persist_result=False)
async def mail_brief() -> str:
    """Mail this morning's brief to the leaders; a morning's letters are sent once."""
    async with office().records.act(SYSTEM, run_id()) as act:
        count = await press_brief_mail.send_morning(office(), act)
    return f"queued for {count} leaders"
