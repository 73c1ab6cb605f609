"""An act: one transaction by one actor at one moment, with its ledger entries."""

import logging
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from crisis.clock import Clock
from crisis.model.action import Action
from crisis.model.canonical import instant
from crisis.model.errors import Stale
from crisis.model.ledger import Actor, ActorKind, Entry
from crisis.model.words import words
from crisis.records import ledger, viewing
from crisis.records.database import Database
from crisis.records.schema.engine import OfficeClock

OFFICE_CHAIN = "office"

log = logging.getLogger("phatngon.ledger")

SYSTEM = Actor(kind=ActorKind.SYSTEM, id="phatngon")


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """What a store needs to change something: the transaction, who acts, when, in which run.

    `now` is office time (an exercise may have its own), `real` is the world's time.
    """

    session: AsyncSession
    actor: Actor
    now: datetime
    real: datetime
    run: str | None = None
    noted: list[Entry] = field(default_factory=list, repr=False)

    async def note(self, chain: str, action: Action, data: Mapping[str, Any]) -> None:
        """Write a ledger entry in this transaction; `data` gets `as_of` where times differ."""
        told = dict(data)
        if abs((self.now - self.real).total_seconds()) > 1:
            told["as_of"] = instant(self.now)
        entry = await ledger.append(
            self.session,
            ledger.Line(
                chain=chain, at=self.real, actor=self.actor, action=action, run=self.run, data=told
            ),
        )
        self.noted.append(entry)


def after(now: datetime, last: datetime | None) -> datetime:
    """`now`, or the next instant after `last` where the office's clock stands still."""
    return now if last is None else max(now, last + timedelta(microseconds=1))


class Records:
    """The door to the records: acts that write, looks that read, and the office's clock."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)

    @asynccontextmanager
    async def act(self, actor: Actor = SYSTEM, run: str | None = None) -> AsyncIterator[Act]:
        """One transaction by `actor`; everything in it happens or nothing does.

        Raises Stale where somebody else changed the same rows meanwhile.
        """
        try:
            async with self.database.write() as session:
                clock = await clock_of(session)
                now, real = clock.now(), clock.real_now()
                act = Act(session=session, actor=actor, now=now, real=real, run=run)
                yield act
        except StaleDataError as error:
            raise Stale(
                words(
                    "Có người vừa sửa cùng nội dung này. Xin xem lại rồi thực hiện lại.",
                    "Somebody has just changed the same thing. Please look again, then repeat.",
                )
            ) from error
        _tell(act.noted)

    @asynccontextmanager
    async def look(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only reads what the viewer of this request may see."""
        async with self.database.read() as session:
            await viewing.veil(session)
            yield session

    async def clock(self) -> Clock:
        """The office's clock as it is set now."""
        async with self.look() as session:
            return await clock_of(session)

    async def close(self) -> None:
        """Close all connections."""
        await self.database.close()


def _tell(noted: Iterable[Entry]) -> None:
    """Log what was just committed, without the entries' data: that is for the ledger's readers."""
    for one in noted:
        told = {
            "incident": None if one.chain == OFFICE_CHAIN else one.chain,
            "run": one.run,
            "seq": one.seq,
            "actor": f"{one.actor.kind}:{one.actor.id}",
        }
        log.info(one.action, extra=told)


async def clock_of(session: AsyncSession) -> Clock:
    """The clock of this installation: real, or the exercise clock of the one row."""
    row = await session.get(OfficeClock, 1)
    if row is None:
        return Clock.real()
    return Clock(anchor_real=row.anchor_real, anchor_office=row.anchor_office, rate=row.rate)
