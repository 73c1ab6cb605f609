"""The player of exercise scripts: drives the desk over HTTP only, as people would."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from crisis.clock import Clock
from crisis.model.drill_part import Ground, Nothing
from crisis.model.drill_script import DrillScript, DrillStep
from crisis.model.errors import OutsideFailure
from crisis.model.report import ReportIn
from crisis.model.words import words
from desk.drill import agency as drill_agency
from desk.drill import desk as drill_desk
from desk.drill.cast import Cast, Scene

CREATED = 201

Ready = Callable[[Scene, Any], Awaitable[Any]]
Deed = Callable[[Scene, Any], Awaitable[None]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """A step that was played, and how long it took with what it had to wait for."""

    who: str
    does: str
    seconds: float


@dataclass(kw_only=True)
class Drill:
    """One script on a running installation.

    `key` is an API key that may file reports; `look` tells an incident as it stands, for waiting;
    `move_clock` sets the exercise clock; `tell` hears of every step.
    """

    script: DrillScript
    report: ReportIn
    cast: Cast
    key: str
    look: Callable[[str], Awaitable[dict[str, Any]]]
    move_clock: Callable[[datetime], Awaitable[None]]
    tell: Callable[[Played], None]
    clock: Clock = field(default_factory=Clock.real)

    async def play(self) -> str:
        """Play the whole script; the code of its incident.

        Raises OutsideFailure where the desk refuses a step or something is awaited in vain.
        """
        began = self.clock.monotonic()
        await self.move_clock(self.script.starts_at)
        code = await self._file()
        self._told("monitor", "report", began)
        for step in self.script.steps:
            await self.step(step, code)
        return code

    async def step(self, step: DrillStep, code: str) -> None:
        """Wait until the step can be done, let it be its time, and do it."""
        began = self.clock.monotonic()
        scene = Scene(
            cast=self.cast,
            who=step.who,
            code=code,
            now=self.script.starts_at + step.at,
            look=lambda: self.look(code),
        )
        ready, deed = DEEDS[step.does]
        await drill_desk.is_at_rest(scene)
        await ready(scene, step.details)
        await self.move_clock(scene.now)
        await deed(scene, step.details)
        self._told(step.who, step.does, began)

    async def _file(self) -> str:
        """Hand the report in as another system would."""
        body = self.report.model_dump(mode="json", exclude_none=True)
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": self.script.report}
        async with httpx.AsyncClient(base_url=self.cast.base_url, trust_env=False) as web:
            answer = await web.post("/api/reports", json=body, headers=headers)
        if answer.status_code != CREATED:
            raise OutsideFailure(
                words(
                    f"Tin không được nhận: {answer.status_code} {answer.text[:300]}",
                    f"The report was not taken: {answer.status_code} {answer.text[:300]}",
                ),
                permanent=True,
            )
        return str(answer.json()["code"])

    def _told(self, who: str, does: str, began: float) -> None:
        self.tell(Played(who=who, does=does, seconds=self.clock.monotonic() - began))


async def _at_once(_: Scene, __: object) -> None:
    return None


async def _mail(scene: Scene, _: object) -> None:
    await drill_agency.has_mail(scene)


async def _no_agency(scene: Scene, _: object) -> None:
    await drill_desk.has_no_agency(scene)


async def _request(scene: Scene, _: object) -> None:
    await drill_desk.has_request(scene)


async def _published(scene: Scene, _: object) -> None:
    await drill_desk.is_published(scene)


async def _approve(scene: Scene, said: Nothing) -> None:
    await drill_desk.decide(scene, "approve", said)


async def _return(scene: Scene, said: Ground) -> None:
    await drill_desk.decide(scene, "return", said)


async def _reject(scene: Scene, said: Ground) -> None:
    await drill_desk.decide(scene, "reject", said)


DEEDS: dict[str, tuple[Ready, Deed]] = {
    "triage": (_at_once, drill_desk.triage),
    "assign": (_no_agency, drill_desk.assign),
    "acknowledge": (_mail, drill_agency.acknowledge),
    "answer": (_mail, drill_agency.answer),
    "ask_back": (_mail, drill_agency.ask_back),
    "ask_time": (_mail, drill_agency.ask_time),
    "pass_on": (_mail, drill_agency.pass_on),
    "decline": (_mail, drill_agency.decline),
    "draft": (drill_desk.has_draft, drill_desk.draft),
    "approve": (_request, _approve),
    "return": (_request, _return),
    "reject": (_request, _reject),
    "close": (_published, drill_desk.close),
}
"""What each step waits for, and what is done then."""
