"""Wishes whose run died before it saw them: its state tells, and another one is asked for.

A run that still waits in Prefect's queue is not dead: another beside it would only lengthen the
queue. Any other run that has neither taken the turn nor looked in time went down with its worker,
failed, was cancelled, or is not known to this Prefect server.
"""

from datetime import timedelta

from crisis.office.office import Office
from crisis.records import incident, turn
from crisis.records.act import SYSTEM
from desk.runs import Runs

STALLED = timedelta(seconds=20)
"""Real time in which a run that was begun has taken its turn, on a busy machine too."""

QUEUED = "SCHEDULED"


async def wake_forgotten(office: Office, runs: Runs) -> int:
    """Wake incidents whose newest wish no living run will see; how many.

    Raises OutsideFailure where Prefect does not answer.
    """
    async with office.records.look() as session:
        now = (await office.records.clock()).real_now()
        left = await turn.unanswered(session, now, older_than=STALLED)
    woken = 0
    for one in left:
        if one.run_id is not None and await runs.type_of(one.run_id) == QUEUED:
            continue
        async with office.records.act(SYSTEM) as act:
            row = await incident.held(act, one.code)
            await turn.wake(act, row, because=turn.FORGOTTEN)
        woken += 1
    return woken
