"""`phatngon report`: a report handed in by a person or a program on this machine."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from crisis.model.report import ReportIn
from crisis.office.intake.likeness import alike
from crisis.office.intake.reporting import Filed, Filing, file_report
from crisis.writing.content_file import LARGEST, parse_content, read_content
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import OPERATOR, coordinator, opened, work
from desk.cli.tongue import say, told

app = group(say("tiếp nhận và xử lý", "taking in and going on"))

STDIN = "-"


@app.command(
    help=told(
        "Nộp một tin (YAML hoặc JSON) và in mã vụ việc. Có --as thì vụ việc được mở ngay; "
        "không có thì chờ điều phối viên xác nhận.",
        "File a report (YAML or JSON) and print the incident's code. With --as the incident is "
        "opened at once; without it a coordinator has to confirm it.",
        "phatngon report examples/01-plo-school-yard.yaml",
        "phatngon report --as dieuphoi@vanphong.example - < tin.json",
    )
)
def report(
    file: Annotated[str, typer.Argument(metavar="FILE|-")] = STDIN,
    *,
    by: Annotated[
        str | None,
        typer.Option("--as", metavar="EMAIL", help=say("điều phối viên", "the coordinator")),
    ] = None,
    into: Annotated[
        str | None,
        typer.Option(metavar="CODE", help=say("thêm vào vụ việc có sẵn", "add to an incident")),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(help=say("khóa chống nộp trùng", "makes a repeated call harmless")),
    ] = None,
    as_json: Annotated[bool, shown.AS_JSON] = False,
) -> None:
    given = _read(file)
    filed, similar = work(_file(given, by, into, key))
    if as_json:
        shown.data({"code": filed.code, "created": filed.created, "alike": similar})
        return
    typer.echo(filed.code)
    if similar:
        told_of = ", ".join(similar)
        typer.echo(
            say(
                f"Có thể trùng với {told_of}; dùng --into để thêm vào vụ việc có sẵn.",
                f"This may be the same as {told_of}; --into adds to an incident.",
            ),
            err=True,
        )


def _read(file: str) -> ReportIn:
    if file != STDIN:
        return read_content(Path(file), ReportIn)
    return parse_content(sys.stdin.buffer.read(LARGEST + 1), ReportIn, name="stdin")


async def _file(
    given: ReportIn, by: str | None, into: str | None, key: str | None
) -> tuple[Filed, list[str]]:
    async with opened() as office:
        actor = await coordinator(office, by) if by else OPERATOR
        async with office.records.act(actor) as act:
            similar = [] if into else [row.code for row in await alike(act.session, given)]
            filing = Filing(confirmed=by is not None, key=key, into=into)
            filed = await file_report(office, act, given, filing)
    return filed, [code for code in similar if code != filed.code]
