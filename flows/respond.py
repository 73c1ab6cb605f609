"""The playbook of one incident, told in order: run it as often as you like."""

from collections.abc import Awaitable, Callable

from prefect import flow
from prefect.client.schemas.objects import State

from crisis.model.errors import PhatngonError, Stale
from crisis.model.outlook import Outlook, Work
from crisis.model.wait import WAIT_WORDS
from flows.account import Account, naming
from tasks import dispatch, step, turn
from tasks.turn import Holding

Step = Callable[[Holding], Awaitable[str]]

PLAYBOOK: tuple[tuple[Work, Step], ...] = (
    (Work.REVERIFY, step.verify_again),
    (Work.ASSIGN, step.assign_agencies),
    (Work.HOLD, step.draft_holding),
    (Work.DRAFT, step.draft_statement),
    (Work.ASK_APPROVAL, step.ask_approval),
    (Work.PUBLISH, step.freeze_publication),
    (Work.DELIVER, dispatch.deliver),
    (Work.SETTLE, step.record_outcome),
)
"""The steps in the order in which an incident goes through them."""

LEFT = "Left to the run that holds the incident"

ROUNDS = 20
"""No incident takes so many rounds in one run; a step that stays ripe would go on for ever."""


@flow(name="respond", **naming("{code} · {because}"))
async def respond(code: str, because: str = "asked") -> State[None]:
    """Do for the incident whatever can be done now, and end named after what it waits for."""
    account = Account(code=code, because=because)
    holding = await turn.take(code, account.run)
    if holding is None:
        return await account.ends(LEFT)
    try:
        while True:
            wishes = await turn.wishes(holding)
            outlook = await play(holding, account)
            account.tell(await dispatch.send_its_mail(code, holding))
            if await turn.give_back(holding, wishes):
                return await account.ends(WAIT_WORDS[outlook.wait].en)
    except BaseException as error:
        still_ours = await turn.let_go(holding)
        if isinstance(error, Stale) and not still_ours:
            return await account.ends(LEFT)
        raise


async def play(holding: Holding, account: Account) -> Outlook:
    """Walk through the playbook until nothing new is ripe."""
    outlook = await turn.look(holding)
    for _ in range(ROUNDS):
        before = outlook
        for work, act in PLAYBOOK:
            if work in outlook.ripe:
                account.tell(await take(act, work, holding))
                outlook = await turn.look(holding)
        if not outlook.ripe or outlook == before:
            break
    return outlook


async def take(act: Step, work: Work, holding: Holding) -> str:
    """Take a step; one that can never succeed as things stand is set aside for a person."""
    try:
        return await act(holding)
    except PhatngonError as error:
        if not error.permanent or isinstance(error, Stale):
            raise
        return await step.set_aside(holding, work, error)
