"""The next rung of a ladder, when nobody has answered."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.account import Account, naming
from tasks import dispatch, watch


@flow(name="escalate", **naming("{code} · escalation"))
async def escalate(code: str, subjects: list[str]) -> State[None]:
    """Climb the ladders of the tasks `subjects` of an incident."""
    account = Account(code=code, because="escalate")
    await account.tell_each(watch.escalate, subjects)
    account.tell(await dispatch.send_its_mail(code))
    return await account.ends("Escalated")
