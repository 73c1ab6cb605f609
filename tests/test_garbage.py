"""Freeing a cursor whose connection waits for a lock must not stop the event loop."""

import gc
import subprocess
import sys

import pytest

from crisis.garbage import uncollected

LOOP = """
import asyncio, gc, sqlite3, sys, threading, time
from crisis.garbage import collect_apart

path, apart = sys.argv[1], sys.argv[2] == "apart"
gc.disable()
writer = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
waiter = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=3)
writer.execute("CREATE TABLE t (x UNIQUE)")
writer.execute("INSERT INTO t VALUES (1)")

failed = waiter.cursor()
try:
    failed.execute("INSERT INTO t VALUES (1)")
except sqlite3.IntegrityError:
    cycle = [failed]
    cycle.append(cycle)
    del cycle, failed
writer.execute("BEGIN IMMEDIATE")
busy = threading.Thread(target=lambda: waiter.execute("BEGIN IMMEDIATE"))
busy.start()
time.sleep(0.3)

async def beat():
    # Here and not before: the first collection must fall into what is measured.
    collect_apart(0.05) if apart else gc.enable()
    longest, until = 0.0, time.monotonic() + 1.5
    while (now := time.monotonic()) < until:
        kept = [[n] for n in range(20_000)]
        await asyncio.sleep(0.01)
        longest = max(longest, time.monotonic() - now)
    return longest

print(asyncio.run(beat()))
writer.execute("COMMIT")
busy.join()
"""


@pytest.mark.parametrize(("where", "stands_still"), [("inside", True), ("apart", False)])
def test_the_loop_stands_still_only_where_it_collects_garbage_itself(
    tmp_path, where: str, stands_still: bool
) -> None:
    command = [sys.executable, "-c", LOOP, str(tmp_path / "some.db"), where]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert (float(told.stdout) > 1.0) is stands_still


def test_nothing_is_collected_for_a_while_and_then_as_before() -> None:
    was = gc.isenabled()
    try:
        for before in (True, False):
            (gc.enable if before else gc.disable)()
            with uncollected():
                assert not gc.isenabled()
            assert gc.isenabled() == before
    finally:
        (gc.enable if was else gc.disable)()
