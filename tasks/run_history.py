"""Runs that a killed worker left behind: Prefect shows them at work for ever, so we end them."""

from datetime import datetime, timedelta

from prefect import get_client, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Crashed

from crisis.model.action import Action
from crisis.records import turn
from crisis.records.act import OFFICE_CHAIN, SYSTEM
from crisis.records.heartbeat import NEVER
from tasks.office import office, run_id

SILENT = timedelta(minutes=10)
"""No run of ours takes this long without a turn: a run for the outbox ends itself before."""

TAKEN = [StateType.PENDING, StateType.RUNNING]
"""A worker that is killed between taking a run up and starting it leaves it pending."""

OURS = DeploymentFilter(tags=DeploymentFilterTags(all_=["phatngon"]))
"""The deployments of `prefect.yaml`: what others run on the same server is none of our business."""


@task(name="end runs left behind", cache_policy=NO_CACHE, persist_result=False)
async def end_left_behind() -> str:
    """Mark runs of ours as crashed that were taken up long ago and hold no turn."""
    now = (await office().records.clock()).real_now()
    async with get_client() as client:
        taken = await client.read_flow_runs(
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=TAKEN)),
            ),
            deployment_filter=OURS,
            limit=100,
        )
        async with office().records.look() as session:
            alive = await turn.holders(session, now) | {run_id()}
        dead = [run for run in taken if _since(run) < now - SILENT and str(run.id) not in alive]
        for run in dead:
            await client.set_flow_run_state(
                run.id, Crashed(message="its worker is gone"), force=True
            )
    await _note(dead)
    return f"ended {len(dead)} left behind"


def _since(run: FlowRun) -> datetime:
    """When the run came into its state; the beginning of time where Prefect does not know."""
    return run.state.timestamp if run.state else NEVER


async def _note(dead: list[FlowRun]) -> None:
    if not dead:
        return
    async with office().records.act(SYSTEM, run_id()) as act:
        for run in dead:
            await act.note(OFFICE_CHAIN, Action.ENGINE_RUN_CRASHED, {"crashed": str(run.id)})
