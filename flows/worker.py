"""The warm worker: runs async flows inside its own process (entry point `prefect.collections`)."""

import asyncio
from contextlib import suppress
from typing import Any, NoReturn
from uuid import UUID

import httpx
from anyio import CancelScope
from anyio.abc import TaskStatus
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.context import AsyncClientContext
from prefect.exceptions import Abort, Pause
from prefect.workers.base import BaseJobConfiguration, BaseWorkerResult

from flows.shelf import Shelf
from flows.shortcut import DirectSubmission, carry_out

STOPPING = FlowRunFilterState(
    type=FlowRunFilterStateType(any_=[StateType.CANCELLING, StateType.CANCELLED])
)


class WarmResult(BaseWorkerResult):
    """That a run went through this process; its outcome stands in the run's own state."""


class WarmWorker(DirectSubmission):
    """Takes due runs of its pool every second and runs them side by side in this event loop."""

    type = "phatngon-warm"
    _description = "Runs async flows inside the worker's own process: no process per run."

    cancel_poll_seconds = 2.0
    entrypoint_seconds = 60.0

    def __init__(self, work_pool_name: str, **kwargs: Any) -> None:
        super().__init__(work_pool_name, **kwargs)
        self._shelf = Shelf()
        self._entrypoints: dict[UUID, tuple[float, str | None]] = {}
        self._at_work: dict[UUID, CancelScope] = {}
        self._told_to_stop: set[UUID] = set()
        self._draining = False

    async def setup(self) -> None:
        """Connect once: every run in this process shares one client."""
        self._shared = AsyncClientContext()
        await self._shared.__aenter__()
        await super().setup()
        self._watch = asyncio.create_task(self._watch_for_cancelling())

    async def teardown(self, *exc_info: Any) -> None:
        """End the runs that are still at work and close what `setup` opened."""
        self._watch.cancel()
        await super().teardown(*exc_info)
        await self._shared.__aexit__(*exc_info)

    async def get_and_submit_flow_runs(self) -> list[FlowRun]:
        """Take what is due, unless this worker is on its way out."""
        return [] if self._draining else await super().get_and_submit_flow_runs()

    async def run(
        self,
        flow_run: FlowRun,
        configuration: BaseJobConfiguration,
        task_status: TaskStatus[int] | None = None,
    ) -> WarmResult:
        """Run the flow here; `Misconfigured` when it cannot be loaded or is not async."""
        flow = await self._shelf.flow_at(await self._entrypoint_of(flow_run))
        if task_status is not None:
            task_status.started(1)
        with CancelScope() as scope:
            self._at_work[flow_run.id] = scope
            try:
                with suppress(Abort, Pause):
                    await carry_out(flow, flow_run, lambda: flow_run.id in self._told_to_stop)
            finally:
                del self._at_work[flow_run.id]
                self._told_to_stop.discard(flow_run.id)
        return WarmResult(identifier=self.name, status_code=0)

    async def drain(self, grace_seconds: float) -> None:
        """Take no more runs and wait until those at work are done, at most `grace_seconds`."""
        self._draining = True
        with suppress(TimeoutError):
            async with asyncio.timeout(grace_seconds):
                while self.in_hand():
                    await asyncio.sleep(0.05)

    async def _entrypoint_of(self, flow_run: FlowRun) -> str | None:
        """The entrypoint of the run's deployment, asked again once a minute."""
        if flow_run.deployment_id is None:
            return None
        now = asyncio.get_running_loop().time()
        asked, entrypoint = self._entrypoints.get(flow_run.deployment_id, (None, None))
        if asked is None or now - asked > self.entrypoint_seconds:
            deployment = await self.client.read_deployment(flow_run.deployment_id)
            entrypoint = deployment.entrypoint
            self._entrypoints[flow_run.deployment_id] = (now, entrypoint)
        return entrypoint

    async def _watch_for_cancelling(self) -> NoReturn:
        """Stop the runs that somebody cancels; asks nothing while nothing is at work."""
        while True:
            await asyncio.sleep(self.cancel_poll_seconds)
            with suppress(httpx.HTTPError):
                await self._stop_cancelled()

    async def _stop_cancelled(self) -> None:
        if not self._at_work:
            return
        mine = FlowRunFilter(id=FlowRunFilterId(any_=list(self._at_work)), state=STOPPING)
        for flow_run in await self.client.read_flow_runs(flow_run_filter=mine):
            if scope := self._at_work.get(flow_run.id):
                self._told_to_stop.add(flow_run.id)
                scope.cancel()
