"""The ledger is one gapless chain, whoever writes and whatever fails."""

import asyncio
import subprocess
import sys

import pytest

from crisis.model.action import Action
from crisis.model.ledger import check_chain, read_entry
from crisis.records import ledger
from crisis.records.act import OFFICE_CHAIN, Records

WRITERS = 12
EACH = 5

WRITE = f"""
import asyncio, sys
from crisis.model.action import Action
from crisis.records.act import Records

async def write():
    records = Records(sys.argv[1])
    for number in range({EACH * 4}):
        async with records.act() as act:
            await act.note("QT-2026-0001", Action.REPORT_ADDED, {{"number": number}})
    await records.close()

asyncio.run(write())
"""


async def _write(records: Records, chain: str, times: int = 1) -> None:
    for number in range(times):
        async with records.act() as act:
            await act.note(chain, Action.REPORT_ADDED, {"number": number})


async def _note_and_fail(records: Records) -> None:
    async with records.act() as act:
        await act.note(OFFICE_CHAIN, Action.REPORT_ADDED, {"number": 2})
        raise KeyError


async def _check(records: Records, chain: str, length: int) -> None:
    async with records.look() as session:
        told = await ledger.entries(session, chain)
        heads = dict(await ledger.chains(session))
    found = [read_entry(entry) for entry in told]
    assert check_chain(found) == []
    assert [entry.seq for entry in found] == list(range(1, length + 1))
    assert heads[chain] == found[-1].head


@pytest.mark.parametrize("chain", [OFFICE_CHAIN, "QT-2026-0001"])
async def test_many_writers_at_once_make_one_gapless_chain(records: Records, chain: str) -> None:
    await asyncio.gather(*(_write(records, chain, EACH) for _ in range(WRITERS)))
    await _check(records, chain, WRITERS * EACH)


async def test_two_processes_make_one_gapless_chain(records: Records, records_url: str) -> None:
    command = [sys.executable, "-W", "error", "-c", WRITE, records_url]
    both = [
        await asyncio.create_subprocess_exec(*command, stderr=subprocess.PIPE) for _ in range(2)
    ]
    said = [(await process.communicate())[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    await _check(records, "QT-2026-0001", EACH * 8)


async def test_an_act_that_fails_leaves_no_entry_and_no_gap(records: Records) -> None:
    await _write(records, OFFICE_CHAIN)
    with pytest.raises(KeyError):
        await _note_and_fail(records)
    await _write(records, OFFICE_CHAIN)
    await _check(records, OFFICE_CHAIN, 2)


async def test_one_act_may_note_several_entries_in_several_chains(records: Records) -> None:
    async with records.act() as act:
        for chain in ("QT-2026-0001", OFFICE_CHAIN, "QT-2026-0001"):
            await act.note(chain, Action.REPORT_ADDED, {})
    await _check(records, "QT-2026-0001", 2)
    await _check(records, OFFICE_CHAIN, 1)


async def test_a_chain_without_entries_is_not_listed(records: Records) -> None:
    async with records.look() as session:
        assert await ledger.chains(session) == ()


async def test_the_lines_of_a_chain_are_streamed_as_they_were_hashed(records: Records) -> None:
    await _write(records, OFFICE_CHAIN, 3)
    async with records.look() as session:
        lines = [line async for line in ledger.bodies(session, OFFICE_CHAIN)]
        told = await ledger.entries(session, OFFICE_CHAIN)
    assert [line.encode() for line in lines] == [read_entry(entry).line for entry in told]
