"""The annual report over many invented incidents, beside a plain scan of the same ledger rows."""

import tempfile
from collections.abc import Awaitable, Callable
from datetime import date
from itertools import islice
from pathlib import Path
from time import process_time

from crisis.model.annual_report import annual_report
from crisis.model.law import Law
from crisis.model.periodic_duty import ANNUAL_REPORT
from crisis.model.reporting_year import ReportingYear, reporting_year
from crisis.model.rule_of_day import rule_in_force
from crisis.records.act import Records
from crisis.records.ledger_bulk import put_chains
from crisis.records.migrate import migrate
from crisis.records.year_book import scan, year_book
from desk.bench.invented_year import chain_of, invented_year
from desk.bench.law import Measured

YEAR = 2027
SEED = 2027
ROUNDS = 3
AT_A_TIME = 2_000
"""So many incidents are written in one transaction, so that the write-ahead log stays small."""


async def annual_report_bench(law: Law, count: int) -> Measured:
    """`count` incidents in a SQLite file of their own: the report, and only reading its rows."""
    year = _year(law)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'ledger.db'}"
        await migrate(url)
        records = Records(url)
        try:
            invented = invented_year(year, count, SEED)
            while several := list(islice(invented, AT_A_TIME)):
                async with records.act() as act:
                    await put_chains(act.session, (e for one in several for e in chain_of(one)))
            rounds = [
                (
                    await _seconds(lambda: _report(records, law, year)),
                    await _seconds(lambda: _scan(records, year)),
                )
                for _ in range(ROUNDS)
            ]
        finally:
            await records.close()
    measured, floor = (min(side) for side in zip(*rounds, strict=True))
    return Measured(
        bench="annual_report",
        count=count,
        seconds=round(measured, 4),
        floor="scan of the same ledger rows",
        floor_seconds=round(floor, 4),
        ratio=round(measured / floor, 2),
    )


def _year(law: Law) -> ReportingYear:
    yearly = rule_in_force(law, ANNUAL_REPORT, date(YEAR, 12, 14)).yearly
    if yearly is None:
        raise ValueError(ANNUAL_REPORT)
    return reporting_year(yearly, YEAR)


async def _report(records: Records, law: Law, year: ReportingYear) -> None:
    async with records.look() as session:
        annual_report(law, await year_book(session, year.since), year, exercise=False)


async def _scan(records: Records, year: ReportingYear) -> None:
    async with records.look() as session:
        await scan(session, year.since)


async def _seconds(work: Callable[[], Awaitable[None]]) -> float:
    began = process_time()
    await work()
    return process_time() - began
