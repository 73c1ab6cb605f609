"""What is done in a part before it begins: kill points armed, waits shortened, a defect seeded."""

from pathlib import Path
from typing import Any

from desk.prove.arming import arm
from desk.prove.defect import DEFECTS
from desk.prove.kill_point import Watch
from desk.prove.narrow_disk import narrow
from desk.prove.tempo import Tempo, quicken

NAME = "desk.prove.preparation:prepare"


def prepare(plan: dict[str, Any]) -> None:
    """Prepare this process by `plan`: `folder`, `part`, `tempo`, `defect`."""
    folder = Path(plan["folder"])
    quicken(Tempo(**plan["tempo"]))
    narrow(folder)
    if plan["defect"]:
        DEFECTS[plan["defect"]].seed()
    arm(Watch(folder=folder, part=plan["part"]))
