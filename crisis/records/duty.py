"""The register of duties: each record a row and a ledger entry; mistakes are withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import NotFound
from crisis.model.ledger import instant
from crisis.model.words import words
from crisis.records import clock_told
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.deadline import CANCELLED, MISSED, RUNNING
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.duty import DutyRecord

SHOWN = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What a person says was done: which duty, when, in which form, and where to find it."""

    kind: str
    done_at: datetime
    form: str
    reference: str
    note: str = ""


async def add(act: Act, done: Done, clock: DeadlineRow | None, *, exercise: bool) -> DutyRecord:
    """Write a record down; the annual report counts its ledger entry."""
    row = await _put(act, done, clock.id if clock else None, exercise=exercise)
    facts = {"done_at": instant(done.done_at), "form": done.form, "deadline": row.deadline_id}
    await _note(act, row, Action.DUTY_FULFILLED, facts)
    return row


async def add_decision(act: Act, decided: Done, *, exercise: bool) -> DutyRecord:
    """Write down a decision that names a spokesperson: it fulfils nothing, it starts a duty."""
    row = await _put(act, decided, None, exercise=exercise)
    facts: dict[str, str | None] = {"done_at": instant(decided.done_at)}
    await _note(act, row, Action.SPOKESPERSON_NAMED, facts)
    return row


async def _put(act: Act, done: Done, deadline_id: str | None, *, exercise: bool) -> DutyRecord:
    row = DutyRecord(
        kind=done.kind,
        exercise=exercise,
        done_at=done.done_at,
        form=done.form,
        reference=done.reference,
        note=done.note,
        deadline_id=deadline_id,
        recorded_at=act.now,
        recorded_by=act.actor.id,
    )
    act.session.add(row)
    await act.session.flush()
    return row


async def reopen(act: Act, clock: DeadlineRow) -> None:
    """What fulfilled this duty was a mistake: it is owed again."""
    clock.state, clock.met_at = RUNNING, None
    await act.session.flush()
    await clock_told.started(act, None, clock)


async def withdraw(act: Act, row: DutyRecord, reason: str) -> None:
    """The record was a mistake: it stays readable and is no longer counted."""
    row.withdrawn_at, row.withdrawn_by, row.reason = act.now, act.actor.id, reason
    await act.session.flush()
    await _note(act, row, Action.DUTY_WITHDRAWN, {})


async def _note(act: Act, row: DutyRecord, action: Action, facts: dict[str, str | None]) -> None:
    same = {"duty": row.id, "kind": row.kind, "exercise": row.exercise}
    await act.note(OFFICE_CHAIN, action, {**same, **facts})


async def is_recorded(session: AsyncSession, done: Done) -> bool:
    """Whether the same was recorded for the same time, and not withdrawn."""
    return (
        await session.scalar(
            select(DutyRecord.id)
            .where(
                DutyRecord.kind == done.kind,
                DutyRecord.done_at == done.done_at,
                DutyRecord.withdrawn_at.is_(None),
            )
            .limit(1)
        )
        is not None
    )


async def by_id(session: AsyncSession, key: str) -> DutyRecord:
    """The record with this key. Raises NotFound."""
    row = await session.get(DutyRecord, key)
    if row is None:
        raise NotFound(words("Không có ghi nhận này.", "There is no such record."))
    return row


async def newest(session: AsyncSession) -> Sequence[DutyRecord]:
    """The records that were done last, withdrawn ones among them."""
    rows = await session.scalars(
        select(DutyRecord).order_by(DutyRecord.done_at.desc(), DutyRecord.id).limit(SHOWN)
    )
    return list(rows)


async def last_done(session: AsyncSession, kind: str) -> datetime | None:
    """When a duty of this kind was done last."""
    at: datetime | None = await session.scalar(
        select(DutyRecord.done_at)
        .where(DutyRecord.kind == kind, DutyRecord.withdrawn_at.is_(None))
        .order_by(DutyRecord.done_at.desc())
        .limit(1)
    )
    return at


async def clocks(session: AsyncSession, rules: Sequence[str]) -> Sequence[DeadlineRow]:
    """Every clock that these duties ever had, but cancelled ones, the earliest due first."""
    rows = await session.scalars(
        select(DeadlineRow)
        .where(
            DeadlineRow.incident_id.is_(None),
            DeadlineRow.rule.in_(rules),
            DeadlineRow.state != CANCELLED,
        )
        .order_by(DeadlineRow.due_at, DeadlineRow.id)
    )
    return list(rows)


def is_owed(row: DeadlineRow) -> bool:
    """Whether a duty still waits to be done."""
    return row.state in {RUNNING, MISSED}
