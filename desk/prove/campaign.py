"""The crash campaign: parts die while people go on, again and again; then everything is judged."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count

from crisis.clock import Clock
from desk.prove.affair import STORIES, affair
from desk.prove.diary import Diary
from desk.prove.evidence import Finding
from desk.prove.ground import Ground, ground
from desk.prove.ground_plan import GroundPlan
from desk.prove.kill_point import Point
from desk.prove.killing import at_point
from desk.prove.outcome import MOST_PAUSE, CampaignPlan, Outcome
from desk.prove.receiver import Manner
from desk.prove.resident import Resident
from desk.prove.strike import AIMS, ALL, ENOUGH, FLEETING, HANDS, Aim, Struck, Table, aims
from desk.prove.upkeep import at_work, keep_alive, keep_reconciling, start_again
from desk.prove.witness import comes_to_rest, gathered, judged

RARE_SECONDS = 6.0
LOOK_SECONDS = 0.3
LAST_SECONDS = 420.0
REST_SECONDS = 180.0
EVERYTHING = 0.12
"""How often a named kill takes every other part with it."""


@dataclass(kw_only=True)
class Campaign:
    """One campaign on a running ground."""

    ground: Ground
    plan: CampaignPlan
    tell: Callable[[str], None]
    diary: Diary = field(default_factory=Diary)
    strikes: list[Struck] = field(default_factory=list)
    expected: dict[str, tuple[str, ...]] = field(default_factory=dict)
    owed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    _over: bool = False
    _affairs: Iterator[int] = field(default_factory=lambda: count(1))

    async def run(self) -> None:
        """People at work, parts kept alive and killed; back when the last affair has ended."""
        self.ground.receiver.manner = Manner.STUBBORN
        await self._sign_in()
        async with at_work(keep_alive(self.ground), keep_reconciling(self.ground)):
            living = [self._live(n) for n in range(self.plan.side_by_side)]
            people = [asyncio.ensure_future(one) for one in living]
            await self._strike_all()
            self._over = True
            await self._go_home(people)
            self.owed = await comes_to_rest(self.ground, REST_SECONDS)

    async def _go_home(self, people: Sequence[asyncio.Future[None]]) -> None:
        """Let everybody come to their end; who failed for another reason is a finding as well."""
        done, left = await asyncio.wait(people, timeout=LAST_SECONDS)
        for one in left:
            one.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        self.failed = [f"{type(e).__name__}: {e}" for one in done if (e := one.exception())]

    async def _sign_in(self) -> None:
        """Everybody signs in before the first kill: a code of the second factor counts once."""
        for who in self.ground.cast.people:
            await self.ground.cast.browser(who)

    async def _live(self, number: int) -> None:
        chance = random.Random(f"{self.plan.seed}:{number}")  # noqa: S311
        resident = Resident(
            ground=self.ground,
            diary=self.diary,
            chance=chance,
            dwell=self.plan.dwell,
            hurry=lambda: self._over,
        )
        while not self._over:
            told = affair(next(self._affairs), chance.choice(STORIES))
            await resident.play(told, self.expected)

    async def _strike_all(self) -> None:
        """Both hands strike until the kills are done, as many of them as each has time for."""
        numbers = iter(range(1, self.plan.points + 1))
        await asyncio.gather(*(self._hand(hand, n, numbers) for n, hand in enumerate(HANDS)))
        if self.plan.points >= ENOUGH:
            await self._fill_gaps()

    async def _hand(self, hand: Sequence[Aim], which: int, numbers: Iterator[int]) -> None:
        chance = random.Random(f"{self.plan.seed}:hand:{which}")  # noqa: S311  (no secret)
        for aim, _ in zip(aims(chance, hand), numbers, strict=False):
            await self._blow(aim, chance)

    async def _fill_gaps(self) -> None:
        """Strike on where the table still has empty cells, at most half as often again."""
        chance = random.Random(f"{self.plan.seed}:gaps")  # noqa: S311  (no secret)
        for _ in range(self.plan.points // 2):
            gaps = [aim for aim in AIMS if Table(self.strikes).missing(aim)]
            if not gaps:
                return
            await self._blow(chance.choice(gaps), chance)

    async def _blow(self, aim: Aim, chance: random.Random) -> None:
        await self._life_goes_on()
        await asyncio.sleep(chance.uniform(0, 1.0))
        rare = await self._rare_stage(aim)
        struck = await self._strike(aim, chance, at_once=rare)
        self.strikes.append(struck)
        number = len(self.strikes)
        if number % 10 == 0:
            self.tell(f"{number}/{self.plan.points} {_standing(struck)}")

    async def _life_goes_on(self) -> None:
        """Give the office as much to do between two kills on a slow machine as on a quick one."""
        before = await self.ground.entries()
        with suppress(TimeoutError):
            async with asyncio.timeout(MOST_PAUSE):
                while await self.ground.entries() < before + self.plan.work:
                    await asyncio.sleep(LOOK_SECONDS)

    async def _rare_stage(self, aim: Aim) -> bool:
        """Wait a while for an incident at a stage at which this aim never struck; whether one came.

        Some stages last a second: blind kills would leave them untried for ever.
        """
        missing = Table(self.strikes).missing(aim) & FLEETING
        with suppress(TimeoutError):
            async with asyncio.timeout(RARE_SECONDS if missing else 0):
                while missing.isdisjoint((await self.ground.stages()).values()):
                    await asyncio.sleep(LOOK_SECONDS / 3)
                return True
        return False

    async def _strike(self, aim: Aim, chance: random.Random, *, at_once: bool) -> Struck:
        """Kill as aimed; where nothing passes the point in time, at any time instead."""
        ground = self.ground
        part = chance.choice(ground.workers) if aim.part == "worker" else aim.part
        everything, hit, met = aim.part == ALL, None, aim
        ground.down.update(ground.names if everything else (part,))
        if aim.point is Point.ANY_TIME:
            await asyncio.sleep(0 if at_once else chance.uniform(0, 1.0))
        else:
            nth = 1 if at_once else chance.randint(1, _most(aim.point))
            hit = await at_point(ground, part, (aim.point, nth))
            met = aim if hit else replace(aim, point=Point.ANY_TIME)
            everything = chance.random() < EVERYTHING
        names = ground.names if everything else (part,)
        ground.down.update(names)
        await asyncio.gather(*(ground.brood.kill(name) for name in names))
        stages = await ground.stages()
        await asyncio.sleep(chance.uniform(0, 0.5))
        await start_again(ground, names)
        return Struck(aim=met, own=hit.chain if hit else "", stages=stages, everything=everything)


def _standing(struck: Struck) -> str:
    """How many incidents stood where, in one line."""
    return ", ".join(f"{n} {stage}" for stage, n in Counter(struck.stages.values()).items())


def _most(point: Point) -> int:
    """Commits are many in a run, other points few."""
    return 5 if point in {Point.BEFORE_COMMIT, Point.AFTER_COMMIT} else 2


async def crash(plan: CampaignPlan, tell: Callable[[str], None]) -> Outcome:
    """Run a campaign in a fresh installation and judge what came of it."""
    clock = Clock.real()
    began = clock.monotonic()
    async with ground(GroundPlan(folder=plan.folder, postgresql=plan.postgresql)) as there:
        tell(f"up after {clock.monotonic() - began:.0f} s")
        campaign = Campaign(ground=there, plan=plan, tell=tell)
        await campaign.run()
        seen = await gathered(there, campaign.diary, campaign.expected, plan.folder / "packs")
        fallen = [Finding(rule="player failed", code="-", text=one) for one in campaign.failed]
        return Outcome(
            plan=plan,
            strikes=campaign.strikes,
            findings=[*judged(seen), *fallen],
            evidence=seen,
            seconds=clock.monotonic() - began,
            owed=campaign.owed,
        )
