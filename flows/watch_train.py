"""What the office said of the press watch's judgements becomes a version of the judge."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.account import Account, naming
from tasks import press_lesson


@flow(name="watch_train", **naming("press watch learns"))
async def watch_train() -> State[None]:
    """Learn from all labels, measure on those held back, switch on what is not worse."""
    account = Account(code="watch", because="it is night")
    account.tell(await press_lesson.learn())
    return await account.ends("Learned")
