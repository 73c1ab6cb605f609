"""Heartbeats: when each part was last seen alive, in real time."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.act import Act
from crisis.records.schema.engine import Heartbeat
from crisis.records.upsert import put

DISPATCHER, WORKER = "dispatcher", "worker"
FRESH = timedelta(seconds=60)
"""Real time after which a silent part counts as gone."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a part was last seen that never was."""


async def beat(act: Act, part: str) -> None:
    """`part` is alive now; an alarm about it ends."""
    await put(act.session, Heartbeat, {"part": part, "at": act.real, "alarm_since": None})


async def alarm(act: Act, part: str) -> bool:
    """Raise an alarm about `part`, seen or never seen, once; False where it stands already."""
    row = await act.session.get(Heartbeat, part)
    if row is None:
        row = Heartbeat(part=part, at=NEVER)
        act.session.add(row)
    if row.alarm_since is not None:
        return False
    row.alarm_since = act.real
    await act.session.flush()
    return True


async def in_alarm(session: AsyncSession, part: str) -> bool:
    """Whether an alarm about `part` stands."""
    row = await session.get(Heartbeat, part)
    return row is not None and row.alarm_since is not None


async def alarms(session: AsyncSession) -> dict[str, datetime]:
    """Every part that is in alarm, with the instant since when."""
    rows = await session.scalars(select(Heartbeat).where(Heartbeat.alarm_since.is_not(None)))
    return {row.part: row.alarm_since for row in rows if row.alarm_since}


async def seen_at(session: AsyncSession) -> dict[str, datetime]:
    """Every part with the instant at which it was last seen."""
    rows = await session.scalars(select(Heartbeat))
    return {row.part: row.at for row in rows}


def is_fresh(seen: datetime | None, real: datetime) -> bool:
    """Whether a part that was `seen` last at that instant, None for never, counts as alive."""
    return seen is not None and real - seen < FRESH
