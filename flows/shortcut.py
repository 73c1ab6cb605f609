"""The only module that uses undocumented names of Prefect, tested with the versions in `TESTED`.

On any other version the documented way is taken: slower, and a cancelled run shows as crashed.
"""

import abc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import prefect
from anyio import CancelScope
from prefect._flow_run_suspension import FlowRunSuspensionRequest
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.responses import WorkerFlowRunResponse
from prefect.flow_engine import AsyncFlowRunEngine, run_flow
from prefect.flows import Flow
from prefect.states import Cancelled
from prefect.utilities.callables import get_call_parameters, parameters_to_args_kwargs
from prefect.workers.base import BaseJobConfiguration, BaseVariables, BaseWorker, BaseWorkerResult

TESTED = frozenset({"3.8.8"})
KNOWN = prefect.__version__ in TESTED


class _Engine(AsyncFlowRunEngine[..., Any]):
    """Prefect's engine for runs that share a process.

    A run that was asked to stop ends `Cancelled`, not `Crashed`. No run is watched for suspension:
    Prefect gives each one a thread with a second event loop and a websocket that replays the event
    store, and the engine's own loop stands still while that starts and ends. We never suspend.
    """

    stop_wished: Callable[[], bool]

    @contextmanager
    def setup_flow_run_suspension_request(self) -> Iterator[FlowRunSuspensionRequest]:
        yield self._get_flow_run_suspension_request()

    async def handle_crash(self, exc: BaseException) -> None:
        if not self.stop_wished():
            await super().handle_crash(exc)
            return
        with CancelScope(shield=True):
            message = "Đã hủy theo yêu cầu. Cancelled as asked."
            await self.set_state(Cancelled(message=message), force=True)


async def carry_out(
    flow: Flow[..., Any], flow_run: FlowRun, stop_wished: Callable[[], bool]
) -> None:
    """Run `flow` as `flow_run` in this event loop up to its final state.

    Raises what keeps the engine from working; an error of the flow itself is its state, Failed.
    """
    if not KNOWN:
        coming: Any = run_flow(flow, flow_run=flow_run, return_type="state")
        await coming
        return
    args, kwargs = parameters_to_args_kwargs(flow.fn, flow_run.parameters)
    parameters = get_call_parameters(flow.fn, args, kwargs)
    engine = _Engine(flow=flow, parameters=parameters, flow_run=flow_run)
    engine.stop_wished = stop_wished
    async with engine.start():
        while engine.is_running():
            async with engine.run_context():
                _ = await engine.call_flow_fn()


class DirectSubmission(BaseWorker[BaseJobConfiguration, BaseVariables, BaseWorkerResult], abc.ABC):
    """Hands a claimed run to `run` at once, and asks for more as soon as a place is free.

    Prefect's own way reads the deployment twice and the flow once, resolves a job template, labels
    the run, proposes `Submitting` and stores a process id: seven requests that serve only workers
    whose runs live in other processes.
    """

    _more_is_due = False

    async def _submit_scheduled_flow_runs(
        self, flow_run_response: list[WorkerFlowRunResponse]
    ) -> list[FlowRun]:
        taken = await super()._submit_scheduled_flow_runs(flow_run_response)
        self._more_is_due = len(taken) < len(flow_run_response)
        return taken

    async def _submit_run(self, flow_run: FlowRun) -> None:
        if not KNOWN:
            await super()._submit_run(flow_run)
            return
        try:
            if await self._propose_pending_state(flow_run):
                await self._run_here(flow_run)
        finally:
            self._release_limit_slot(flow_run.id)
            self._submitting_flow_run_ids.discard(flow_run.id)
        if self._more_is_due and self.is_setup:
            self._more_is_due = False
            await self.get_and_submit_flow_runs()

    async def _run_here(self, flow_run: FlowRun) -> None:
        try:
            await self.run(flow_run, BaseJobConfiguration())
        except Exception as problem:
            self.get_flow_run_logger(flow_run).exception("The run could not be carried out.")
            await self._propose_crashed_state(flow_run, str(problem))

    def in_hand(self) -> frozenset[UUID]:
        """The runs that this worker has taken and not yet finished."""
        return frozenset(self._submitting_flow_run_ids)
