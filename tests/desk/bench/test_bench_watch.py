"""`phatngon bench watch`: every figure beside a baseline of the same run."""

import json
from pathlib import Path

from typer.testing import CliRunner

from desk.bench.watch import Size, figures, invented
from desk.cli.bench import app

LISTS = Path(__file__).parents[3] / "playbooks" / "watch"


def test_each_figure_stands_beside_a_baseline_with_its_ratio() -> None:
    found = list(figures(LISTS, Size(titles=200, window=60, grouped=40, feeds=5)))
    assert [one.bench for one in found] == [
        *("poll 5 feeds", "memory while polling", "judge titles"),
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
    assert len(rows) == 5
    assert all(row["ratio"] > 0 for row in rows)
