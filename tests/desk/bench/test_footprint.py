"""What a process costs is read from the kernel: its children count with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crisis.clock import Clock
from desk.bench.footprint import command, family, footprint

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux")

BUSY = "import sys, time\nlist(range(3_000_000))\nwhile time.process_time() < 0.3: pass\n"
TELLS = "print('ready', flush=True); sys.stdin.read()"


def test_a_child_counts_with_the_process_that_started_it() -> None:
    before = footprint([os.getpid()]).cpu_seconds
    child = subprocess.Popen(
        [sys.executable, "-c", BUSY + TELLS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert child.stdout is not None
        child.stdout.readline()
        assert {os.getpid(), child.pid} <= set(family(os.getpid()))
        assert "time.process_time" in command(child.pid)
        alone = footprint([child.pid])
        assert alone.cpu_seconds >= 0.2
        assert 3 < alone.mebibytes < 500
    finally:
        child.communicate()
    ended = footprint([os.getpid()]).cpu_seconds
    assert ended - before >= alone.cpu_seconds - 0.05


def test_a_process_that_sleeps_costs_nothing() -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", f"import sys\n{TELLS}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert child.stdout is not None
        child.stdout.readline()
        clock, before = Clock.real(), footprint([child.pid]).cpu_seconds
        end = clock.monotonic() + 0.5
        while clock.monotonic() < end:
            assert footprint([child.pid]).cpu_seconds - before <= 0.02
    finally:
        child.communicate()
