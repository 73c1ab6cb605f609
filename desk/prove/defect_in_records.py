"""Defects of the records: what is written, when, and whether at all."""

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.ledger import NOTHING, Actor
from crisis.records import ledger, turn
from crisis.records.act import SYSTEM, Act, Records
from crisis.records.database import Database

LATE = "proof_late"
NEXT = "next_entry"
EVERY = 9
"""How often the desk forgets what it wrote."""


def ledger_outside() -> None:
    """Write the entries of an act in a transaction after its own."""
    act, note = Records.act, Act.note

    async def noted(self: Act, chain: str, action: Action, data: Mapping[str, Any]) -> None:
        self.session.info.setdefault(LATE, []).append((chain, action, dict(data)))

    @asynccontextmanager
    async def late(
        self: Records, actor: Actor = SYSTEM, run: str | None = None
    ) -> AsyncIterator[Act]:
        async with act(self, actor, run) as one:
            yield one
            told = one.session.info.pop(LATE, [])
        if told:
            async with act(self, actor, run) as second:
                for line in told:
                    await note(second, *line)

    setattr(Act, "note", noted)  # noqa: B010
    setattr(Records, "act", late)  # noqa: B010


def drop_wake_ups() -> None:
    """Let a decision about a statement call for no run."""
    wake = turn.wake

    async def dropped(act: Act, incident: Any, *, because: str, flow: str = "respond") -> str:
        if because.startswith("statement"):
            return ""
        return await wake(act, incident, because=because, flow=flow)

    turn.wake = dropped


def forget_writes() -> None:
    """In the desk, take back now and then what was written, and say nothing."""
    if sys.argv[0] != "desk.web":
        return
    write = Database.write
    written = 0

    @asynccontextmanager
    async def forgotten(self: Database) -> AsyncIterator[AsyncSession]:
        nonlocal written
        async with write(self) as session:
            yield session
            written += 1
            if written % EVERY == 0:
                await session.flush()
                await session.rollback()

    setattr(Database, "write", forgotten)  # noqa: B010


def fork_chain() -> None:
    """Let the entry about an accepted mail follow nothing."""
    following = getattr(ledger, NEXT)

    def forked(**told: Any) -> Any:
        if told["action"] is Action.MAIL_ACCEPTED and told["head"] is not None:
            told["head"] = replace(told["head"], hash=NOTHING)
        return following(**told)

    setattr(ledger, NEXT, forked)
