"""A part dies by SIGKILL at the ordered passing of the ordered point, and nowhere else."""

import os
import signal
import sys
from pathlib import Path
from subprocess import run

import pytest

from crisis.model.incident import Stage
from desk.prove.kill_point import Hit, Order, Point, Watch, give, hits
from desk.prove.strike import AIMS, HANDS, STAGES, Aim, Struck, Table

HOUSE = Path(__file__).parents[3]
PASSES = """
import sys
from pathlib import Path
from desk.prove.kill_point import Point, Watch
watch = Watch(folder=Path(sys.argv[1]), part="worker-1")
for number in range(4):
    print(number, flush=True)
    watch.passing(Point.BEFORE_SMTP, "other point")
    watch.passing(Point.AFTER_SMTP, f"DT-{number}")
"""


def passes(folder: Path) -> tuple[int, list[str]]:
    """Run a part that passes two points four times; its exit code and how far it came."""
    env = {**os.environ, "PYTHONPATH": str(HOUSE)}
    done = run(
        [sys.executable, "-c", PASSES, str(folder)], capture_output=True, check=False, env=env
    )
    return done.returncode, done.stdout.decode().split()


def test_without_an_order_a_part_goes_on(tmp_path: Path) -> None:
    assert passes(tmp_path) == (0, ["0", "1", "2", "3"])


def test_with_an_order_it_dies_at_its_passing_and_the_hit_says_where(tmp_path: Path) -> None:
    give(tmp_path, "worker-1", Order(number=7, point=Point.AFTER_SMTP, nth=3))
    assert passes(tmp_path) == (-signal.SIGKILL, ["0", "1", "2"])
    (hit,) = hits(tmp_path)
    assert hit == Hit(number=7, part="worker-1", point=Point.AFTER_SMTP, chain="DT-2", at=hit.at)


@pytest.mark.parametrize("part", ["worker-2", "desk"])
def test_an_order_for_another_part_is_not_mine(tmp_path: Path, part: str) -> None:
    give(tmp_path, part, Order(number=1, point=Point.AFTER_SMTP, nth=1))
    Watch(folder=tmp_path, part="worker-1").passing(Point.AFTER_SMTP)
    assert hits(tmp_path) == []


def test_the_table_counts_where_incidents_stood_and_names_what_no_kill_filled() -> None:
    aim = Aim(part="worker", point=Point.AFTER_SMTP)
    stages = {"DT-1": "verifying", "DT-2": "verifying", "DT-3": "closed"}
    table = Table([Struck(aim=aim, own="DT-1", stages=stages, everything=False)] * 2)
    (row,) = [row for row in table.rows() if row[0] == "worker smtp.after"]
    assert row == ["worker smtp.after", "2", "2", "0", "0", "4", "0", "0", "0", "0", "2"]
    assert len(table.empty()) == len(AIMS) * len(STAGES) - 2
    assert "worker smtp.after × open" in table.empty()
    assert table.missing(aim) == set(STAGES) - {Stage.VERIFYING, Stage.CLOSED}


def test_two_hands_hold_every_aim_once() -> None:
    assert sorted(map(str, (*HANDS[0], *HANDS[1]))) == sorted(map(str, AIMS))
