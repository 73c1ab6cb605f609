"""What processes cost: seconds of a core and memory, read from Linux's `/proc`."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True, slots=True)
class Footprint:
    """CPU seconds since the processes began, theirs and of children that ended, and memory.

    `mebibytes` counts a page that several processes share once in all (PSS).
    """

    cpu_seconds: float
    mebibytes: float


def family(pid: int) -> Iterator[int]:
    """The process and everything that descends from it and runs."""
    yield pid
    for listed in (PROC / str(pid) / "task").glob("*/children"):
        for child in listed.read_text().split():
            yield from family(int(child))


def command(pid: int) -> str:
    """The command line of a process."""
    return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()


def footprint(pids: Iterable[int]) -> Footprint:
    """What these processes cost together."""
    pids = tuple(pids)
    return Footprint(cpu_seconds=sum(map(_cpu, pids)), mebibytes=sum(map(_memory, pids)))


def _cpu(pid: int) -> float:
    # After the name, which may hold blanks and stands in brackets: utime, stime, cutime, cstime.
    told = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / TICKS


def _memory(pid: int) -> float:
    told = (PROC / str(pid) / "smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
