"""The proving ground: an exercise installation of real parts, to be killed and started again."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import func, select

from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.errors import OutsideFailure
from crisis.model.words import words
from crisis.office.office import Office
from crisis.records import incident
from crisis.records.office_clock import set_clock
from crisis.records.schema.incident import Incident
from crisis.records.schema.ledger import ChainHead
from crisis.writing.content_file import read_content
from desk.case.dossier import dossier
from desk.drill.cast import Cast
from desk.parts.cluster import Cluster, cluster
from desk.parts.installation import Installation
from desk.parts.part import Part
from desk.parts.setup import OPERATOR, set_up
from desk.prove import preparation
from desk.prove.brood import Brood, brood
from desk.prove.ground_plan import CONTACTS, GroundPlan, key_of, place_of, setup_of
from desk.prove.nursery import Birth
from desk.prove.post_box import PostBox
from desk.prove.receiver import Receiver, receiving
from desk.runs import Runs

READY_SECONDS = 120.0
LOOK_SECONDS = 0.05


@dataclass(kw_only=True)
class Ground:
    """The parts, the people's means, and the outside: mails, site, receiver."""

    plan: GroundPlan
    place: Installation
    office: Office
    cast: Cast
    runs: Runs
    brood: Brood
    receiver: Receiver
    cluster: Cluster | None
    key: str = ""
    defect: str = ""
    down: set[str] = field(default_factory=set)
    starting: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def orders(self) -> Path:
        """The folder of kill orders and hits."""
        return self.place.var / "orders"

    @property
    def names(self) -> tuple[str, ...]:
        """Every part that stays, in the order of their start."""
        return tuple(part.name for part in self.place.parts() if not part.once)

    @property
    def workers(self) -> tuple[str, ...]:
        """The workers among them."""
        return tuple(name for name in self.names if name.startswith("worker"))

    async def start(self, names: Iterable[str], **env: str) -> None:
        """Start these parts side by side; back when each answers."""
        named = set(names)
        wanted = [part for part in self.place.parts() if part.name in named]
        await asyncio.gather(*(self._start(part, env) for part in wanted))

    async def _start(self, part: Part, env: dict[str, str]) -> None:
        await self.brood.bear(self.birth(part.name, **env))
        if part.once:
            _must_be_well(part.name, await self.brood.ended(part.name) == 0)
        elif part.ready is not None:
            _must_be_well(part.name, await self._answers(part.name, part.ready))

    def birth(self, name: str, **env: str) -> Birth:
        """How a part is born; the mail server may misbehave when asked to."""
        (part,) = (one for one in self.place.parts() if one.name == name)
        return Birth(
            name=name,
            module=part.command[2],
            args=[*part.command[3:], *(["--faults"] if name == "mailbox" else [])],
            log=str(self.brood.logs / f"{name}.log"),
            env=env,
            preparation=preparation.NAME,
            plan={
                "folder": str(self.orders),
                "part": name,
                "tempo": asdict(self.plan.tempo),
                "defect": self.defect,
            },
        )

    async def _answers(self, name: str, url: str) -> bool:
        """Whether the part answers; a part that an order killed meanwhile is somebody else's."""
        async with httpx.AsyncClient(trust_env=False, timeout=5) as web:
            for _ in range(int(READY_SECONDS / LOOK_SECONDS)):
                if not self.brood.lives(name):
                    return True
                try:
                    if (await web.get(url)).is_success:
                        return True
                except httpx.HTTPError:
                    await asyncio.sleep(LOOK_SECONDS)
        return False

    async def look(self, code: str) -> dict[str, Any]:
        """The incident as it stands."""
        async with self.office.records.look() as session:
            return await dossier(session, await incident.by_code(session, code))

    async def stages(self) -> dict[str, str]:
        """Where every incident stands."""
        async with self.office.records.look() as session:
            rows = await session.execute(select(Incident.code, Incident.stage))
            return {row.code: row.stage for row in rows}

    async def entries(self) -> int:
        """How many entries the ledger has."""
        async with self.office.records.look() as session:
            return int(await session.scalar(select(func.sum(ChainHead.seq))) or 0)

    async def now(self) -> datetime:
        """Office time."""
        return (await self.office.records.clock()).now()

    async def move_clock(self, to: datetime, rate: float | None = None) -> None:
        """Let office time be `to`, and go on from there."""
        wanted = self.plan.rate if rate is None else rate
        async with self.office.records.act(OPERATOR) as act:
            await set_clock(act, to, rate=wanted, exercise=True)


async def set_out(
    stack: AsyncExitStack, plan: GroundPlan, place: Installation, server: Cluster | None
) -> Ground:
    """A ground at `place`, set up, on which no part was started yet; it ends with `stack`."""
    receiver = await stack.enter_async_context(receiving(plan.folder / "received.jsonl"))
    ready = await set_up(place.settings(), setup_of(plan, receiver))
    stack.push_async_callback(ready.office.records.close)
    there = await stack.enter_async_context(brood(place.var / "logs", place.environment()))
    made = Ground(
        plan=plan,
        place=place,
        office=ready.office,
        cast=Cast(
            base_url=place.desk_url,
            mails=PostBox(place.mail_dir),
            people={one.id: one for one in ready.made},
            book=read_content(CONTACTS, ContactBook),
            directory=read_content(place.playbooks / "directory.yaml", Directory),
        ),
        runs=Runs(api_url=f"{place.prefect_url}/api"),
        brood=there,
        receiver=receiver,
        cluster=server,
    )
    stack.push_async_callback(made.cast.close)
    made.orders.mkdir(parents=True, exist_ok=True)
    made.key = await key_of(made.office)
    return made


@asynccontextmanager
async def ground(plan: GroundPlan) -> AsyncIterator[Ground]:
    """A fresh installation with every part at work; all of it ends with the block."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(cluster()) if plan.postgresql else None
        made = await set_out(stack, plan, await place_of(plan, server), server)
        await made.start(("mailbox", "prefect", "desk"))
        await made.start(("deploy",))
        await made.start((*made.workers, "dispatcher"))
        yield made


def _must_be_well(name: str, well: bool) -> None:
    if not well:
        raise OutsideFailure(
            words(f"Thành phần “{name}” không chạy.", f"The part “{name}” does not run."),
            permanent=True,
        )
