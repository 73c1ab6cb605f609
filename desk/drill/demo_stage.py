"""A demo under way: the parts run, the people have their browsers, stories can be played."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crisis.model.canonical import instant
from crisis.office.office import Office
from crisis.records import api_key, incident
from crisis.records.office_clock import set_clock
from desk.case.dossier import dossier
from desk.drill.cast import Cast
from desk.drill.demo_plan import Stage, Story
from desk.drill.player import Drill, Played
from desk.parts.mail_folder import MailFolder
from desk.parts.setup import OPERATOR, set_up
from desk.parts.supervisor import Supervisor
from desk.runs import Runs

Tell = Callable[[Played], None]


@dataclass(kw_only=True)
class Theatre:
    """A running installation on which stories are played one after another."""

    stage: Stage
    office: Office
    cast: Cast
    key: str
    runs: Runs

    async def play(self, story: Story, tell: Tell) -> str:
        """Play a story to its end; the code of its incident."""
        drill = Drill(
            script=story.script,
            report=story.report,
            cast=self.cast,
            key=self.key,
            look=self.look,
            move_clock=self.move_clock,
            tell=tell,
        )
        return await drill.play()

    async def look(self, code: str) -> dict[str, Any]:
        """The incident as it stands."""
        async with self.office.records.look() as session:
            return await dossier(session, await incident.by_code(session, code))

    async def move_clock(self, to: datetime) -> None:
        """Let office time be `to`, and go on from there."""
        async with self.office.records.act(OPERATOR) as act:
            await set_clock(act, to, rate=1.0, exercise=self.office.settings.exercise)


@asynccontextmanager
async def theatre(stage: Stage, first: Story, say: Callable[[str], None]) -> AsyncIterator[Theatre]:
    """Set an installation up, start its parts, and stop them in order at the end.

    `say` hears of parts that fail and come back. Raises OutsideFailure where one does not start.
    """
    there = stage.installation
    ready = await set_up(stage.settings, stage.plan(first))
    office = ready.office
    cast = Cast(
        base_url=there.desk_url,
        mails=MailFolder(there.mail_dir),
        people={one.id: one for one in ready.made},
        book=stage.book,
        directory=stage.directory,
    )
    supervisor = Supervisor(parts=there.parts(), logs=there.var / "logs", tell=say)
    try:
        async with supervisor:
            yield Theatre(
                stage=stage,
                office=office,
                cast=cast,
                key=await _key(office),
                runs=Runs(api_url=f"{there.prefect_url}/api"),
            )
    finally:
        await cast.close()
        await office.records.close()


async def _key(office: Office) -> str:
    """A key of the monitoring that hands reports in."""
    async with office.records.act(OPERATOR) as act:
        name = f"demo {instant(act.real)}"
        return await api_key.add_key(act, name, ["reports:write"], act.real + timedelta(days=1))
