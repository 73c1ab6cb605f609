"""`phatngon bench`: what it costs, beside a floor measured in the same run."""

import json
import secrets
import tempfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from crisis.calendar_source import office_calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.law import Law
from crisis.settings import Settings
from crisis.writing.content_file import read_content
from desk.bench import annual_report as bench_year
from desk.bench import law as bench_law
from desk.bench import watch as bench_watch
from desk.bench.rest import AtRest, Woken
from desk.bench.served import rest_bench, story_bench
from desk.cli import shown
from desk.cli.bench_surge import HELP, surge
from desk.cli.lazy import group
from desk.cli.opened import work
from desk.cli.shipped import examples, playbooks, templates
from desk.cli.tongue import say, told
from desk.cli.up_parts import installed
from desk.parts.installation import Installation, free_ports

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
        # Records of several machines share a secret; these end with the bench.
        "PHATNGON_SECRET_KEY": secrets.token_urlsafe(48) if database_url else "",
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
        measured = work(story_bench(place, examples(), incidents, _aside))
    _show(measured.as_json(), as_json=as_json)


@app.command(
    help=told(
        "Chạy `up` khi không ai làm gì: bộ xử lý, bộ nhớ, và bao lâu sau câu trả lời của cơ quan "
        "thì thư kế tiếp tới máy chủ thư; trước và sau khi có nhiều vụ việc mở. Chỉ trên Linux.",
        "`up` while nobody acts: processor, memory, and how soon after an agency's answer the next "
        "mail is on the mail server; with no incident open and with many. Linux only.",
        "phatngon bench rest --json",
        "phatngon bench rest --incidents 1000 --seconds 60",
    )
)
def rest(
    *,
    incidents: Annotated[int, typer.Option(min=1, max=1_000_000)] = 10_000,
    seconds: Annotated[float, typer.Option(min=5, max=3600)] = 310,
    answers: Annotated[int, typer.Option(min=1, max=100)] = 5,
    as_json: Json = False,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = installed(Settings(var=Path(folder)), free_ports().desk, exercise=True)
        lines = rest_bench(place, examples(), incidents, seconds, answers)
        work(_show_all(lines, as_json=as_json))


async def _show_all(lines: AsyncIterator[AtRest | Woken], *, as_json: bool) -> None:
    """Each line as soon as it was measured: the whole takes a while."""
    async for line in lines:
        _show(line.as_json(), as_json=as_json)


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
        _show(line.as_json(), as_json=as_json)


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
    for figure in bench_watch.figures(playbooks(), templates(), size):
        _show(figure.as_json(), as_json=as_json)


def _show(line: Mapping[str, object], *, as_json: bool) -> None:
    """One line of figures."""
    if as_json:
        typer.echo(json.dumps(line, ensure_ascii=False))
    else:
        shown.facts({name: str(value) for name, value in line.items()})


def _aside(line: str) -> None:
    typer.echo(line, err=True)


app.command(help=HELP)(surge)
