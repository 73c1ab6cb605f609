"""The press watch as steps: read what is due, look again at watched articles, tell the people."""

from prefect import task
from prefect.cache_policies import NO_CACHE

from crisis.model.errors import Stale
from crisis.office.press import alert as press_alert
from crisis.office.press import rereading as press_rereading
from crisis.office.press import scan as press_scan
from crisis.office.press.scan import Round
from crisis.records.act import SYSTEM
from tasks.office import office, run_id


@task(name="read the papers", cache_policy=NO_CACHE, persist_result=False)
async def scan() -> str:
    """Read every address that is due, unless another round is under way."""
    try:
        done = await press_scan.scan(office(), Round(), holder=f"run:{run_id()}", run=run_id())
    except Stale:
        return "another round is under way"
    return f"read {len(done.feeds)}, {done.taken.fresh} new, {done.raised} raised"


@task(name="look at watched articles", cache_policy=NO_CACHE, persist_result=False)
async def look_again() -> str:
    """Read the articles of running incidents again: corrected, changed, gone."""
    read, differ = await press_rereading.read_again(office(), run=run_id())
    return f"read {read} again, {differ} differ"


@task(name="tell what was raised", cache_policy=NO_CACHE, persist_result=False)
async def alert() -> str:
    """Queue the alerts that are ripe to the coordinators."""
    async with office().records.act(SYSTEM, run_id()) as act:
        told = await press_alert.tell(office(), act)
    return f"told {told}"
