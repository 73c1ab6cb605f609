"""The entries that the annual report reads, straight from the ledger."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.canonical import moment
from crisis.model.year_book import READERS, Told, YearBook
from crisis.records.schema.ledger import LedgerEntry

AT_A_TIME = 5_000


async def year_book(session: AsyncSession, since: datetime | None) -> YearBook:
    """What the ledger tells of everything recorded from `since` on; None: from its beginning.

    Nothing is recorded before it happens, so a year's facts lie after its first day. An exercise
    has a clock of its own and its ledger the world's: its book is read from the beginning.
    """
    book = YearBook()
    entries = (
        # In the order of the index on (action, at): nothing is sorted.
        select(LedgerEntry.chain, LedgerEntry.seq, LedgerEntry.at, LedgerEntry.body)
        .where(LedgerEntry.action.in_(sorted(READERS)))
        .execution_options(yield_per=AT_A_TIME)
    )
    if since is not None:
        entries = entries.where(LedgerEntry.at >= since)
    rows = await session.stream(entries)
    async for several in rows.partitions():
        for chain, seq, at, body in several:
            book.put(_told(chain, seq, at, json.loads(body)))
    return book


def _told(chain: str, seq: int, at: datetime, entry: dict[str, object]) -> Told:
    data = entry["data"]
    if not isinstance(data, dict):
        msg = f"entry {seq} of {chain} has no facts"
        raise TypeError(msg)
    as_of = data.get("as_of")
    return Told(chain, seq, moment(as_of) if as_of else at, str(entry["action"]), data)
