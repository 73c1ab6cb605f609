"""`phatngon prove faults`: one thing after another is broken around the office."""

from typing import Annotated

import typer

from crisis.clock import Clock
from desk.cli import shown
from desk.cli.opened import work
from desk.cli.prove_place import Folder, Json, Postgresql, place
from desk.cli.tongue import say, told
from desk.prove.fault import FAULTS
from desk.prove.fault_campaign import Fared, faults_of

HELP = told(
    "Làm hỏng từng thứ quanh hệ thống (thư, kênh, cơ sở dữ liệu, Prefect, đồng hồ) và đối "
    "chiếu kết quả với điều phải xảy ra.",
    "Break one thing after another around the office (mail, outlets, database, Prefect, clock, "
    "a second worker, another release) and compare with what must happen.",
    "phatngon prove faults",
    "phatngon prove faults --postgresql",
    "phatngon prove faults --only smtp_cut --only clock_jump",
)
Only = Annotated[
    list[str] | None, typer.Option(metavar="FAULT", help=say("chỉ các lỗi này", "these only"))
]


def faults(
    *,
    postgresql: Postgresql = False,
    folder: Folder = None,
    only: Only = None,
    as_json: Json = False,
) -> None:
    unknown = set(only or ()) - set(FAULTS)
    if unknown:
        there = ", ".join(FAULTS)
        raise typer.BadParameter(say(f"Chỉ có: {there}.", f"There are only: {there}."))
    began = Clock.real().monotonic()
    with place(folder) as where:
        names = tuple(only or FAULTS)
        fared = work(
            faults_of(where, names, postgresql, lambda one: _tell_fared(one, quiet=as_json))
        )
    figures = {
        "database": "postgresql" if postgresql else "sqlite",
        "faults": len(fared),
        "as_expected": sum(one.holds for one in fared),
        "not_tried": sum(one.skipped for one in fared),
        "seconds": round(Clock.real().monotonic() - began),
    }
    if as_json:
        told_ = {one.name: [one.holds, one.skipped, one.saw] for one in fared}
        shown.data(figures | {"fared": told_})
    else:
        typer.echo(" ".join(f"{name}={value}" for name, value in figures.items()))
    if not all(one.holds for one in fared):
        raise typer.Exit(1)


def _tell_fared(one: Fared, *, quiet: bool) -> None:
    if quiet:
        return
    word = say("đúng", "as expected") if one.holds else say("SAI", "NOT as expected")
    if one.skipped:
        word = say("không thử", "not tried")
    typer.echo(f"{one.name}: {one.expects}: {one.saw}: {word}")
