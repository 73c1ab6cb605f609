"""Deliveries that an outlet did not take at first: tried again when their time has come."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.account import Account, naming
from tasks import dispatch, reconciliation


@flow(name="publish", **naming("deliveries"))
async def publish() -> State[None]:
    """Try every delivery that is due; incidents whose deliveries have all ended go on."""
    account = Account(code="deliveries", because="a delivery is due")
    account.tell(await dispatch.deliver_all())
    account.tell(await reconciliation.wake_settled())
    return await account.ends("Deliveries tried")
