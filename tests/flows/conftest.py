"""A real Prefect server, real workers, and small flows to run on them.

The server costs about ten seconds once per test process, a worker about three. It asks for an
authentication string and a CSRF token, as in production.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from desk.engine_api import EngineApi
from desk.runs import Runs

HOUSE = Path(__file__).parents[2]
PARTS = Path(__file__).parent / "parts"
AUTH = "tester:not-a-secret"
PATIENCE = 180.0

ON_THE_WAY = {"Scheduled", "Late", "Pending", "Submitting", "Running", "Cancelling"}

T = TypeVar("T")


def free_port() -> int:
    """A port that is free at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


async def until(question: Callable[[], Awaitable[T | None]]) -> T:
    """The first answer to `question` that is not None or False."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if answer := await question():
                return answer
            await asyncio.sleep(0.05)


@dataclass(kw_only=True)
class Engine:
    """The Prefect server of these tests, and how to put flows and workers on it."""

    port: int
    home: Path
    auth: str = AUTH
    api: EngineApi = field(init=False)
    runs: Runs = field(init=False)

    def __post_init__(self) -> None:
        self.api = EngineApi(url=self.url, auth=self.auth)
        self.runs = Runs(api_url=self.url, auth=self.auth)

    @property
    def url(self) -> str:
        """The API's address."""
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def env(self) -> dict[str, str]:
        """The environment of its clients."""
        own = {
            "PREFECT_HOME": str(self.home),
            "PREFECT_API_URL": self.url,
            "PREFECT_API_AUTH_STRING": self.auth,
            "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "true",
            "PYTHONPATH": str(PARTS),
            "DO_NOT_TRACK": "1",
        }
        plain = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        return {**plain, **own}

    async def deploy(
        self,
        flow: str,
        *,
        pool: str = "phatngon",
        kind: str = "phatngon-warm",
        tags: tuple[str, ...] = (),
    ) -> None:
        """Deploy `echo.<flow>` under its own name to a pool."""
        if await self.api.get(f"/work_pools/{pool}") is None:
            await self.api.post("/work_pools/", {"name": pool, "type": kind})
        made = await self.api.post("/flows/", {"name": flow})
        wanted = {"name": flow, "flow_id": made["id"], "entrypoint": f"echo.{flow}"}
        wanted |= {"tags": list(tags)}
        await self.api.post("/deployments/", {**wanted, "work_pool_name": pool})

    async def start(self, flow: str, *, pool: str = "phatngon", **parameters: object) -> str:
        """Deploy `flow` to `pool` and start a run of it."""
        await self.deploy(flow, pool=pool)
        key = os.urandom(8).hex()
        return await self.runs.start(flow, parameters=parameters, key=key, name=f"{flow} {key}")

    async def state(self, run_id: str, *names: str) -> str:
        """Wait until the run's state is one of `names`, or any that is final; its name."""
        waiting = ON_THE_WAY - set(names)

        async def reached() -> str | None:
            name = await self.runs.state_of(run_id)
            return None if name in waiting else name

        return await until(reached)

    async def waits_for(self, question: Callable[[], bool]) -> None:
        """Wait until `question` is answered with yes."""

        async def asked() -> bool:
            return question()

        await until(asked)

    async def message(self, run_id: str) -> str:
        """The message of the run's last state."""
        row = await self.api.get(f"/flow_runs/{run_id}")
        return str(row["state"]["message"])

    @contextmanager
    def worker(self, *options: str) -> Iterator[subprocess.Popen[bytes]]:
        """A warm worker in a process of its own, stopped at the end."""
        command = [sys.executable, "-m", "flows", "--with-parent", *options]
        with self.process(command) as worker:
            yield worker

    @contextmanager
    def process(
        self, command: list[str], extra: Mapping[str, str] | None = None
    ) -> Iterator[subprocess.Popen[bytes]]:
        """A client of this server in a process of its own, `extra` in its environment."""
        out = self.home / "clients.log"
        with (
            out.open("ab") as log,
            subprocess.Popen(
                command,
                cwd=HOUSE,
                env={**self.env, **(extra or {})},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            ) as child,
        ):
            yield child
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The server, with an authentication string and CSRF protection."""
    engine = Engine(port=free_port(), home=tmp_path_factory.mktemp("prefect"))
    guarded = {
        "PREFECT_SERVER_API_AUTH_STRING": AUTH,
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
    }
    log = engine.home / "server.log"
    command = [sys.executable, "-m", "flows.server", "--port", str(engine.port)]
    with (
        log.open("wb") as out,
        subprocess.Popen(
            command,
            cwd=HOUSE,
            env=engine.env | guarded,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
        ) as server,
    ):
        asyncio.run(until(lambda: _is_up(engine, server)))
        yield engine
        server.kill()


@pytest.fixture
def another_engine(tmp_path: Path) -> Engine:
    """Where a server could be that nobody has started, open to everyone."""
    return Engine(port=free_port(), home=tmp_path / "prefect", auth="")


@pytest.fixture(scope="session")
def worker(engine: Engine) -> Iterator[subprocess.Popen[bytes]]:
    """The warm worker of the pool `phatngon`, for tests that let it live."""
    with engine.worker() as worker:
        yield worker


async def _is_up(engine: Engine, server: subprocess.Popen[bytes]) -> bool:
    if server.poll() is not None:
        pytest.fail((engine.home / "server.log").read_text(encoding="utf8"))
    try:
        return httpx.get(f"{engine.url}/health", trust_env=False).is_success
    except httpx.HTTPError:
        return False
