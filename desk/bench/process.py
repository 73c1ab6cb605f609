"""What one process of a command costs from its start to its end."""

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

from crisis.model.errors import OutsideFailure
from crisis.model.words import words


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """Seconds that passed, seconds of processor time, and the most memory it held in MiB."""

    seconds: float
    cpu_seconds: float
    mebibytes: float


async def ended(command: tuple[str, ...], environment: Mapping[str, str]) -> tuple[str, Cost]:
    """Run a command to its end; what it printed and what it cost. Raises OutsideFailure."""
    reading, writing = os.pipe()
    began = time.perf_counter()
    pid = os.posix_spawn(
        command[0],
        command,
        environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, writing, 1), (os.POSIX_SPAWN_CLOSE, reading)],
    )
    os.close(writing)

    def wait() -> tuple[str, int, float, float]:
        with os.fdopen(reading, encoding="utf8") as printed:
            said = printed.read()
        _, status, used = os.wait4(pid, 0)
        return said, status, used.ru_utime + used.ru_stime, float(used.ru_maxrss)

    said, status, cpu, most = await asyncio.to_thread(wait)
    if status:
        raise OutsideFailure(
            words("Lệnh được đo không chạy xong.", "The measured command failed."), permanent=True
        )
    unit = 2**20 if sys.platform == "darwin" else 2**10
    seconds = time.perf_counter() - began
    return said, Cost(seconds=seconds, cpu_seconds=cpu, mebibytes=most / unit)
