"""Garbage collection away from the event loop, for processes that use SQLite through aiosqlite.

A failed statement leaves its cursor in a reference cycle. Freeing a cursor takes its connection's
mutex, which a statement waiting for the database's write lock holds for the whole busy time-out:
60 s in Prefect's server. Where the event loop's thread does the freeing, the loop stands still, the
transaction that has the lock cannot go on, and everybody waits for that minute. A thread of its own
waits alone.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG_ENOUGH = 2_000
"""Objects made since the last sweep, below which a sweep is not worth its time."""

SWEEPS_TO_A_FULL_ONE = 300


def collect_apart(every_seconds: float = 1.0) -> None:
    """From now on collect garbage in a thread of its own, and nowhere else."""
    gc.disable()
    threading.Thread(target=_sweep, args=(every_seconds,), name="garbage", daemon=True).start()


@contextmanager
def uncollected() -> Iterator[None]:
    """No collection while very many small objects are made that all stay.

    Each collection looks at all of them again and finds nothing: a fourth of the time of an annual
    report. Where garbage is collected apart anyway, this changes nothing.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _sweep(every_seconds: float) -> None:
    never = threading.Event()
    sweeps = 0
    while not never.wait(every_seconds):
        if gc.get_count()[0] > YOUNG_ENOUGH:
            sweeps += 1
            gc.collect(1 if sweeps % SWEEPS_TO_A_FULL_ONE else 2)
