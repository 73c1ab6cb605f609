"""The supervisor with a real Prefect server and a real warm worker as its parts."""

import os
import signal
import sys
from pathlib import Path

from desk.parts.part import Part
from desk.parts.supervisor import Supervisor


def parts(engine) -> list[Part]:
    """A server of its own and a worker on it."""
    server = (sys.executable, "-m", "flows.server", "--port", str(engine.port))
    worker = (sys.executable, "-m", "flows", "--with-parent")
    return [
        Part(name="server", command=server, env=engine.env, ready=f"{engine.url}/health"),
        Part(name="worker", command=worker, env=engine.env),
    ]


async def test_runs_go_on_after_the_server_and_the_worker_were_killed(
    another_engine, tmp_path: Path
) -> None:
    engine = another_engine
    told: list[str] = []
    up = Supervisor(parts=parts(engine), logs=tmp_path, tell=told.append)
    async with up:
        first = await engine.start("echo", code="DT-2025-0011")
        assert await engine.state(first) == "Waiting for nothing"
        for name in ("server", "worker"):
            os.kill(up.pids()[name], signal.SIGKILL)
        await engine.waits_for(lambda: "server is back" in told)
        second = await engine.start("echo", code="DT-2025-0012")
        assert await engine.state(second) == "Waiting for nothing"
        assert await engine.runs.state_of(first) == "Waiting for nothing"
