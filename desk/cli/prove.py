"""`phatngon prove`: real processes are killed and starved, and an outsider checks what is left."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from crisis.clock import Clock
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import work
from desk.cli.prove_faults import HELP, faults
from desk.cli.prove_place import Folder, Json, Postgresql, Seed, aside, place
from desk.cli.tongue import say, told
from desk.prove.campaign import crash
from desk.prove.defect import DEFECTS
from desk.prove.outcome import CampaignPlan, Outcome
from desk.prove.self_test import Caught, self_test
from desk.prove.strike import ENOUGH, STAGES

app = group(say("chứng minh khi hệ thống bị hại", "proof under fire"))

Only = Annotated[
    list[str] | None,
    typer.Option(metavar="DEFECT", help=say("chỉ gieo các lỗi này", "seed these defects only")),
]

MOST_SHOWN = 30


@app.command(
    "crash",
    help=told(
        f"Giết tiến trình (kill -9) tại các điểm định sẵn và bất kỳ, rồi kiểm tra từ bên ngoài; "
        f"từ {ENOUGH} lần trở lên, mọi ô của bảng phải có số.",
        f"Kill parts at named points and at any time, then check from outside; from {ENOUGH} "
        "kills on, every cell of the table must be filled. --self-test seeds defects instead.",
        "phatngon prove crash --points 200 --seed 7",
        "phatngon prove crash --points 200 --seed 7 --postgresql",
        "phatngon prove crash --self-test",
        "phatngon prove crash --self-test --only lease_for_ever",
    ),
)
def crash_(  # noqa: PLR0913  (each is an option of the command line)
    *,
    points: Annotated[int, typer.Option(min=1, help=say("số lần giết", "kills"))] = ENOUGH,
    seed: Seed = 1,
    postgresql: Postgresql = False,
    folder: Folder = None,
    seeded: Annotated[
        bool, typer.Option("--self-test", help=say("gieo lỗi cố ý", "seed defects, one by one"))
    ] = False,
    only: Only = None,
    as_json: Json = False,
) -> None:
    names = _named(only, seeded=seeded)
    with place(folder) as where:
        if seeded:
            _self_test(where, names, as_json=as_json)
            return
        plan = CampaignPlan(points=points, seed=seed, folder=where, postgresql=postgresql)
        outcome = work(crash(plan, aside))
    empty = outcome.table.empty() if points >= ENOUGH else []
    if as_json:
        shown.data(_figures(outcome) | {"table": outcome.table.rows(), "empty": empty})
    else:
        _tell(outcome, empty)
    if outcome.findings or empty or outcome.owed:
        raise typer.Exit(1)


def _named(only: list[str] | None, *, seeded: bool) -> tuple[str, ...]:
    unknown = set(only or ()) - set(DEFECTS)
    if unknown or (only and not seeded):
        there = ", ".join(DEFECTS)
        sentence = say(
            f"Đi cùng --self-test, là một trong: {there}.", f"With --self-test, one of: {there}."
        )
        raise typer.BadParameter(sentence, param_hint="--only")
    return tuple(only or DEFECTS)


def _tell(outcome: Outcome, empty: list[str]) -> None:
    columns = [say("điểm", "point"), say("lần giết", "kills"), say("đúng lúc xử lý", "in the act")]
    stages = [stage.value for stage in STAGES]
    title = say("Vụ việc đang ở đâu khi bị giết", "Where incidents stood when a part was killed")
    shown.table(title, [*columns, *stages], outcome.table.rows())
    for cell in empty:
        aside(say(f"Ô trống: {cell}", f"No kill filled: {cell}"))
    for owed in outcome.owed:
        aside(say(f"Vẫn còn nợ: {owed}", f"Still owed: {owed}"))
    for finding in outcome.findings[:MOST_SHOWN]:
        aside(str(finding))
    typer.echo(" ".join(f"{name}={value}" for name, value in _figures(outcome).items()))


def _figures(outcome: Outcome) -> dict[str, object]:
    seen = outcome.evidence
    return {
        "database": "postgresql" if outcome.plan.postgresql else "sqlite",
        "seed": outcome.plan.seed,
        "points": len(outcome.strikes),
        "named": sum(one.aim.point.value != "any.time" for one in outcome.strikes),
        "incidents": len(seen.diary.codes),
        "deeds": len(seen.diary.taken),
        "mails": len(seen.mails),
        "twice_in_smtp_window": outcome.window,
        "pages": len(seen.pages),
        "calls": len(seen.calls),
        "entries": sum(len(pack.entries) for pack in seen.packs.values()),
        "at_rest": not outcome.owed,
        "findings": len(outcome.findings),
        "seconds": round(outcome.seconds),
    }


def _self_test(where: Path, names: Sequence[str], *, as_json: bool) -> None:
    began = Clock.real().monotonic()
    caught = work(self_test(where, names, lambda one: _tell_caught(one, quiet=as_json)))
    holds = sum(one.holds for one in caught)
    figures = {
        "rounds": len(caught),
        "as_expected": holds,
        "seconds": round(Clock.real().monotonic() - began),
    }
    if as_json:
        shown.data(figures | {"caught": {one.name: one.holds for one in caught}})
    else:
        typer.echo(" ".join(f"{name}={value}" for name, value in figures.items()))
    if holds < len(caught):
        raise typer.Exit(1)


def _tell_caught(one: Caught, *, quiet: bool) -> None:
    if quiet:
        return
    rules = ", ".join(sorted({finding.rule for finding in one.findings})) or "-"
    word = say("đúng", "as expected") if one.holds else say("SAI", "NOT as expected")
    typer.echo(f"{one.name}: {one.says}: {rules}: {word}")
    for finding in () if one.holds else one.findings[:5]:
        aside(f"  {finding}")


app.command(help=HELP)(faults)
