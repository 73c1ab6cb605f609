"""A reminder that is due."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.account import Account, naming
from tasks import dispatch, watch


@flow(name="remind", **naming("{code} · reminder"))
async def remind(code: str, subjects: list[str]) -> State[None]:
    """Remind of the tasks `subjects` of an incident."""
    account = Account(code=code, because="remind")
    await account.tell_each(watch.remind, subjects)
    account.tell(await dispatch.send_its_mail(code))
    return await account.ends("Reminded")
