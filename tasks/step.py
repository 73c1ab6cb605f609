"""The steps of the playbook, each one act: load, decide, act, record.

Every step takes the turn that its run holds and says in one line what it did.
"""

from prefect import task
from prefect.cache_policies import NO_CACHE

from crisis.model.errors import PhatngonError
from crisis.model.outlook import Work
from crisis.model.statement import Lifecycle
from crisis.office.agency import assigning, reverifying
from crisis.office.statement import approval_round, drafting, press_mail, publishing, settling
from crisis.records import incident
from tasks.office import office
from tasks.turn import Holding, acting


@task(name="verify again", cache_policy=NO_CACHE, persist_result=False)
async def verify_again(holding: Holding) -> str:
    """Expire what no longer says what was found, and go back to verification where needed."""
    async with acting(holding) as (act, standing):
        expired = await reverifying.reverify(act, standing)
    return f"{expired} drafts no longer said what was found"


@task(name="assign the agencies", cache_policy=NO_CACHE, persist_result=False)
async def assign_agencies(holding: Holding) -> str:
    """Give every claim without a task to the agencies that answer for it."""
    async with acting(holding) as (act, standing):
        given = await assigning.assign_resolved(office(), act, standing)
    return f"assigned {', '.join(row.agency for row in given)}"


@task(name="draft the holding statement", cache_policy=NO_CACHE, persist_result=False)
async def draft_holding(holding: Holding) -> str:
    """Say what is known, what is not, and when the next word comes."""
    async with acting(holding) as (act, standing):
        row = await drafting.draft_holding(office(), act, standing)
    return f"drafted {row.kind}"


@task(name="draft the statement", cache_policy=NO_CACHE, persist_result=False)
async def draft_statement(holding: Holding) -> str:
    """Draft what the verdicts on all claims together ask for."""
    async with acting(holding) as (act, standing):
        row = await drafting.draft_final(office(), act, standing)
    return f"drafted {row.kind}"


@task(name="ask for approval", cache_policy=NO_CACHE, persist_result=False)
async def ask_approval(holding: Holding) -> str:
    """Ask the people of the next step of each statement that waits for approval."""
    asked = 0
    async with acting(holding) as (act, standing):
        for view, row in zip(standing.case.statements, standing.statements, strict=True):
            pending = view.lifecycle is Lifecycle.PENDING and standing.case.may_go_on(view)
            if pending and view.unasked_step:
                asked += await approval_round.ask_step(office(), act, standing, row)
    return f"asked {asked} of the approvers"


@task(name="freeze the publication", cache_policy=NO_CACHE, persist_result=False)
async def freeze_publication(holding: Holding) -> str:
    """Freeze what was approved in full, and owe it to every outlet and recipient."""
    frozen = []
    async with acting(holding) as (act, standing):
        for view, row in zip(standing.case.statements, standing.statements, strict=True):
            if view.lifecycle is Lifecycle.APPROVED and standing.case.may_go_on(view):
                made = await publishing.freeze(act, standing, row)
                await press_mail.write_press_mails(office(), act, standing, made)
                frozen.append(made.slug)
    return f"froze {', '.join(frozen)}"


@task(name="record the outcome", cache_policy=NO_CACHE, persist_result=False)
async def record_outcome(holding: Holding) -> str:
    """The statement is out: it is published, the clocks it meets are met, people are told."""
    settled = []
    async with acting(holding) as (act, standing):
        for view, row in zip(standing.case.statements, standing.statements, strict=True):
            if view.settles:
                await settling.settle(office(), act, standing, row)
                settled.append(row.kind)
    return f"published {', '.join(settled)}"


@task(name="set the step aside", cache_policy=NO_CACHE, persist_result=False)
async def set_aside(holding: Holding, work: Work, error: PhatngonError) -> str:
    """Record that `work` cannot be done until a person acts, and why."""
    async with acting(holding) as (act, standing):
        await incident.block(act, standing.incident, work.value, error)
    # The sentence may quote a claim: Prefect gets the rule, the incident's page the words.
    return f"{work.value} waits for a person ({getattr(error, 'rule', error.code)})"
