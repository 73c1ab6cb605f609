"""The safety net: publications that are all out, pages that are missing, duties to begin."""

from datetime import timedelta

from prefect import task
from prefect.cache_policies import NO_CACHE

from crisis.model.action import Action
from crisis.model.ledger import instant, moment
from crisis.office.duty import duty_planning
from crisis.office.sealing import sign_and_tell
from crisis.office.statement.ways_out import ways_out
from crisis.records import checkpoint, delivery, heartbeat, sign_in, turn
from crisis.records.act import OFFICE_CHAIN, SYSTEM
from crisis.records.heartbeat import DISPATCHER
from tasks.office import office, run_id

DAY = timedelta(days=1)
SILENT = timedelta(minutes=2)
"""Real time after which a dispatcher that beats every few seconds counts as gone."""


@task(name="wake what is delivered", cache_policy=NO_CACHE, persist_result=False)
async def wake_settled() -> str:
    """Wake incidents whose publication has reached every outlet but is not settled."""
    async with office().records.act(SYSTEM, run_id()) as act:
        done = await delivery.incidents_to_settle(act.session)
        for row in done:
            await turn.wake(act, row, because="deliveries ended")
    return f"{len(done)} ready to settle"


@task(name="rebuild the site", cache_policy=NO_CACHE, persist_result=False)
async def rebuild_site() -> str:
    """Build the public site again where a page is missing or anything has changed."""
    async with ways_out(office()) as ways:
        count = await ways.site.keep_up()
    return f"built {count} files of the site"


@task(name="sign the day", cache_policy=NO_CACHE, persist_result=False)
async def sign_daily() -> str:
    """Sign all chain heads where the last checkpoint is a day old."""
    async with office().records.act(SYSTEM, run_id()) as act:
        before = await checkpoint.last(act.session)
        if before is not None and act.real - moment(before.checkpoint.at) < DAY:
            return "signed today"
        signed = await sign_and_tell(office(), act)
    return f"signed checkpoint {signed.checkpoint.seq}"


@task(name="forget ended sessions", cache_policy=NO_CACHE, persist_result=False)
async def forget_sessions() -> str:
    """Remove sessions of the desk that ended by themselves."""
    async with office().records.act(SYSTEM, run_id()) as act:
        return f"forgot {await sign_in.forget_ended(act)} ended sessions"


@task(name="look after the dispatcher", cache_policy=NO_CACHE, persist_result=False)
async def watch_dispatcher() -> str:
    """Raise an alarm where the dispatcher has fallen silent; its next heartbeat ends it."""
    async with office().records.act(SYSTEM, run_id()) as act:
        seen = (await heartbeat.seen_at(act.session)).get(DISPATCHER, heartbeat.NEVER)
        if act.real - seen < SILENT or not await heartbeat.alarm(act, DISPATCHER):
            return "no new alarm about the dispatcher"
        told = {"part": DISPATCHER, "seen_at": instant(seen)}
        await act.note(OFFICE_CHAIN, Action.ENGINE_WORKER_SILENT, told)
    return "the dispatcher is silent"


@task(name="plan periodic duties", cache_policy=NO_CACHE, persist_result=False)
async def plan_duties() -> str:
    """Start the clocks of the duties that the law asks for now; those that run are left alone."""
    async with office().records.act(SYSTEM, run_id()) as act:
        started = await duty_planning.plan(office(), act)
    return f"{started} duties begun"


@task(name="be seen alive", cache_policy=NO_CACHE, persist_result=False)
async def beat() -> str:
    """Write the reconciler's heartbeat."""
    async with office().records.act(SYSTEM, run_id()) as act:
        await heartbeat.beat(act, "reconciler")
    return "alive"
