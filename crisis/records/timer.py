"""Timers: the stored, indexed instants at which something is due."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, true, tuple_, update

from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.conditional import won
from crisis.records.schema.deadline import DeadlineRow, Timer
from crisis.records.schema.engine import OfficeClock
from crisis.records.schema.incident import Incident
from crisis.records.schema.press_request import PressRequest

CLAIM = timedelta(minutes=2)
"""Real time in which a run that was started for a timer has to move or remove it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A timer whose instant has come; `claims` counts how often a run was asked for it.

    `code` is the office's chain where it has no incident.
    """

    id: str
    flow: str
    subject: str
    code: str
    exercise: bool
    due_at: datetime
    claims: int


async def set_timer(
    act: Act, incident_id: str | None, *, flow: str, subject: str, at: datetime
) -> None:
    """Wake `flow` for `subject` at office time `at`; an earlier instant of the same is moved."""
    moved = await won(
        act.session,
        update(Timer)
        .where(Timer.flow == flow, Timer.subject_id == subject)
        .values(due_at=at, claimed_until=None),
    )
    if not moved:
        act.session.add(Timer(incident_id=incident_id, flow=flow, subject_id=subject, due_at=at))
        await act.session.flush()


async def clear_timer(act: Act, *, flow: str, subject: str) -> None:
    """Forget the timer of `flow` for `subject`, if there is one."""
    await act.session.execute(delete(Timer).where(Timer.flow == flow, Timer.subject_id == subject))


async def clear_subjects(act: Act, subjects: Sequence[str]) -> None:
    """Forget every timer of these subjects."""
    await act.session.execute(delete(Timer).where(Timer.subject_id.in_(subjects)))


async def claim_due(
    act: Act,
    flows: Collection[str] = (),
    *,
    limit: int = 50,
    but: Collection[tuple[str, str]] = (),
) -> list[Due]:
    """Claim the timers that are due at office time, earliest first; each is claimed once.

    Of `flows` alone where they are named; `but` are flows with subjects that are left alone.
    """
    drill = await act.session.get(OfficeClock, 1) is not None
    rows = await act.session.execute(
        select(Timer, Incident.code, Incident.exercise)
        .outerjoin(Incident, Incident.id == Timer.incident_id)
        .where(
            Timer.due_at <= act.now,
            _is_free(act),
            Timer.flow.in_(flows) if flows else true(),
            tuple_(Timer.flow, Timer.subject_id).not_in(but) if but else true(),
        )
        .order_by(Timer.due_at)
        .limit(limit)
    )
    return [
        Due(
            id=timer.id,
            flow=timer.flow,
            subject=timer.subject_id,
            code=code or OFFICE_CHAIN,
            exercise=drill if exercise is None else exercise,
            due_at=timer.due_at,
            claims=timer.claims + 1,
        )
        for timer, code, exercise in rows.all()
        if await _claim(act, timer.id)
    ]


def _is_free(act: Act) -> ColumnElement[bool]:
    return or_(Timer.claimed_until.is_(None), Timer.claimed_until < act.real)


async def _claim(act: Act, key: str) -> bool:
    """Whether this timer is ours now, and nobody else's."""
    return await won(
        act.session,
        update(Timer)
        .where(Timer.id == key, _is_free(act))
        .values(claimed_until=act.real + CLAIM, claims=Timer.claims + 1),
    )


async def clear_incident(act: Act, incident_id: str) -> None:
    """Forget every timer of an incident but those of what a newspaper asked."""
    asked = (
        select(DeadlineRow.id)
        .join(PressRequest, PressRequest.id == DeadlineRow.subject_id)
        .where(DeadlineRow.incident_id == incident_id)
    )
    await act.session.execute(
        delete(Timer).where(Timer.incident_id == incident_id, Timer.subject_id.not_in(asked))
    )


async def unclaim(act: Act, timers: Sequence[str]) -> None:
    """Give claims back: no run could be started, or none is known to have been."""
    await act.session.execute(
        update(Timer)
        .where(Timer.id.in_(timers))
        .values(claimed_until=None, claims=Timer.claims - 1)
    )
