"""Whole chains written at once: generated ledgers, for measuring and for counting again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.canonical import moment
from crisis.model.ledger import Entry
from crisis.records.schema.base import Base
from crisis.records.schema.ledger import ChainHead, LedgerEntry

AT_A_TIME = 5_000
LEDGER = Base.metadata.tables[LedgerEntry.__tablename__]


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is stored; `body` is its canonical JSON, hash included."""

    chain: str
    seq: int
    at: datetime
    action: str
    body: str
    hash: str


def line_of(entry: Entry) -> Line:
    """The entry as it is stored."""
    body, at = entry.line.decode(), moment(entry.at)
    return Line(entry.chain, entry.seq, at, str(entry.action), body, entry.hash)


async def put_chains(session: AsyncSession, entries: Iterable[Entry]) -> int:
    """Write the entries of chains that are new and complete, in order; how many there were."""
    return await put_lines(session, map(line_of, entries))


async def put_lines(session: AsyncSession, lines: Iterable[Line]) -> int:
    """Write the lines of chains that are new and complete, in order; how many there were."""
    heads: dict[str, Line] = {}
    left, number = iter(lines), 0
    while several := list(islice(left, AT_A_TIME)):
        number += len(several)
        heads |= {line.chain: line for line in several}
        rows = [
            {
                "chain": line.chain,
                "seq": line.seq,
                "at": line.at,
                "action": line.action,
                "body": line.body,
                "hash": line.hash,
            }
            for line in several
        ]
        # The table and not its class: rows that nobody reads back need no object each.
        await session.execute(insert(LEDGER), rows)
    last = [{"chain": one.chain, "seq": one.seq, "hash": one.hash} for one in heads.values()]
    if last:
        await session.execute(insert(ChainHead), last)
    return number
