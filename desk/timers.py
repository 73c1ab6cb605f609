"""Instants that have come: an incident is looked at again, or a run is started for what is due.

Prefect's queue is kept short. A run that waits in it will do its part, so none is started beside it
when its claim runs out; and incidents, which wait in the same queue, do not stand behind thousands
of reminders that fell due at one moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from crisis.model.errors import OutsideFailure
from crisis.model.ledger import instant
from crisis.office.office import Office
from crisis.records import due, incident, timer, turn
from crisis.records.act import SYSTEM
from crisis.records.timer import Due
from desk.runs import Runs

RESPOND = "respond"
RUNS = ("escalate", "remind")
"""Flows that are run for what is due; the time to look at an incident is a wish like any other."""

QUEUE = 30
"""Runs for what is due that may wait for a worker; while they do, what is due waits with us."""


@dataclass(kw_only=True)
class Timers:
    """Takes what is due, as much of it as Prefect's queue has room for."""

    office: Office
    runs: Runs

    async def look(self) -> int:
        """See to what is due; how many instants. Raises OutsideFailure where Prefect is down."""
        async with self.office.records.look() as session:
            if not (await due.anything(session)).timers:
                return 0
        queued = await self.runs.queued(RUNS, limit=QUEUE)
        room = QUEUE - len(queued)
        in_queue = {(flow, subject) for flow, told in queued for subject in told["subjects"]}
        async with self.office.records.act(SYSTEM) as act:
            claimed = await timer.claim_due(act, (RESPOND,))
            claimed += await timer.claim_due(act, RUNS, limit=room, but=in_queue)
        for one in claimed:
            if one.flow == RESPOND:
                await self._look_again(one)
        await self._start_all(_together(one for one in claimed if one.flow != RESPOND))
        return len(claimed)

    async def _start_all(self, waiting: Sequence[Sequence[Due]]) -> None:
        for number, same in enumerate(waiting):
            try:
                await self._start(same)
            except OutsideFailure:
                left = [one.id for later in waiting[number:] for one in later]
                async with self.office.records.act(SYSTEM) as act:
                    await timer.unclaim(act, left)
                raise

    async def _start(self, same: Sequence[Due]) -> None:
        """Start one run for what is due at once of one flow and one incident."""
        first = same[0]
        told = "\n".join(f"{one.id}:{instant(one.due_at)}:{one.claims}" for one in same)
        await self.runs.start(
            first.flow,
            parameters={"code": first.code, "subjects": [one.subject for one in same]},
            key=sha256(told.encode()).hexdigest(),
            name=f"{first.code} · {first.flow}",
            tags=tags_of(first.code, exercise=first.exercise),
        )

    async def _look_again(self, one: Due) -> None:
        async with self.office.records.act(SYSTEM) as act:
            row = await incident.held(act, one.code)
            await turn.wake(act, row, because="time to look again")
            await timer.clear_timer(act, flow=one.flow, subject=one.subject)


def _together(claimed: Iterable[Due]) -> list[list[Due]]:
    """What is due at once, by flow and incident, earliest first."""
    found: dict[tuple[str, str], list[Due]] = {}
    for one in claimed:
        found.setdefault((one.flow, one.code), []).append(one)
    return list(found.values())


def tags_of(code: str, *, exercise: bool) -> tuple[str, ...]:
    """The tags by which auditors find the runs of an incident."""
    return (f"incident:{code}", "exercise") if exercise else (f"incident:{code}",)
