"""An installation spread out: two desks behind a proxy, two dispatchers, three workers.

The third worker is Prefect's own `process` worker on the same pool. Every part logs JSON, so that
its log says which entries of the ledger it wrote.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import cycle
from pathlib import Path

import httpx
from sqlalchemy import select

from crisis.records.schema.engine import Leader
from desk.parts.cluster import Cluster, cluster
from desk.parts.installation import LOOPBACK, Installation
from desk.parts.part import Part
from desk.prove.ground import Ground, set_out
from desk.prove.ground_plan import GroundPlan, place_of

STOCK = (
    *("worker", "start", "--pool", "phatngon", "--type", "process"),
    *("--name", "stock", "--limit", "1"),
)
DESKS = ("desk", "desk-2")
DISPATCHERS = ("dispatcher", "dispatcher-2")
STOCK_NAME, WARM = "worker-stock", ("worker-1", "worker-2")
WORKERS = (STOCK_NAME, *WARM)


@dataclass(frozen=True, kw_only=True)
class Spread(Installation):
    """The installation with its second parts; people reach the desks by the proxy's port."""

    proxy: int
    second: int

    @property
    def desk_url(self) -> str:
        """Where people go: the proxy."""
        return f"http://{LOOPBACK}:{self.proxy}"

    def port_of(self, desk: str) -> int:
        """Where one of the desks listens."""
        return self.ports.desk if desk == "desk" else self.second

    def parts(self) -> tuple[Part, ...]:
        """Every part of one machine, and its doubles."""
        one = {part.name: part for part in Installation.parts(self)}
        desks = [self._desk(one["desk"], name, self.port_of(name)) for name in DESKS]
        doubles = [
            replace(one["dispatcher"], name="dispatcher-2"),
            replace(
                one["dispatcher"],
                name=STOCK_NAME,
                command=(one["dispatcher"].command[0], "-m", "prefect", *STOCK),
            ),
        ]
        rest = [self._rest(part) for name, part in one.items() if name != "desk"]
        return (*rest, *desks, *doubles)

    def _rest(self, part: Part) -> Part:
        """A part as it is; a warm worker takes one run at a time and leaves others the rest."""
        limited = (*part.command, "--limit", "1")
        return replace(part, command=limited) if part.name.startswith("worker") else part

    def _desk(self, part: Part, name: str, port: int) -> Part:
        command = (*part.command[:3], "--port", str(port), "--with-parent")
        return replace(part, name=name, command=command, ready=f"http://{LOOPBACK}:{port}/healthz")


@dataclass(kw_only=True)
class Crowd:
    """The running installation; `elsewhere` is an empty database; what each part has done."""

    ground: Ground
    place: Spread
    elsewhere: str
    pids: dict[str, int] = field(default_factory=dict)

    async def grow(self) -> None:
        """One worker after another joins as soon as the one before has written something.

        The stock worker comes first: the warm ones are quicker and would leave it nothing.
        """
        for name, before in zip(WARM, (STOCK_NAME, *WARM), strict=False):
            while not self.entries(before):
                await asyncio.sleep(0.3)
            self.pids[name] = await self.ground.brood.bear(self.ground.birth(name))

    async def go_home(self) -> None:
        """No dispatcher starts anything more, and the stock worker's runs, its children, end.

        They are processes of their own, which would outlive the worker when that is killed.
        """
        for name in DISPATCHERS:
            await self.ground.brood.kill(name)
        async with asyncio.timeout(60):
            while _children(self.pids[STOCK_NAME]):
                await asyncio.sleep(0.3)
        await self.ground.brood.kill(STOCK_NAME)

    async def leader(self) -> str:
        """The dispatcher that leads now; empty where none does."""
        async with self.ground.office.records.look() as session:
            holder = await session.scalar(select(Leader.holder))
        pid = int(str(holder).rpartition(":")[2]) if holder else 0
        return next((name for name in DISPATCHERS if self.pids[name] == pid), "")

    async def requests(self) -> dict[str, int]:
        """How many requests each desk has answered."""
        found = {}
        async with httpx.AsyncClient(trust_env=False) as web:
            for name in DESKS:
                url = f"http://{LOOPBACK}:{self.place.port_of(name)}/metrics"
                told = (await web.get(url)).text.splitlines()
                lines = [one for one in told if one.startswith("phatngon_requests_total{")]
                found[name] = int(sum(float(one.rpartition(" ")[2]) for one in lines))
        return found

    def entries(self, name: str) -> int:
        """How many ledger entries the part has written, by its own log."""
        return sum(1 for line in self.events(name) if line.get("logger") == "phatngon.ledger")

    def events(self, name: str) -> list[dict[str, object]]:
        """The events in the part's log."""
        log = self.ground.brood.logs / f"{name}.log"
        found = []
        # A part that was only just told to start has said nothing yet.
        for line in log.read_text(encoding="utf8").splitlines() if log.exists() else ():
            # Prefect's stock worker prints lines of its own beside those of its runs.
            with suppress(ValueError):
                found.append(json.loads(line))
        return [one for one in found if isinstance(one, dict)]


def _children(pid: int) -> list[str]:
    """The processes that a living process has started."""
    told = [one.read_text() for one in Path(f"/proc/{pid}/task").glob("*/children")]
    return " ".join(told).split()


async def _pipe(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await source.read(2**16):
            target.write(piece)
            await target.drain()
    target.close()


@asynccontextmanager
async def _proxy(port: int, behind: tuple[int, ...]) -> AsyncIterator[None]:
    """Give each new connection to the next desk, as a reverse proxy does."""
    turns = cycle(behind)

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            there, back = await asyncio.open_connection(LOOPBACK, next(turns))
            await asyncio.gather(_pipe(reader, back), _pipe(there, writer))

    server = await asyncio.start_server(pass_on, LOOPBACK, port)
    try:
        yield
    finally:
        server.close()


async def _spread(plan: GroundPlan, server: Cluster) -> Spread:
    """Where the parts listen, on databases of `server`."""
    place = await place_of(plan, server)
    doors = [await asyncio.start_server(lambda *_: None, LOOPBACK, 0) for _ in range(2)]
    proxy, second = (door.sockets[0].getsockname()[1] for door in doors)
    for door in doors:
        door.close()
        await door.wait_closed()
    told = {name: getattr(place, name) for name in Installation.__dataclass_fields__}
    extra = (
        ("PHATNGON_LOG", "json"),
        ("PREFECT_WORKER_QUERY_SECONDS", "1"),
        ("PREFECT_WORKER_PREFETCH_SECONDS", "0"),
    )
    return Spread(**{**told, "extra": (*place.extra, *extra)}, proxy=proxy, second=second)


@asynccontextmanager
async def crowd(folder: Path) -> AsyncIterator[Crowd]:
    """The whole crowd at work; all of it ends with the block."""
    plan = GroundPlan(folder=folder, postgresql=True, workers=2)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(cluster())
        place = await _spread(plan, server)
        ground = await set_out(stack, plan, place, server)
        behind = tuple(place.port_of(name) for name in DESKS)
        await stack.enter_async_context(_proxy(place.proxy, behind))
        await ground.start(("mailbox", "prefect", *DESKS))
        await ground.start(("deploy",))
        made = Crowd(ground=ground, place=place, elsewhere=await server.make("elsewhere"))
        for name in (STOCK_NAME, *DISPATCHERS):
            made.pids[name] = await ground.brood.bear(ground.birth(name))
        yield made
