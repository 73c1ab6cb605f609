"""The demo: one story on real parts in one go, told step by step, proven at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crisis.clock import Clock
from desk.drill.demo_check import Proof, prove
from desk.drill.demo_plan import Stage, Story
from desk.drill.demo_stage import theatre
from desk.drill.player import Played
from desk.parts.installation import Installation

PACK = "pack.zip"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """Who hears of a demo: `step` of every step, `say` of the parts, `open` once they run."""

    step: Callable[[Played], None]
    say: Callable[[str], None]
    opened: Callable[[Installation], None]


async def play_demo(folder: Path, script: Path, shown: Shown) -> Proof:
    """Play `script` in a fresh installation in `folder` and prove what came of it.

    Raises OutsideFailure for the first thing that does not hold.
    """
    clock = Clock.real()
    story, stage = Story.read(script), Stage.at(folder)
    began = clock.monotonic()
    async with theatre(stage, story, shown.say) as running:
        shown.opened(stage.installation)
        shown.step(Played(who="system", does="start", seconds=clock.monotonic() - began))
        code = await running.play(story, shown.step)
        began = clock.monotonic()
        proof = await prove(running, story, code, folder / PACK)
        shown.step(Played(who="auditor", does="verify", seconds=clock.monotonic() - began))
    return proof
