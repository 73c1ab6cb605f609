"""Whole chains written at once: generated ledgers, for measuring and for counting again."""

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.canonical import moment
from crisis.model.ledger import Entry
from crisis.records.schema.ledger import ChainHead, LedgerEntry

AT_A_TIME = 5_000


async def put_chains(session: AsyncSession, entries: Iterable[Entry]) -> int:
    """Write the entries of chains that are new and complete, in order; how many there were."""
    heads: dict[str, Entry] = {}
    left, number = iter(entries), 0
    while several := list(islice(left, AT_A_TIME)):
        number += len(several)
        heads |= {entry.chain: entry for entry in several}
        rows = [
            {
                "chain": entry.chain,
                "seq": entry.seq,
                "at": moment(entry.at),
                "action": str(entry.action),
                "body": entry.line.decode(),
                "hash": entry.hash,
            }
            for entry in several
        ]
        await session.execute(insert(LedgerEntry), rows)
    last = [{"chain": e.chain, "seq": e.seq, "hash": e.hash} for e in heads.values()]
    if last:
        await session.execute(insert(ChainHead), last)
    return number
