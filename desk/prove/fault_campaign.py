"""The fault campaign: each fault on one ground, one after another, with its outcome in one line."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from crisis.clock import Clock
from crisis.model.errors import PhatngonError
from desk.prove.check_mail import window
from desk.prove.evidence import Evidence, Finding, Pack
from desk.prove.fault import AFTERWARDS, FAULTS, Fault
from desk.prove.ground import Ground, ground
from desk.prove.ground_plan import GroundPlan
from desk.prove.self_test import of_round
from desk.prove.trial import Trial
from desk.prove.upkeep import at_work, keep_alive, keep_reconciling
from desk.prove.witness import comes_to_rest, gathered, judged

PLAY_SECONDS = 240.0
REST_SECONDS = 60.0
RATE = 1.0
NOT_HERE = "not tried on this database"


@dataclass(frozen=True, kw_only=True)
class Fared:
    """How the office fared under one fault."""

    name: str
    expects: str
    saw: str
    holds: bool
    skipped: bool = False


@dataclass(kw_only=True)
class FaultCampaign:
    """The trials, on one running ground."""

    ground: Ground
    known: list[str]
    numbers: "count[int]"

    async def trial(self, name: str) -> Fared:
        """Break, see, mend, let the affair end, and judge."""
        fault = FAULTS[name]
        if not (fault.postgresql if self.ground.plan.postgresql else fault.sqlite):
            return Fared(name=name, expects=fault.expects, saw=NOT_HERE, holds=True, skipped=True)
        trial = Trial(ground=self.ground, number=next(self.numbers) * 10)
        began = Clock.real().now()
        async with at_work(keep_alive(self.ground), keep_reconciling(self.ground)):
            problem = await self._under(trial, name, fault)
            await comes_to_rest(self.ground, REST_SECONDS)
        self.known += trial.diary.codes
        return await self._judged(trial, name, problem, began)

    async def _under(self, trial: Trial, name: str, fault: Fault) -> str:
        """Play the affair under the fault; what went wrong, empty where nothing did."""
        problem = ""
        await fault.breaks(trial)
        playing = asyncio.ensure_future(trial.play(fault.affairs))
        try:
            await fault.sees(trial)
        except PhatngonError as error:
            problem = error.sentence.en
        await fault.mends(trial)
        if fault.ends and not await trial.finishes(playing, PLAY_SECONDS):
            problem = problem or "the affair did not end"
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)
        if name in AFTERWARDS:
            await AFTERWARDS[name](trial)
        return problem

    async def _judged(self, trial: Trial, name: str, problem: str, began: datetime) -> Fared:
        fault = FAULTS[name]
        folder = self.ground.plan.folder / "packs" / name
        seen = of_round(
            await gathered(self.ground, trial.diary, trial.expected, folder, self.known), began
        )
        findings = [one for one in judged(seen) if one.rule not in fault.allows]
        told = sum((pack.actions for pack in _mine(seen)), Counter[str]())
        twice = window(seen)
        if fault.forbids and self._reads(fault.forbids, began):
            problem = problem or f"a mail says “{fault.forbids}”"
        enough = all(told[action] >= times for action, times in fault.counts.items())
        holds = not problem and not findings and enough and twice <= fault.window
        return Fared(
            name=name,
            expects=fault.expects,
            saw=_saw(fault, told, twice, findings, problem),
            holds=holds,
        )

    def _reads(self, said: str, began: datetime) -> bool:
        """Whether a mail since `began` says this."""
        box = self.ground.cast.mails
        mails = [mail for name in box.names() if (mail := box.mail(name))]
        return any(said in mail.text for mail in mails if mail.card.at >= began)


def _mine(seen: Evidence) -> list[Pack]:
    """The packs of the trial's own incidents."""
    return [pack for code, pack in seen.packs.items() if code in seen.diary.codes]


def _saw(
    fault: Fault, told: Counter[str], twice: int, findings: list[Finding], problem: str
) -> str:
    counts = [f"{action} ×{told[action]}" for action in fault.counts]
    counts += [f"mail twice in the window ×{twice}"] if twice else []
    return "; ".join([*counts, *([problem] if problem else []), *map(str, findings[:3])])


async def faults_of(
    folder: Path, names: Sequence[str], postgresql: bool, tell: Callable[[Fared], None]
) -> list[Fared]:
    """Try these faults on a fresh installation; `tell` hears of each."""
    plan = GroundPlan(folder=folder, postgresql=postgresql, rate=RATE)
    fared = []
    async with ground(plan) as there:
        campaign = FaultCampaign(ground=there, known=[], numbers=count(1))
        for who in there.cast.people:
            await there.cast.browser(who)
        for name in names:
            one = await campaign.trial(name)
            tell(one)
            fared.append(one)
    return fared
