"""The dispatcher: turns wake-ups and due instants into runs; one of several leads at a time."""

import asyncio
import logging
import os
import socket
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crisis.model.action import Action
from crisis.model.errors import OutsideFailure
from crisis.model.ledger import instant
from crisis.office.office import Office
from crisis.records import due, heartbeat, leader, turn
from crisis.records.act import OFFICE_CHAIN, SYSTEM
from crisis.records.heartbeat import DISPATCHER, WORKER
from crisis.records.lapse import record_lapses
from crisis.records.schema.engine import WakeUp
from crisis.records.schema.incident import Incident
from desk.forgotten import wake_forgotten
from desk.outbox import Outbox
from desk.runs import Runs
from desk.timers import Timers, tags_of

log = logging.getLogger("phatngon.dispatch")

DUTY = "dispatch"
LEASE_SECONDS = 10.0
PAUSE_SECONDS = 0.75
WHEN_DOWN_SECONDS = 3.0
LOOK_ROUND = timedelta(seconds=15)
WORKER_SILENT = timedelta(seconds=45)


@dataclass(kw_only=True)
class Dispatcher:
    """Records missed deadlines, starts runs for what is due, and notices when nobody works."""

    office: Office
    runs: Runs
    look_round: timedelta = LOOK_ROUND
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    _leads_until: datetime | None = None
    _looked_round_at: datetime | None = None
    _timers: Timers = field(init=False)
    _outbox: Outbox = field(init=False)

    def __post_init__(self) -> None:
        self._timers = Timers(office=self.office, runs=self.runs)
        self._outbox = Outbox(office=self.office, runs=self.runs)

    async def run(self, stop: asyncio.Event) -> None:
        """Go round until `stop` is set."""
        while not stop.is_set():
            pause = PAUSE_SECONDS
            try:
                await self.look()
            except OutsideFailure:
                pause = WHEN_DOWN_SECONDS
            except Exception:
                # A lost connection or a fault of ours costs one round: what is due stays due.
                log.exception("a round of the dispatcher failed")
                pause = WHEN_DOWN_SECONDS
            try:
                await asyncio.wait_for(stop.wait(), timeout=pause)
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Ask once whether anything is due; go round only if so, and only as the leader."""
        async with self.office.records.look() as session:
            found = await due.anything(session)
        now = found.clock.real_now()
        if not await self._leads(now):
            return
        if found.any:
            await self.round()
        await self._look_round(now)

    async def round(self) -> int:
        """Record what passed unmet, then start a run for all that is due now; how many of both.

        Raises OutsideFailure where Prefect does not answer: what is due stays due.
        """
        lapsed = await record_lapses(self.office.records)
        return (
            lapsed + await self._wake_ups() + await self._timers.look() + await self._outbox.look()
        )

    async def _leads(self, now: datetime) -> bool:
        if self._leads_until is not None and now < self._leads_until:
            return True
        async with self.office.records.act(SYSTEM) as act:
            if not await leader.hold(act, DUTY, self.name, LEASE_SECONDS):
                return False
            await heartbeat.beat(act, DISPATCHER)
            self._leads_until = act.real + timedelta(seconds=LEASE_SECONDS / 3)
        return True

    async def _wake_ups(self) -> int:
        async with self.office.records.look() as session:
            waiting = await turn.waiting(session)
        by_incident: dict[str, list[tuple[WakeUp, Incident]]] = {}
        for wake_up, row in waiting:
            by_incident.setdefault(row.id, []).append((wake_up, row))
        for wishes in by_incident.values():
            newest, row = wishes[-1]
            run_id = await self.runs.start(
                newest.flow,
                parameters={"code": row.code, "because": newest.because},
                key=newest.id,
                name=f"{row.code} · {newest.because}",
                tags=tags_of(row.code, exercise=row.exercise),
            )
            async with self.office.records.act(SYSTEM) as act:
                for wake_up, _ in wishes:
                    await turn.dispatched(act, wake_up.id, run_id)
        return len(by_incident)

    async def _look_round(self, now: datetime) -> None:
        """Now and then: is there a worker, and has a run died before it did its part?"""
        if self._looked_round_at and now - self._looked_round_at < self.look_round:
            return
        first, self._looked_round_at = self._looked_round_at is None, now
        await self._watch_worker(now, first=first)
        await wake_forgotten(self.office, self.runs)

    async def _watch_worker(self, now: datetime, *, first: bool) -> None:
        seen = await self.runs.worker_seen_at()
        async with self.office.records.act(SYSTEM) as act:
            if seen is not None and now - seen < WORKER_SILENT:
                before = await heartbeat.in_alarm(act.session, WORKER)
                await heartbeat.beat(act, WORKER)
                if before:
                    await act.note(OFFICE_CHAIN, Action.ENGINE_WORKER_BACK, {})
            elif first and seen is None:
                return  # a worker takes seconds to come up after the dispatcher
            elif await heartbeat.alarm(act, WORKER):
                told = {"part": WORKER, "seen_at": instant(seen) if seen else None}
                await act.note(OFFICE_CHAIN, Action.ENGINE_WORKER_SILENT, told)
