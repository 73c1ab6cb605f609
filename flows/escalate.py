"""The next rung of a ladder, when nobody has answered."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.account import Account, naming
from tasks import dispatch, watch


@flow(name="escalate", **naming("{code} · escalation"))
async def escalate(code: str, subject: str) -> State[None]:
    """Climb the ladder of the task `subject` of an incident."""
    account = Account(code=code, because="escalate")
    account.tell(await watch.escalate(code, subject))
    account.tell(await dispatch.send_its_mail(code))
    return await account.ends("Escalated")
