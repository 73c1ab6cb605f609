"""`phatngon bench`: what it costs, beside a floor measured in the same run."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from crisis.calendar_source import office_calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.law import Law
from crisis.writing.content_file import read_content
from desk.bench import annual_report as bench_year
from desk.bench import law as bench_law
from desk.bench import watch as bench_watch
from desk.bench.story import Bench, Measured
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import work
from desk.cli.shipped import examples, playbooks, templates
from desk.cli.tongue import say, told
from desk.parts import setup
from desk.parts.installation import Installation, free_ports
from desk.parts.supervisor import Supervisor
from desk.runs import Runs

app = group(say("đo tốc độ", "benchmarks"))

Json = Annotated[bool, shown.AS_JSON]


@app.command(
    help=told(
        "Nhiều vụ việc đi hết quy trình, người trả lời ngay; so với số lượt chạy rỗng tương đương.",
        "Incidents through all their runs, people answering at once; beside as many empty runs.",
        "phatngon bench story --incidents 20",
        "phatngon bench story --database-url postgresql+asyncpg://… "
        "--prefect-database-url postgresql+asyncpg://…",
    )
)
def story(
    *,
    incidents: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    database_url: Annotated[str, typer.Option(help="the records' database")] = "",
    prefect_database_url: Annotated[str, typer.Option(help="Prefect's database")] = "",
    as_json: Json = False,
) -> None:
    extra = {
        "PHATNGON_DATABASE_URL": database_url,
        "PREFECT_API_DATABASE_CONNECTION_URL": prefect_database_url,
    }
    given = tuple((name, value) for name, value in extra.items() if value)
    with tempfile.TemporaryDirectory() as folder:
        place = Installation(
            var=Path(folder),
            ports=free_ports(),
            exercise=True,
            playbooks=playbooks(),
            templates=templates(),
            extra=given,
        )
        measured = work(_story(place, incidents))
    if as_json:
        shown.data(measured.as_json())
    else:
        shown.facts({name: str(value) for name, value in measured.as_json().items()})


async def _story(place: Installation, incidents: int) -> Measured:
    settings = place.settings()
    plan = setup.Plan(
        contacts=examples() / "contacts.yaml",
        newsrooms=setup.INVENTED_NEWSROOMS,
        announced=True,
    )
    ready = await setup.set_up(settings, plan)
    people = {one.id: one.user for one in ready.made}
    runs = Runs(api_url=settings.prefect_api_url)
    try:
        async with Supervisor(parts=place.parts(), logs=place.var / "log", tell=_aside):
            bench = Bench(
                office=ready.office,
                runs=runs,
                people=people,
                report=examples() / "01-plo-school-yard.yaml",
                in_process=in_process(place),
            )
            return await bench.story(incidents)
    finally:
        await ready.office.records.close()


def in_process(place: Installation) -> Callable[[Sequence[int]], Awaitable[float]]:
    """Measures the same empty runs called in one process on the server of `place`."""

    async def seconds(shares: Sequence[int]) -> float:
        counts = [str(tasks) for tasks in shares]
        command = (sys.executable, "-m", "flows.empty", *counts)
        child = await asyncio.create_subprocess_exec(
            *command, env=place.environment(), stdout=asyncio.subprocess.PIPE
        )
        said, _ = await child.communicate()
        return float(said)

    return seconds


def _aside(line: str) -> None:
    typer.echo(line, err=True)


@app.command(
    help=told(
        "Thời hạn luật định so với bấy nhiêu phép cộng; báo cáo năm so với việc đọc sổ ghi.",
        "Legal due times beside plain additions; the annual report beside a scan of its rows.",
        "phatngon bench law --json",
        "phatngon bench law --incidents 2000",
    )
)
def law(
    *,
    due_times: Annotated[int, typer.Option(min=1, max=10_000_000)] = 100_000,
    incidents: Annotated[int, typer.Option(min=1, max=1_000_000)] = 100_000,
    as_json: Json = False,
) -> None:
    folder = playbooks()
    rules = read_content(folder / "law.yaml", Law)
    calendar = office_calendar(read_content(folder / "calendar.yaml", CalendarTable))
    measured = (
        bench_law.due_times(rules, calendar, due_times),
        work(bench_year.annual_report_bench(rules, incidents)),
    )
    for line in measured:
        if as_json:
            typer.echo(json.dumps(line.as_json()))
        else:
            shown.facts({name: str(value) for name, value in line.as_json().items()})


@app.command(
    help=told(
        "Đánh giá, gom và đọc tin báo chí; mỗi số cạnh một mốc so sánh. Mỗi dòng một phép đo.",
        "Judging, grouping and polling of press items beside baselines. One measurement a line.",
        "phatngon bench watch --json",
    )
)
def watch(
    *,
    titles: Annotated[int, typer.Option(min=50, max=1_000_000)] = 20_000,
    window: Annotated[int, typer.Option(min=20, max=5_000)] = 2_000,
    feeds: Annotated[int, typer.Option(min=1, max=1_000)] = 300,
    as_json: Json = False,
) -> None:
    size = bench_watch.Size(titles=titles, window=window, grouped=window, feeds=feeds)
    for figure in bench_watch.figures(playbooks() / "watch", size):
        if as_json:
            typer.echo(json.dumps(figure.as_json(), ensure_ascii=False))
        else:
            shown.facts({name: str(value) for name, value in figure.as_json().items()})
