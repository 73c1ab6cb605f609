"""A resident of a campaign: plays affairs by the links in the mails, whatever line is cut."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from crisis.model.contact import Contact
from crisis.model.drill_script import DrillStep
from crisis.model.errors import PhatngonError
from crisis.records.away import AWAY
from desk.drill.cast import Scene
from desk.drill.player import DEEDS
from desk.prove.affair import Affair, Standpoint
from desk.prove.diary import Deed, Diary
from desk.prove.ground import Ground

LOOK_SECONDS = 1.0
TAKEN = frozenset({200, 201})


@dataclass(kw_only=True)
class Resident:
    """Plays one affair after another; rests up to `dwell` seconds before each step."""

    ground: Ground
    diary: Diary
    chance: random.Random
    dwell: float
    hurry: Callable[[], bool] = lambda: False

    async def play(self, affair: Affair, expected: dict[str, tuple[str, ...]]) -> None:
        """From the report to the end; `expected` gets what the incident is to publish."""
        code = await self._file(affair)
        expected[code] = affair.publishes
        for step in affair.steps:
            await self._rest()
            while not await self._done(step, code):
                await asyncio.sleep(LOOK_SECONDS)

    async def _rest(self) -> None:
        if not self.hurry():
            await asyncio.sleep(self.chance.uniform(0, self.dwell))

    async def _file(self, affair: Affair) -> str:
        """Hand the report in until it is taken; the same key every time."""
        body = affair.report.model_dump(mode="json", exclude_none=True)
        headers = {
            "Authorization": f"Bearer {self.ground.key}",
            "Idempotency-Key": f"affair-{affair.number}",
        }
        base = self.ground.cast.base_url
        async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=30) as web:
            while True:
                try:
                    answer = await web.post("/api/reports", json=body, headers=headers)
                except httpx.HTTPError:
                    await asyncio.sleep(LOOK_SECONDS)
                    continue
                if answer.status_code in TAKEN:
                    code = str(answer.json()["code"])
                    self.diary.taken.append(Deed(code=code, who="monitor", does="report"))
                    return code
                self.diary.refused.append(f"report {answer.status_code} {answer.text[:200]}")
                await asyncio.sleep(LOOK_SECONDS)

    async def _done(self, step: DrillStep, code: str) -> bool:
        """Whether the step is done; it is tried where the person has what they need."""
        try:
            seen = self._standpoint(step, await self.ground.look(code))
        except AWAY:
            return False
        if seen.is_done(step):
            return True
        if seen.may_do(step) and await self._try(step, code):
            self.diary.taken.append(Deed(code=code, who=step.who, does=step.does))
        return False

    def _standpoint(self, step: DrillStep, dossier: dict[str, object]) -> Standpoint:
        cast = self.ground.cast
        if step.who in cast.people:
            return Standpoint(dossier=dossier, user=cast.people[step.who].user)
        contact: Contact = cast.contact(step.who)
        return Standpoint(dossier=dossier, agency=contact.agency, email=contact.email)

    async def _try(self, step: DrillStep, code: str) -> bool:
        """Do it as people do: a page that does not come or has changed is looked at again."""
        _, deed = DEEDS[step.does]
        try:
            scene = Scene(
                cast=self.ground.cast,
                who=step.who,
                code=code,
                now=await self.ground.now(),
                look=lambda: self.ground.look(code),
            )
            await deed(scene, step.details)
        except (httpx.HTTPError, *AWAY):
            return False
        except PhatngonError as refused:
            self.diary.refused.append(f"{code} {step.who} {step.does}: {refused.sentence.en}")
            return False
        return True
