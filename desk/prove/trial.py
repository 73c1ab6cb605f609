"""A trial: one affair is played while something around the office is broken, and then mended."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import func, select

from crisis.records.schema.engine import WakeUp
from desk.parts.patience import until
from desk.prove.affair import affair
from desk.prove.diary import Diary
from desk.prove.ground import Ground
from desk.prove.resident import Resident
from desk.prove.upkeep import start_again

STORY = "01"
LOOK_SECONDS = 0.5


@dataclass(kw_only=True)
class Trial:
    """One trial on a running ground: its people, its incidents, its second parts."""

    ground: Ground
    number: int
    diary: Diary = field(default_factory=Diary)
    expected: dict[str, tuple[str, ...]] = field(default_factory=dict)
    doubles: list[str] = field(default_factory=list)

    async def play(self, affairs: int = 1) -> None:
        """Play as many affairs to their end, side by side."""
        numbers = range(self.number, self.number + affairs)
        await asyncio.gather(*(self._play(number) for number in numbers))

    async def _play(self, number: int) -> None:
        told = affair(number, STORY)
        chance = random.Random(number)  # noqa: S311  (rests of people, no secret)
        resident = Resident(ground=self.ground, diary=self.diary, chance=chance, dwell=0)
        await resident.play(told, self.expected)

    async def actions(self) -> list[str]:
        """Everything that the ledgers of the trial's incidents tell so far."""
        found = []
        for code in self.diary.codes:
            found += [one["action"] for one in (await self.ground.look(code))["timeline"]]
        return found

    async def stage(self) -> str:
        """Where the first incident stands; empty before there is one."""
        stages = await self.ground.stages()
        return stages.get(self.diary.codes[0], "") if self.diary.codes else ""

    async def sees(self, action: str, times: int = 1) -> None:
        """Wait until the ledger tells an action so often."""
        await self.waits(f"{times} × {action}", lambda: self._told(action, times))

    async def _told(self, action: str, times: int) -> bool:
        return (await self.actions()).count(action) >= times

    async def waits(self, what: str, ask: Callable[[], Awaitable[bool]]) -> None:
        """Wait until something is so. Raises OutsideFailure."""

        async def asked() -> bool | None:
            await asyncio.sleep(LOOK_SECONDS)
            return True if await ask() else None

        await until(what, asked)

    async def stands_at(self, *stages: str) -> None:
        """Wait until the first incident stands at one of these stages."""

        async def stands() -> bool:
            return await self.stage() in stages

        await self.waits(f"stage {stages}", stands)

    async def stop(self, *names: str) -> None:
        """Kill parts and leave them dead."""
        self.ground.down.update(names)
        for name in names:
            await self.ground.brood.kill(name)

    async def start(self, *names: str) -> None:
        """Start them again."""
        await start_again(self.ground, names)

    async def smtp(self, mode: str, **more: Any) -> None:
        """Let the mail server misbehave."""
        url = f"{self.ground.place.mailbox_url}/su-co"
        async with httpx.AsyncClient(trust_env=False) as web:
            (await web.post(url, json={"mode": mode, **more})).raise_for_status()

    async def jump(self, hours: float) -> None:
        """Move the office's clock."""
        await self.ground.move_clock(await self.ground.now() + timedelta(hours=hours))

    async def double(self, name: str, **env: str) -> None:
        """Start a second process of a part beside the first."""
        birth = self.ground.birth(name)
        twin = f"{name}-twin"
        args = [twin if arg == "warm-1" else arg for arg in birth.args]
        await self.ground.brood.bear(replace(birth, name=twin, args=args, env={**birth.env, **env}))
        self.doubles.append(twin)

    async def away(self) -> None:
        """End the second processes."""
        for name in self.doubles:
            await self.ground.brood.kill(name)

    async def waiting(self) -> int:
        """How many wake-ups wait for the engine."""
        question = select(func.count()).select_from(WakeUp).where(WakeUp.dispatched_at.is_(None))
        async with self.ground.office.records.look() as session:
            return int(await session.scalar(question) or 0)

    async def finishes(self, playing: "asyncio.Task[None]", seconds: float) -> bool:
        """Whether the affairs come to their end in time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(playing, seconds)
            return True
        return False
