"""`phatngon playbook`: lint the content, simulate what follows from silence, print schemas."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

from crisis.calendar_source import office_calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.law import Law
from crisis.model.playbook import Playbook
from crisis.model.report import ReportIn, report_schema
from crisis.model.severity import Severity
from crisis.office.office import OTHER_FILES
from crisis.writing.content_file import ContentErrors, read_content
from desk.cli import shown
from desk.cli.instant import instant_of
from desk.cli.lazy import group
from desk.cli.shipped import playbooks
from desk.cli.tongue import LANGUAGE, say, told
from desk.simulation import Silence, simulate_silence

app = group(say("kịch bản ứng phó", "playbooks"))

Json = Annotated[bool, shown.AS_JSON]
Folder = Annotated[Path | None, typer.Argument(metavar="FOLDER|FILE")]

SCHEMAS: dict[str, type[BaseModel]] = {
    "playbook": Playbook,
    "law": Law,
    "directory": Directory,
    "contacts": ContactBook,
    "calendar": CalendarTable,
    "report": ReportIn,
}


@app.command(
    help=told(
        "Kiểm tra kịch bản, luật, danh bạ, lịch; mỗi lỗi một dòng tệp:dòng; mã thoát 1 khi có lỗi.",
        "Check playbooks, law, directory and calendar; one line file:line for each fault, exit 1.",
        "phatngon playbook check",
        "phatngon playbook check my-playbooks",
    )
)
def check(folder: Folder = None, *, as_json: Json = False) -> None:
    found: list[dict[str, str]] = []
    files = _files(folder or playbooks())
    for file, model in files:
        try:
            read_content(file, model)
        except ContentErrors as errors:
            found += [{"place": e.place, "says": e.said_in(LANGUAGE)} for e in errors.errors]
    if as_json:
        shown.data({"files": len(files), "faults": found})
    else:
        for one in found:
            typer.echo(f"{one['place']}: {one['says']}", err=True)
        typer.echo(
            say(
                f"{len(files)} tệp, {len(found)} lỗi.",
                f"{len(files)} files, {len(found)} faults.",
            )
        )
    if found:
        raise typer.Exit(1)


def _files(where: Path) -> list[tuple[Path, type[BaseModel]]]:
    if not where.exists():
        raise typer.BadParameter(say(f"Không có {where}.", f"There is no {where}."))
    files = [where] if where.is_file() else sorted(where.glob("*.yaml"))
    known = {"press_sources"}
    return [
        (file, SCHEMAS[file.stem] if file.stem in OTHER_FILES else Playbook)
        for file in files
        if file.stem not in known
    ]


@app.command(
    help=told(
        "Ai nhận gì, lúc nào, nếu không ai trả lời.",
        "Who gets what and when if nobody answers.",
        "phatngon playbook simulate --severity S2 --from 2026-11-05T09:00",
        "phatngon playbook simulate playbooks/press-report.yaml --severity S3 "
        "--from 2026-11-05T09:00 --agency qt-sxd --json",
    )
)
def simulate(  # noqa: PLR0913  (one for each option)
    file: Annotated[Path | None, typer.Argument(metavar="FILE")] = None,
    *,
    start: Annotated[str, typer.Option("--from", metavar="TIME")],
    severity: Annotated[Severity, typer.Option()] = Severity.S2,
    agency: Annotated[str, typer.Option(help=say("cơ quan được giao", "the agency"))] = "qt-bqlda",
    contacts: Annotated[
        Path | None, typer.Option(help=say("tệp danh bạ liên hệ", "a contact file"))
    ] = None,
    as_json: Json = False,
) -> None:
    events = simulate_silence(
        _silence(file, agency, contacts), received_at=instant_of(start, "--from"), severity=severity
    )
    rows = [
        {"at": one.at, "what": one.what.in_(LANGUAGE), "to": one.to.in_(LANGUAGE)} for one in events
    ]
    if as_json:
        shown.data(rows)
        return
    shown.table(
        say("Nếu không ai trả lời", "If nobody answers"),
        [say("lúc", "at"), say("việc", "what"), say("tới", "to")],
        [(_at(row["at"]), row["what"], row["to"]) for row in rows],
    )


def _at(at: object) -> str:
    return shown.when(at) if isinstance(at, datetime) else ""


def _silence(file: Path | None, agency: str, contacts: Path | None) -> Silence:
    folder = playbooks()
    book = read_content(contacts, ContactBook) if contacts else None
    return Silence(
        playbook=read_content(file or folder / "press-report.yaml", Playbook),
        directory=read_content(folder / "directory.yaml", Directory),
        contacts=book or ContactBook(invented=False, note="-"),
        calendar=office_calendar(read_content(folder / "calendar.yaml", CalendarTable)),
        agency=agency,
    )


@app.command(
    help=told(
        "JSON Schema cho trình soạn thảo: playbook, law, directory, contacts, calendar, report.",
        "A JSON Schema for editors: playbook, law, directory, contacts, calendar, report.",
        "phatngon playbook schema report > report.schema.json",
    )
)
def schema(what: Annotated[str, typer.Argument(metavar="KIND")] = "playbook") -> None:
    if what not in SCHEMAS:
        names = f"KIND: {', '.join(SCHEMAS)}"
        raise typer.BadParameter(names)
    shown.data(report_schema() if what == "report" else SCHEMAS[what].model_json_schema())
