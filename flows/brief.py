"""What the leaders read in the morning: the press of the last day."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.account import Account, naming
from tasks import press_brief


@flow(name="brief", **naming("press brief"))
async def brief() -> State[None]:
    """Mail the brief of the day that ended at half past six."""
    account = Account(code="brief", because="it is half past six")
    account.tell(await press_brief.mail_brief())
    return await account.ends("Brief sent")
