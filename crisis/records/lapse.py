"""Deadlines that passed unmet: recorded as soon as the clock says so, whatever the engine does."""

import logging
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records import deadline, incident, ledger
from crisis.records.act import OFFICE_CHAIN, SYSTEM, Records, clock_of
from crisis.records.schema.deadline import DeadlineRow, clock_runs
from crisis.records.schema.incident import Incident

log = logging.getLogger("phatngon.dispatch")

AT_A_TIME = 500
"""Deadlines of one round: while they are recorded, nothing else is begun."""


async def record_lapses(records: Records) -> int:
    """Record what passed unmet, one act for each incident; in how many. More may be left."""
    async with records.look() as session:
        chains = await _lapsed(session, (await clock_of(session)).now())
    return sum([await _recorded(records, chain) for chain in chains])


async def _recorded(records: Records, chain: str) -> bool:
    """Whether what passed unmet in `chain` stands there now.

    Where it cannot be written the log says why, each time: it keeps nobody else's work back.
    """
    try:
        async with records.act(SYSTEM) as act:
            own = chain == OFFICE_CHAIN
            row = None if own else await incident.held(act, chain)
            await ledger.hold(act.session, chain)
            for one in await deadline.open_ones(act.session, row.id if row else None):
                await deadline.miss(act, row, one)
    except Exception:
        log.exception("what passed unmet could not be recorded in %s", chain)
        return False
    return True


async def _lapsed(session: AsyncSession, now: datetime) -> list[str]:
    """The chains of deadlines that ran out before `now`, the earliest first."""
    codes = await session.scalars(
        select(Incident.code)
        .select_from(DeadlineRow)
        .outerjoin(Incident, Incident.id == DeadlineRow.incident_id)
        .where(clock_runs(), DeadlineRow.due_at < now)
        .order_by(DeadlineRow.due_at)
        .limit(AT_A_TIME)
    )
    return list(dict.fromkeys(code or OFFICE_CHAIN for code in codes))
