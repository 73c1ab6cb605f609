"""`phatngon clock`: the office's clock, which only an exercise may move."""

from typing import Annotated

import typer

from crisis.clock import Clock
from crisis.records.office_clock import set_clock
from desk.cli import shown
from desk.cli.instant import instant_of
from desk.cli.lazy import group
from desk.cli.opened import OPERATOR, opened, work
from desk.cli.tongue import say, told

app = group(say("đồng hồ diễn tập", "the exercise clock"))

Json = Annotated[bool, shown.AS_JSON]


@app.command(
    "set",
    help=told(
        "Chỉnh đồng hồ diễn tập; --rate 60 cho một giờ trôi trong một phút.",
        "Set the exercise clock; with --rate 60 an hour passes in a minute.",
        "phatngon clock set 2025-10-19T09:00 --rate 60",
    ),
)
def set_(
    time: Annotated[str, typer.Argument(metavar="TIME")],
    *,
    rate: Annotated[float, typer.Option(min=0, max=100_000)] = 1.0,
    as_json: Json = False,
) -> None:
    _tell(work(_set(time, rate)), as_json=as_json)


async def _set(time: str, rate: float) -> Clock:
    at = instant_of(time, "TIME")
    async with opened() as office, office.records.act(OPERATOR) as act:
        return await set_clock(act, at, rate=rate, exercise=office.settings.exercise)


@app.command(help=told("Giờ của văn phòng.", "What time it is here.", "phatngon clock show"))
def show(*, as_json: Json = False) -> None:
    _tell(work(_read()), as_json=as_json)


async def _read() -> Clock:
    async with opened(begin=False) as office:
        return await office.records.clock()


def _tell(clock: Clock, *, as_json: bool) -> None:
    if as_json:
        shown.data({"now": clock.now(), "rate": clock.rate, "real": clock.is_real})
        return
    kind = say("giờ thật", "real time") if clock.is_real else say("diễn tập", "exercise")
    typer.echo(f"{shown.when(clock.now())} ({kind}, ×{clock.rate:g})")
