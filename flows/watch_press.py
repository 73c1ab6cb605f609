"""The press watch: sources that are due, watched articles, alerts."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.account import Account, naming
from tasks import dispatch, press


@flow(name="watch_press", **naming("press watch"))
async def watch_press() -> State[None]:
    """Read what is due, look again at the articles of running incidents, tell what was raised."""
    account = Account(code="press", because="sources are due")
    account.tell(await press.scan())
    account.tell(await press.look_again())
    account.tell(await press.alert())
    account.tell(await dispatch.send_mail())
    return await account.ends("Press read")
