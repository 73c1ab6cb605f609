"""Turns on an incident: wake-ups ask for a run, a lease lets one run act, no wish is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import Stale
from crisis.model.ledger import ActorKind
from crisis.model.words import words
from crisis.records.act import Act
from crisis.records.conditional import won
from crisis.records.schema.engine import Turn, WakeUp
from crisis.records.schema.incident import Incident

FORGOTTEN = "forgotten"
"""Why an incident is woken whose last run died."""

TIMES_DOUBLED = 8

LEASE = timedelta(seconds=90)
"""Real time that a run may be silent before another may take its turn."""


async def wake(act: Act, incident: Incident, *, because: str, flow: str = "respond") -> str:
    """Ask for a run of `flow`: the wish is counted and the wake-up row waits for the dispatcher."""
    if act.actor.kind != ActorKind.SYSTEM.value:
        incident.blocked = None
    row = WakeUp(incident_id=incident.id, flow=flow, because=because, made_at=act.real)
    act.session.add(row)
    await act.session.flush()
    # The entry first: every act holds its chain before it touches the turn, so none deadlock.
    await act.note(
        incident.code, Action.WAKE_CREATED, {"wake": row.id, "flow": flow, "because": because}
    )
    raised = await won(
        act.session,
        update(Turn).where(Turn.incident_id == incident.id).values(wanted=Turn.wanted + 1),
    )
    if not raised:
        act.session.add(Turn(incident_id=incident.id, wanted=1, seen=0))
    await act.session.flush()
    return row.id


async def take(act: Act, incident_id: str, holder: str) -> bool:
    """Take the turn if nobody holds it or its holder fell silent. False: someone else has it.

    The holder looks until `wanted` equals `seen`, so leaving is safe: the wish is already counted.
    """
    return await won(
        act.session,
        update(Turn)
        .where(
            Turn.incident_id == incident_id,
            or_(Turn.holder.is_(None), Turn.holder == holder, Turn.until < act.real),
        )
        .values(holder=holder, until=act.real + LEASE),
    )


async def keep(act: Act, incident_id: str, holder: str) -> None:
    """Prove in this transaction that the turn is still `holder`'s, and lengthen it.

    Raises Stale where another run has taken it: nothing of this transaction may be done.
    """
    kept = await won(
        act.session,
        update(Turn)
        .where(Turn.incident_id == incident_id, Turn.holder == holder)
        .values(until=act.real + LEASE),
    )
    if not kept:
        raise Stale(
            words(
                "Lượt chạy khác đã tiếp quản vụ việc này.",
                "Another run has taken over this incident.",
            )
        )


async def wanted(session: AsyncSession, incident_id: str) -> int:
    """How many wishes there are, to be handed to `release` after looking."""
    return await session.scalar(select(Turn.wanted).where(Turn.incident_id == incident_id)) or 0


async def release(act: Act, incident_id: str, holder: str, *, looked_at: int) -> bool:
    """Give the turn back if nothing was wished since `looked_at`; False: look again."""
    return await won(
        act.session,
        update(Turn)
        .where(Turn.incident_id == incident_id, Turn.holder == holder, Turn.wanted == looked_at)
        .values(holder=None, until=None, seen=looked_at),
    )


async def let_go(act: Act, incident_id: str, holder: str) -> bool:
    """Give the turn back after a failure: the wish stays open and is asked for again.

    False where somebody else had taken it.
    """
    return await won(
        act.session,
        update(Turn)
        .where(Turn.incident_id == incident_id, Turn.holder == holder)
        .values(holder=None, until=None),
    )


async def waiting(session: AsyncSession, limit: int = 50) -> list[tuple[WakeUp, Incident]]:
    """Wake-ups that no run was started for yet, oldest first, with their incidents."""
    rows = await session.execute(
        select(WakeUp, Incident)
        .join(Incident, Incident.id == WakeUp.incident_id)
        .where(WakeUp.dispatched_at.is_(None))
        .order_by(WakeUp.made_at)
        .limit(limit)
    )
    return [(wake_up, incident) for wake_up, incident in rows]


async def dispatched(act: Act, wake_id: str, run_id: str) -> None:
    """Record that a run was started for the wake-up."""
    await act.session.execute(
        update(WakeUp)
        .where(WakeUp.id == wake_id, WakeUp.dispatched_at.is_(None))
        .values(dispatched_at=act.real, run_id=run_id)
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Unanswered:
    """An incident whose wish nobody saw, and the run that was to see it, None where none began."""

    code: str
    run_id: str | None


async def unanswered(
    session: AsyncSession, now: datetime, *, older_than: timedelta
) -> list[Unanswered]:
    """Incidents with an unseen wish, no live turn, and no wake-up waiting or dispatched lately.

    A turn that ran out and was never given back is of a run that died at work: it is looked again,
    whatever was seen before.

    What was woken as forgotten and is so again waits twice as long each time, up to 256 times
    `older_than`, until a run looks and ends: one that always fails is not tried for ever at the
    same pace. Real time.
    """
    rows = await session.execute(
        select(Incident.id, Incident.code, (Turn.wanted - Turn.seen).label("in_vain"))
        .join(Turn, Turn.incident_id == Incident.id)
        .where(
            or_(
                and_(Turn.wanted > Turn.seen, Turn.holder.is_(None)),
                and_(Turn.holder.is_not(None), Turn.until < now),
            )
        )
    )
    found = []
    for row in rows.all():
        wishes = await _last_wishes(session, row.id, min(row.in_vain, TIMES_DOUBLED))
        if _is_forgotten(wishes, now, older_than):
            run_id = wishes[0].run_id if wishes else None
            found.append(Unanswered(code=row.code, run_id=run_id))
    return found


async def _last_wishes(session: AsyncSession, incident_id: str, number: int) -> Sequence[WakeUp]:
    rows = await session.scalars(
        select(WakeUp)
        .where(WakeUp.incident_id == incident_id)
        .order_by(WakeUp.made_at.desc())
        .limit(number)
    )
    return rows.all()


def _is_forgotten(wishes: Sequence[WakeUp], now: datetime, older_than: timedelta) -> bool:
    """Whether the newest wake-up was dispatched so long ago that its run must have died."""
    times = [wish.dispatched_at for wish in wishes if wish.dispatched_at is not None]
    if len(times) < len(wishes):
        return False
    in_vain = len(list(takewhile(lambda wish: wish.because == FORGOTTEN, wishes)))
    return not times or max(times) <= now - older_than * 2**in_vain


async def holders(session: AsyncSession, now: datetime) -> frozenset[str]:
    """The runs that hold a turn at real time `now`."""
    rows = await session.scalars(select(Turn.holder).where(Turn.until > now))
    return frozenset(holder for holder in rows if holder)
