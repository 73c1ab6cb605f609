"""`phatngon bench watch`: every figure beside a baseline of the same run."""

import json
from pathlib import Path

from typer.testing import CliRunner

from desk.bench.watch import Size, figures, invented
from desk.cli.bench import app

HOUSE = Path(__file__).parents[3]
LISTS = HOUSE / "playbooks" / "watch"


def test_each_figure_stands_beside_a_baseline_with_its_ratio() -> None:
    size = Size(titles=200, window=60, grouped=40, feeds=4)
    found = list(figures(HOUSE / "playbooks", HOUSE / "templates", size))
    first = "scan 4 feeds into the records, 240 items new"
    again = "scan 4 feeds into the records, 8 items new"
    assert [one.bench for one in found] == [
        *("poll 4 feeds", first, f"{first}: processor time"),
        *(again, f"{again}: processor time", "memory of the scanning process", "judge titles"),
        *("group items", "group in a window ten times as large"),
    ]
    assert all(one.value > 0 and one.baseline > 0 and one.against for one in found)


def test_invented_items_are_all_different_and_always_the_same() -> None:
    items = invented(LISTS, 300)
    assert len({item.title for item in items}) == 300
    assert items == invented(LISTS, 300)


def test_the_command_prints_one_object_a_line() -> None:
    asked = ["watch", "--titles", "50", "--window", "30", "--feeds", "3", "--json"]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in done.output.splitlines()]
    assert len(rows) == 9
    assert all(row["ratio"] > 0 for row in rows)
