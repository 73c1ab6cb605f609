"""The self-test: defects are seeded one by one, and the checker must see each of them."""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from crisis.clock import Clock
from crisis.model.canonical import instant
from crisis.model.incident import Stage
from desk.prove.affair import affair
from desk.prove.check_mail import queued
from desk.prove.defect import DEFECTS, Defect
from desk.prove.diary import Diary
from desk.prove.evidence import Chain, Evidence, Finding
from desk.prove.ground import Ground, ground
from desk.prove.ground_plan import GroundPlan
from desk.prove.killing import aimed
from desk.prove.receiver import Manner
from desk.prove.resident import Resident
from desk.prove.upkeep import at_work, keep_alive, keep_reconciling, start_again
from desk.prove.witness import comes_to_rest, gathered, judged

STORIES = ("01",)
SICK_SECONDS = 240.0
HIT_SECONDS = 60.0
LOOK_SECONDS = 0.2
WELL_SECONDS = 100.0
REST_SECONDS = 30.0
SOUND = "sound"
"""The round without a defect: nothing may be found."""


@dataclass(frozen=True, kw_only=True)
class Caught:
    """What the checker found in the round of one defect."""

    name: str
    says: str
    findings: Sequence[Finding]
    rules: frozenset[str]

    @property
    def holds(self) -> bool:
        """Whether the checker saw what it had to see: the defect, or nothing in the sound round."""
        seen = {finding.rule for finding in self.findings}
        return bool(seen & self.rules) if self.rules else not seen


@dataclass(kw_only=True)
class SelfTest:
    """The rounds, on one running ground."""

    ground: Ground
    codes: list[str] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def round(self, name: str) -> Caught:
        """Play two affairs with a defect in every part, heal the parts, and judge."""
        defect = DEFECTS.get(name)
        diary, expected = Diary(), dict[str, tuple[str, ...]]()
        began = Clock.real().now()
        await self._born_with(name if defect else "")
        self.ground.receiver.manner = defect.manner if defect else Manner.FINE
        async with at_work(keep_alive(self.ground), keep_reconciling(self.ground)):
            playing = asyncio.ensure_future(self._play(diary, expected))
            await self._bring_out(defect, diary)
            await asyncio.wait({playing}, timeout=SICK_SECONDS)
            self.ground.receiver.manner = Manner.FINE
            await self._born_with("")
            # Healed, a slow affair comes to its end; what the defect has spoilt does not.
            await asyncio.wait({playing}, timeout=WELL_SECONDS)
            playing.cancel()
            await asyncio.gather(playing, return_exceptions=True)
            await comes_to_rest(self.ground, REST_SECONDS)
        self.codes += diary.codes
        seen = await gathered(
            self.ground, diary, expected, self.ground.plan.folder / name, known=self.codes
        )
        return Caught(
            name=name,
            says=defect.says if defect else "no defect",
            findings=judged(of_round(seen, began)),
            rules=defect.rules if defect else frozenset(),
        )

    async def _born_with(self, defect: str) -> None:
        self.ground.defect = defect
        names = tuple(name for name in self.ground.names if name != "prefect")
        self.ground.down.update(names)
        for name in names:
            await self.ground.brood.kill(name)
        await start_again(self.ground, names)

    async def _play(self, diary: Diary, expected: dict[str, tuple[str, ...]]) -> None:
        chance = random.Random(1)  # noqa: S311
        resident = Resident(ground=self.ground, diary=diary, chance=chance, dwell=0)
        plays = []
        for story in STORIES:
            told = affair(next(self._numbers), story)
            plays.append(resident.play(told, expected))
        await asyncio.gather(*plays)

    async def _bring_out(self, defect: Defect | None, diary: Diary) -> None:
        """Do to the parts what brings the defect out."""
        if defect is None:
            return
        for aim, nth in defect.aims:
            await aimed(self.ground, aim, nth, HIT_SECONDS)
        if defect.jump_hours:
            await self._clocks_run(diary)
            now = await self.ground.now()
            await self.ground.move_clock(now + timedelta(hours=defect.jump_hours))

    async def _clocks_run(self, diary: Diary) -> None:
        """Wait until the agencies' deadlines run; quick people have ended the affair soon after."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SICK_SECONDS / 2):
                while not await self._at_work(diary):
                    await asyncio.sleep(LOOK_SECONDS)

    async def _at_work(self, diary: Diary) -> bool:
        stages = await self.ground.stages()
        return any(stages.get(code) == Stage.VERIFYING for code in diary.codes)


def of_round(seen: Evidence, began: datetime) -> Evidence:
    """Only what this round brought: what earlier defects broke stays broken."""
    mine = set(seen.diary.codes)
    stamp = instant(began)
    before = [entry for entry in seen.office.entries if entry["at"] < stamp]
    since = [entry for entry in seen.office.entries if entry["at"] >= stamp]
    others: list[Chain] = [pack for code, pack in seen.packs.items() if code not in mine]
    others.append(replace(seen.office, entries=before))
    owned = {one.sha256 for chain in others for one in queued(chain)}
    return replace(
        seen,
        packs={code: pack for code, pack in seen.packs.items() if code in mine},
        office=replace(seen.office, entries=since),
        mails=[mail for mail in seen.mails if mail.at >= began and mail.sha256 not in owned],
        pages=[page for page in seen.pages if _code(page.slug) in mine],
        calls=[call for call in seen.calls if call["body"]["code"] in mine],
        chains=[line for line in seen.chains if line.split()[0] in mine],
    )


def _code(slug: str) -> str:
    return slug.upper().rpartition("-")[0]


async def self_test(
    folder: Path, names: Sequence[str], tell: Callable[[Caught], None]
) -> list[Caught]:
    """A sound round, then one for each of these defects; `tell` hears of each."""
    found = []
    async with ground(GroundPlan(folder=folder)) as there:
        test = SelfTest(ground=there)
        for who in there.cast.people:
            await there.cast.browser(who)
        for name in (SOUND, *names):
            caught = await test.round(name)
            tell(caught)
            found.append(caught)
    return found
