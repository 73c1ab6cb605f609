"""Leases: of all processes that could do a duty, one holds it until its time ends."""

from datetime import timedelta

from sqlalchemy import delete, or_, select

from crisis.records.act import Act
from crisis.records.conditional import won
from crisis.records.schema.engine import Leader
from crisis.records.upsert import put


async def hold(act: Act, duty: str, holder: str, seconds: float) -> bool:
    """Take or keep `duty` for `seconds` of real time; False: another process holds it.

    A lease that has more than half its time left is not written again.
    """
    until = act.real + timedelta(seconds=seconds)
    enough = act.real + timedelta(seconds=seconds / 2)
    mine = select(Leader.duty).where(
        Leader.duty == duty, Leader.holder == holder, Leader.until > enough
    )
    if await act.session.scalar(mine) is not None:
        return True
    return await put(
        act.session,
        Leader,
        {"duty": duty, "holder": holder, "until": until},
        only_if=or_(Leader.holder == holder, Leader.until <= act.real),
    )


async def release(act: Act, duty: str, holder: str) -> bool:
    """Give `duty` back at once; False where it was not `holder`'s any more."""
    return await won(
        act.session, delete(Leader).where(Leader.duty == duty, Leader.holder == holder)
    )
