"""The outbox: mails whose time to be tried has come."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.account import Account, naming
from tasks import dispatch


@flow(name="send_mail", **naming("outbox"))
async def send_mail() -> State[None]:
    """Send every mail that is due."""
    account = Account(code="outbox", because="mail is due")
    account.tell(await dispatch.send_mail())
    return await account.ends("Outbox looked through")
