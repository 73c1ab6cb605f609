"""The duty roster in the records: each entry a row and a ledger entry; mistakes are withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.canonical import instant
from crisis.model.errors import NotFound
from crisis.model.words import words
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.shift import Shift

SHOWN = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class OnDuty:
    """What a person writes into the roster: who, from when, until when."""

    user_id: str
    starts_at: datetime
    ends_at: datetime
    note: str = ""


async def add(act: Act, said: OnDuty) -> Shift:
    """Write an entry down."""
    row = Shift(
        user_id=said.user_id,
        starts_at=said.starts_at,
        ends_at=said.ends_at,
        note=said.note,
        recorded_at=act.now,
        recorded_by=act.actor.id,
    )
    act.session.add(row)
    await act.session.flush()
    times = {"starts_at": instant(row.starts_at), "ends_at": instant(row.ends_at)}
    await act.note(OFFICE_CHAIN, Action.SHIFT_SET, {"shift": row.id, "user": row.user_id, **times})
    return row


async def withdraw(act: Act, row: Shift, reason: str) -> None:
    """The entry no longer holds; it stays readable with the reason."""
    row.withdrawn_at, row.withdrawn_by, row.reason = act.now, act.actor.id, reason
    await act.session.flush()
    await act.note(OFFICE_CHAIN, Action.SHIFT_WITHDRAWN, {"shift": row.id, "user": row.user_id})


async def by_id(session: AsyncSession, key: str) -> Shift:
    """The entry with this key. Raises NotFound."""
    row = await session.get(Shift, key) if key else None
    if row is None:
        raise NotFound(words("Lịch trực không có ca này.", "The roster has no such entry."))
    return row


async def on_duty(session: AsyncSession, at: datetime) -> frozenset[str]:
    """The users who are on duty at `at`."""
    return frozenset(row.user_id for row in await present(session, at))


async def present(session: AsyncSession, at: datetime) -> Sequence[Shift]:
    """The entries that hold at `at`, the one that ends first before others."""
    rows = await session.scalars(
        select(Shift)
        .where(Shift.starts_at <= at, at < Shift.ends_at, Shift.withdrawn_at.is_(None))
        .order_by(Shift.ends_at, Shift.id)
    )
    return list(rows)


async def of_user(session: AsyncSession, user_id: str, since: datetime) -> Sequence[Shift]:
    """A person's entries that hold and have not ended at `since`."""
    rows = await session.scalars(
        select(Shift).where(
            Shift.user_id == user_id, Shift.ends_at > since, Shift.withdrawn_at.is_(None)
        )
    )
    return list(rows)


async def newest(session: AsyncSession) -> Sequence[Shift]:
    """The entries that end last, withdrawn ones among them."""
    rows = await session.scalars(
        select(Shift).order_by(Shift.ends_at.desc(), Shift.id).limit(SHOWN)
    )
    return list(rows)
