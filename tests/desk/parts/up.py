"""A supervisor of two tiny parts in a process of its own: tells their pids, then waits."""

import asyncio
import os
import sys
from pathlib import Path

from desk.parts.part import Part
from desk.parts.supervisor import Supervisor

TINY = Path(__file__).parent / "tiny.py"


async def main() -> None:
    """Keep them alive until killed."""
    parts = [
        Part(
            name=f"tiny-{port}",
            command=(sys.executable, str(TINY), port),
            env=dict(os.environ),
            ready=f"http://127.0.0.1:{port}/",
        )
        for port in sys.argv[2:]
    ]
    async with Supervisor(parts=parts, logs=Path(sys.argv[1]), tell=sys.stderr.write) as up:
        sys.stdout.write(" ".join(map(str, up.pids().values())) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


asyncio.run(main())
