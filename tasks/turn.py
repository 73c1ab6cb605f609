"""Whose turn it is: a run takes the incident, proves it in every act, and gives it back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from crisis.model.outlook import Outlook
from crisis.office.case import Standing, read_case
from crisis.records import incident, turn
from crisis.records.act import SYSTEM, Act
from tasks.office import office, run_id


@dataclass(frozen=True, kw_only=True, slots=True)
class Holding:
    """A turn that this run holds on one incident."""

    code: str
    holder: str


async def take(code: str, holder: str) -> Holding | None:
    """Take the turn; None where another run has it and will see what is wanted."""
    async with office().records.act(SYSTEM, run_id()) as act:
        row = await incident.by_code(act.session, code)
        taken = await turn.take(act, row.id, holder)
    return Holding(code=code, holder=holder) if taken else None


async def wishes(holding: Holding) -> int:
    """How many wishes there are now, to be compared when giving the turn back."""
    async with office().records.look() as session:
        row = await incident.by_code(session, holding.code)
        return await turn.wanted(session, row.id)


async def give_back(holding: Holding, looked_at: int) -> bool:
    """Give the turn back unless something was wished meanwhile; False: look again."""
    async with office().records.act(SYSTEM, run_id()) as act:
        row = await incident.by_code(act.session, holding.code)
        return await turn.release(act, row.id, holding.holder, looked_at=looked_at)


async def let_go(holding: Holding) -> bool:
    """Give the turn back after a failure; the wish stays open. False where it was lost before."""
    async with office().records.act(SYSTEM, run_id()) as act:
        row = await incident.by_code(act.session, holding.code)
        return await turn.let_go(act, row.id, holding.holder)


async def keep(holding: Holding) -> None:
    """Lengthen the turn, as a run does that is long at work. Raises Stale where it was lost."""
    async with office().records.act(SYSTEM, run_id()) as act:
        row = await incident.by_code(act.session, holding.code)
        await turn.keep(act, row.id, holding.holder)


@asynccontextmanager
async def acting(holding: Holding) -> AsyncIterator[tuple[Act, Standing]]:
    """One act on the incident in this turn, with the incident as it stands.

    Raises Stale where the turn was lost: then nothing of the act is done.
    """
    async with office().records.act(SYSTEM, run_id()) as act:
        row = await incident.held(act, holding.code)
        await turn.keep(act, row.id, holding.holder)
        yield act, await read_case(office(), act, row)


async def look(holding: Holding) -> Outlook:
    """What can be done for the incident now, and what it waits for."""
    async with acting(holding) as (_, standing):
        return standing.outlook
