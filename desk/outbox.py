"""What is left lying in the outbox, and papers that are due: one run at a time is started."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crisis.model.canonical import instant
from crisis.office.office import Office
from crisis.records import delivery, due, mail
from desk.runs import Runs

GRACE = timedelta(seconds=3)
"""A run sends the mail it causes itself; only what is left after this needs a run of its own."""

AT_WORK = timedelta(minutes=1)
"""A run that a worker has had for longer may be dead: another one beside it does no harm."""

QUEUED, TAKEN = frozenset({"SCHEDULED", "PAUSED"}), frozenset({"PENDING", "RUNNING"})
"""What no worker has, and what one has: killed before it began, a run stays PENDING for ever."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Started:
    """The last run that was started for a sort of leftovers, and when in real time."""

    run: str
    at: datetime


@dataclass(kw_only=True)
class Outbox:
    """Starts runs for papers that are due, and for mails and deliveries that a run left behind.

    Between two of one sort `pace` passes: a run that may not send yet leaves everything due.
    """

    office: Office
    runs: Runs
    pace: timedelta = timedelta(seconds=5)
    last: dict[str, Started] = field(default_factory=dict)

    async def look(self) -> int:
        """Start what is needed; how many runs. Raises OutsideFailure where Prefect is down."""
        now = (await self.office.records.clock()).real_now()
        async with self.office.records.look() as session:
            flows = {
                "send_mail": await mail.due(session, now - GRACE, limit=1),
                "publish": await delivery.due(session, now - GRACE, limit=1),
                "watch_press": (await due.anything(session)).press,
            }
        started = 0
        for flow, waiting in flows.items():
            if waiting and not await self._under_way(flow, now):
                await self._start(flow, now)
                started += 1
        return started

    async def _start(self, flow: str, now: datetime) -> None:
        key = f"{flow}:{instant(now)}"
        run = await self.runs.start(flow, parameters={}, key=key, name=flow, tags=("outbox",))
        self.last[flow] = Started(run=run, at=now)

    async def _under_way(self, flow: str, now: datetime) -> bool:
        """Whether the last run was just started, is still to begin, or at work and not for long."""
        last = self.last.get(flow)
        if last is None:
            return False
        if now - last.at < self.pace:
            return True
        state = await self.runs.type_of(last.run)
        return state in QUEUED or (state in TAKEN and now - last.at < AT_WORK)
