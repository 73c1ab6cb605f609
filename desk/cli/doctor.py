"""`phatngon doctor`: whether this installation is fit to serve."""

from typing import Annotated

import typer
from pydantic import ValidationError

from crisis.clock import Clock
from crisis.model.words import words
from crisis.settings import settings
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import work
from desk.cli.tongue import LANGUAGE, say, told
from desk.doctor.examination import CHECKS, examine
from desk.doctor.finding import STATE_WORDS, Finding, State, problem

app = group(say("kiểm tra hệ thống", "is this installation fit"))


@app.command(
    help=told(
        "Kiểm tra hệ thống có sẵn sàng phục vụ: cấu hình, cơ sở dữ liệu, thư, Prefect, đồng hồ, "
        "lịch, khóa, chứng thư, ổ đĩa. Chỉ đọc; mã thoát 1 khi có sự cố.",
        "Look whether this installation is fit to serve: settings, database, mail, Prefect, "
        "clock, calendar, keys, certificates, disk. Only reads; exit 1 for a problem.",
        "phatngon doctor",
        "phatngon doctor --json",
    )
)
def doctor(*, as_json: Annotated[bool, shown.AS_JSON] = False) -> None:
    found = _found()
    if as_json:
        shown.data([_data(name, one) for name, one in found.items()])
    else:
        for name, one in found.items():
            _print(name, one)
    if any(one.state is State.PROBLEM for one in found.values()):
        raise typer.Exit(1)


def _found() -> dict[str, Finding]:
    try:
        here = settings()
    except (ValidationError, OSError) as error:
        return {"configuration": _unreadable(error)}
    return work(examine(here, Clock.real()))


def _unreadable(error: ValidationError | OSError) -> Finding:
    """Which settings are wrong, by name: a value may be a secret."""
    if isinstance(error, OSError):
        which = str(error.filename)
    else:
        fields = (str(one["loc"][0]) for one in error.errors() if one["loc"])
        which = ", ".join(f"PHATNGON_{field.upper()}" for field in fields)
    return problem(
        words(f"Không đọc được cấu hình: {which}.", f"The settings cannot be read: {which}."),
        CHECKS["configuration"][1],
    )


def _data(name: str, one: Finding) -> dict[str, str]:
    told_of = {"check": name, "state": one.state.value, "says": one.says.in_(LANGUAGE)}
    return told_of | ({"advice": one.advice.in_(LANGUAGE)} if one.advice else {})


def _print(name: str, one: Finding) -> None:
    state = STATE_WORDS[one.state].in_(LANGUAGE)
    typer.echo(f"{state:<8} {CHECKS[name][0].in_(LANGUAGE)}: {one.says.in_(LANGUAGE)}")
    if one.advice:
        typer.echo(f"{'':<8} → {one.advice.in_(LANGUAGE)}")
