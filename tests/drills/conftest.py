"""Every example played once, one after another, on one running installation of real parts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from crisis.model.errors import PhatngonError
from desk.drill.demo_check import Proof, prove
from desk.drill.demo_plan import HOUSE, Stage, Story
from desk.drill.demo_stage import Theatre, theatre
from desk.drill.player import Played
from desk.parts.patience import PATIENCE_SECONDS

# In the order of their dates: the office's clock goes forward only.
SCRIPTS = ("01", "04", "02", "03", "05")


@dataclass(kw_only=True)
class Run:
    """One story as it went; `failure` where it did not go through."""

    story: Story
    steps: list[Played] = field(default_factory=list)
    code: str = ""
    dossier: dict[str, Any] = field(default_factory=dict)
    mails: list[tuple[str, str, str]] = field(default_factory=list)
    proof: Proof | None = None
    failure: PhatngonError | None = None

    @property
    def actions(self) -> list[str]:
        """What the ledger says was done, in order."""
        return [entry["action"] for entry in self.dossier["timeline"]]


@dataclass(kw_only=True)
class Season:
    """The running installation and what was played on it."""

    running: Theatre
    runs: dict[str, Run]


# Not for the whole session: the parts would run on beside every test that comes after.
@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def season(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Season]:
    """All examples, played; the parts still run."""
    folder = tmp_path_factory.mktemp("drills")
    stories = {
        name: Story.read(HOUSE / "examples" / "answers" / f"{name}.yaml") for name in SCRIPTS
    }
    told: list[str] = []
    async with theatre(Stage.at(folder), stories["01"], told.append) as running:
        runs = {name: await _played(running, story, folder) for name, story in stories.items()}
        assert told == [], "a part failed while the stories were played"
        yield Season(running=running, runs=runs)


async def _played(running: Theatre, story: Story, folder: Path) -> Run:
    run = Run(story=story)
    try:
        run.code = await running.play(story, run.steps.append)
        run.proof = await prove(running, story, run.code, folder / f"{run.code}.zip")
    except PhatngonError as failure:
        run.failure = failure
    if run.code:
        run.dossier, run.mails = await _once_arrived(running, run.code)
    return run


async def _once_arrived(
    running: Theatre, code: str
) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """The incident and its mails, once every one has arrived: deadlines go on making new ones."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                told, mails = await running.look(code), _mails(running, code)
                if len(told["mails"]) == len(mails):
                    break
                await asyncio.sleep(0.2)
    return told, mails


def _mails(running: Theatre, code: str) -> list[tuple[str, str, str]]:
    """Recipient, subject and text of every mail about the incident that reached the server."""
    folder = running.cast.mails
    opened = [mail for name in reversed(folder.names()) if (mail := folder.mail(name))]
    return [
        (one.card.recipient, one.card.subject, one.text)
        for one in opened
        if code in one.card.subject + one.text
    ]
