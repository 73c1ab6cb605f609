"""`audit verify` over a ledger that grows, beside plain SHA-256 over the same bytes."""

import asyncio
import json
import resource
import sys
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from time import process_time
from typing import Any

from crisis.office.office import Office
from crisis.office.sealing import sign_and_tell
from crisis.records import ledger
from crisis.records.chain_copy import copy_chain
from crisis.records.chain_list import every_line
from desk.bench.served import crowd_at
from desk.bench.surge.figure import GROWTH, Claim, Figure, three
from desk.parts.installation import Installation

VERIFY = (sys.executable, "-c", "from desk.cli import main; main()", "audit", "verify", "--json")
AT_A_TIME = 2_000


async def verify_bench(
    place: Installation, examples: Path, entries: int
) -> AsyncIterator[Figure | Claim]:
    """Let the ledger of `place` grow to `entries` in three steps, and verify it after each."""
    async with crowd_at(place, examples) as crowd:
        office = crowd.office
        code, chains, costs = await crowd.file(0), 0, list[float]()
        for size in three(entries, 4):
            chains += await copy_chain(office.records, code, until=size, begin=chains)
            async with office.records.act() as act:
                await sign_and_tell(office, act)
            told, seconds = await _verified(place)
            there = await _counted(office)
            yield Claim(says=f"all {size} entries hold: {told}", holds=bool(told["holds"]))
            yield Claim(
                says=f"{there} entries were written, {told['entries']} checked",
                holds=there == told["entries"] >= size,
            )
            reading, hashing = await _floors(office)
            costs.append(seconds / there)
            yield Figure(
                bench="verify",
                database=office.records.database.engine.dialect.name,
                size=there,
                of="ledger entries",
                value=round(seconds, 3),
                unit="CPU s",
                floor=round(hashing, 3),
                against="SHA-256 over the same bytes",
                more={
                    "chains": told["chains"],
                    "us_per_entry": round(seconds / there * 1e6, 1),
                    "read_and_sha256_seconds": round(reading, 2),
                    "ratio_to_reading": round(seconds / reading, 2),
                },
            )
        yield Claim(
            says=f"an entry costs no more in a large ledger: {costs}",
            holds=costs[-1] <= GROWTH * costs[0],
        )


async def _counted(office: Office) -> int:
    async with office.records.look() as session:
        return sum(head.seq for _, head in await ledger.chains(session))


async def _verified(place: Installation) -> tuple[dict[str, Any], float]:
    """What the command says, and the processor seconds that it took."""
    before = _children()
    child = await asyncio.create_subprocess_exec(
        *VERIFY, env=place.environment(), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await child.communicate()
    told: dict[str, Any] = json.loads(said)
    return told, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def _floors(office: Office) -> tuple[float, float]:
    """Seconds to read every line and hash it, and of these to hash it."""
    began, hashing = process_time(), 0.0
    lines: list[bytes] = []
    async with office.records.look() as session:
        async for line in every_line(session):
            lines.append(line.body.encode())
            if len(lines) == AT_A_TIME:
                hashing += _hashed(lines)
                lines = []
    hashing += _hashed(lines)
    return process_time() - began, hashing


def _hashed(lines: list[bytes]) -> float:
    began = process_time()
    for line in lines:
        sha256(line).digest()
    return process_time() - began
