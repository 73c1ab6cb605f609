"""`phatngon playbook`: lint the content, simulate what follows from silence, print schemas."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.law import Law
from crisis.model.playbook import Playbook
from crisis.model.report import ReportIn, report_schema
from crisis.model.severity import Severity
from desk.cli import shown
from desk.cli.check import checked, print_checked
from desk.cli.instant import instant_of
from desk.cli.lazy import group
from desk.cli.shipped import playbooks
from desk.cli.simulate import Asked, print_silence, silence_of
from desk.cli.tongue import say, told

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
        "phatngon playbook check my-playbooks --contacts contacts.yaml --on 2027-01-04",
    )
)
def check(
    folder: Folder = None,
    *,
    contacts: Annotated[
        Path | None, typer.Option(help=say("tệp danh bạ liên hệ", "a contact file"))
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%d/%m/%Y"], help=say("kiểm tra cho ngày", "check for that day")
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    day = on.date() if on else None
    print_checked(checked(folder or playbooks(), contacts, day), as_json=as_json)


@app.command(
    help=told(
        "Ai nhận gì, lúc nào, nếu không ai trả lời.",
        "Who gets what and when if nobody answers.",
        "phatngon playbook simulate press-report --severity S3 --received 2027-02-05T16:00+07:00",
        "phatngon playbook simulate playbooks/press-report.yaml --severity S2 "
        "--received 2026-11-05T09:00 --agency qt-sxd --svg timeline.svg --json",
    )
)
def simulate(  # noqa: PLR0913  (one for each option)
    playbook: Annotated[str, typer.Argument(metavar="PLAYBOOK|FILE")] = "press-report",
    *,
    received: Annotated[str, typer.Option("--received", "--from", metavar="TIME")],
    severity: Annotated[Severity, typer.Option()] = Severity.S2,
    agency: Annotated[
        list[str] | None, typer.Option(help=say("cơ quan được giao", "the agency asked"))
    ] = None,
    topic: Annotated[
        list[str] | None, typer.Option(help=say("lĩnh vực, để danh bạ chọn", "a topic"))
    ] = None,
    place: Annotated[list[str] | None, typer.Option(help=say("địa bàn", "a place"))] = None,
    contacts: Annotated[
        Path | None, typer.Option(help=say("tệp danh bạ liên hệ", "a contact file"))
    ] = None,
    svg: Annotated[
        Path | None, typer.Option(help=say("vẽ dòng thời gian vào tệp", "draw into this file"))
    ] = None,
    as_json: Json = False,
) -> None:
    silence = silence_of(
        Asked(
            playbook=playbook,
            received_at=instant_of(received, "--received"),
            severity=severity,
            agencies=tuple(agency or ()),
            topics=tuple(topic or ()),
            places=tuple(place or ()),
            contacts=contacts,
        )
    )
    sample = not (agency or topic or place)
    print_silence(silence, as_json=as_json, svg=svg, assumed=contacts is None, sample=sample)


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
