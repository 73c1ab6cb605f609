"""The safety net, every five minutes: what was left lying is taken up again."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.account import Account, naming
from tasks import reconciliation, run_history


@flow(name="reconcile", **naming("reconcile"))
async def reconcile() -> State[None]:
    """End dead runs, settle what is out, mend the site, sign the day, begin duties, be seen."""
    account = Account(code="reconcile", because="every five minutes")
    account.tell(await run_history.end_left_behind())
    account.tell(await reconciliation.wake_settled())
    account.tell(await reconciliation.rebuild_site())
    account.tell(await reconciliation.forget_sessions())
    account.tell(await reconciliation.sign_daily())
    account.tell(await reconciliation.watch_dispatcher())
    account.tell(await reconciliation.plan_duties())
    account.tell(await reconciliation.beat())
    return await account.ends("Reconciled")
