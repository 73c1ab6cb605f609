"""The entries that the annual report reads, straight from the ledger."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from pydantic_core import from_json
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.garbage import uncollected
from crisis.model.told import Told
from crisis.model.year_book import READERS, YearBook
from crisis.records.schema.ledger import LedgerEntry

AT_A_TIME = 5_000

LEDGER = LedgerEntry.__table__.c
"""Its columns: plain texts are wanted, no objects of the records."""


async def year_book(session: AsyncSession, since: datetime | None) -> YearBook:
    """What the ledger tells of everything recorded from `since` on; None: from its beginning.

    Nothing is recorded before it happens, so a year's facts lie after its first day. An exercise
    has a clock of its own and its ledger the world's: its book is read from the beginning.
    """
    book = YearBook()
    with uncollected():
        async for several in _lines(session, since):
            for body in several:
                told = from_json(body, cache_strings="keys")
                book.put(Told(told["chain"], told["seq"], told["at"], told["action"], told["data"]))
    return book


async def scan(session: AsyncSession, since: datetime | None) -> int:
    """Read the same entries and do nothing with them: the floor of the measurement."""
    number = 0
    async for several in _lines(session, since):
        number += len(several)
    return number


async def _lines(session: AsyncSession, since: datetime | None) -> AsyncIterator[Sequence[str]]:
    """In any order, so that the records need not sort."""
    bodies = select(LEDGER.body).where(LEDGER.action.in_(sorted(READERS)))
    if since is not None:
        bodies = bodies.where(LEDGER.at >= since)
    found = await session.stream_scalars(bodies.execution_options(yield_per=AT_A_TIME))
    async for several in found.partitions():
        yield several
