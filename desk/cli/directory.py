"""`phatngon directory`: the directory as spreadsheets, and back, with all that would change."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from crisis.clock import Clock
from crisis.model.agency import Agency
from crisis.model.calendar import HANOI
from crisis.model.directory_table import (
    COLUMNS,
    tables_of,
)
from crisis.model.resolution import resolve
from crisis.writing.content_file import yaml_text
from crisis.writing.spreadsheet import csv_of, xlsx_of
from desk.cli import shown
from desk.cli.directory_import import HELP, Base, Contacts, import_
from desk.cli.ground import DIRECTORY, directory_here, ground
from desk.cli.instant import DAYS
from desk.cli.lazy import group
from desk.cli.tongue import LANGUAGE, say, told

app = group(say("danh bạ cơ quan, địa bàn, liên hệ", "the directory"))

Json = Annotated[bool, shown.AS_JSON]


@app.command(
    "export",
    help=told(
        "Xuất danh bạ ra bảng tính (.xlsx, mỗi bảng một trang), CSV (một bảng) hoặc YAML.",
        "Write the directory as a workbook (.xlsx), CSV (one table) or YAML.",
        "phatngon directory export danh-ba.xlsx --contacts contacts.yaml",
        "phatngon directory export co-quan.csv --table agencies",
    ),
)
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    *,
    base: Base = None,
    contacts: Contacts = None,
    table: Annotated[str, typer.Option(help=", ".join(COLUMNS))] = "agencies",
) -> None:
    start = ground(base, contacts)
    directory = start.directory
    tables = tables_of(directory, start.contacts)
    if table not in COLUMNS:
        known = ", ".join(COLUMNS)
        raise typer.BadParameter(say(f"Chỉ có các bảng: {known}.", f"The tables are: {known}."))
    if file.suffix == ".xlsx":
        file.write_bytes(xlsx_of({name: (COLUMNS[name], rows) for name, rows in tables.items()}))
    elif file.suffix == ".csv" and table in tables:
        file.write_bytes(csv_of(COLUMNS[table], tables[table]))
    elif file.suffix in {".yaml", ".yml"}:
        raw = directory.model_dump(mode="json", exclude_none=True)
        file.write_text(yaml_text(raw, start.texts[DIRECTORY]), "utf8")
    else:
        raise typer.BadParameter(
            say("FILE: .xlsx, .csv (--table) hoặc .yaml.", "FILE: .xlsx, .csv (--table) or .yaml.")
        )
    typer.echo(str(file))


app.command("import", help=HELP)(import_)


@app.command(
    help=told(
        "Cơ quan nào trả lời cho lĩnh vực, địa bàn này vào ngày đó; địa bàn cũ chỉ tìm ra nơi mới "
        "khi danh bạ biết rõ.",
        "Who answers for a topic and place on a day; an old place finds its new one only where the "
        "directory knows it.",
        'phatngon directory find --topic roads --place "huyện Lệ Thủy" --on 2024-05-02',
    )
)
def find(
    *,
    topic: Annotated[list[str] | None, typer.Option()] = None,
    place: Annotated[list[str] | None, typer.Option()] = None,
    on: Annotated[datetime | None, typer.Option(formats=DAYS)] = None,
    as_json: Json = False,
) -> None:
    directory = directory_here()
    day: date = on.date() if on else Clock.real().now().astimezone(HANOI).date()
    found = resolve(directory, topics=topic or (), places=place or (), on=day)
    lead = found.lead.id if found.lead else None
    answer = {
        "lead": lead,
        "coordinating": [one.id for one in found.coordinating],
        "open": [
            {"written": one.written, "why": one.why.in_(LANGUAGE), "candidates": one.candidates}
            for one in found.unresolved
        ],
    }
    if as_json:
        shown.data(answer)
        return
    told_of = {say("chủ trì", "lead"): _named(found.lead) if found.lead else "–"}
    if found.coordinating:
        told_of[say("phối hợp", "coordinating")] = "; ".join(map(_named, found.coordinating))
    shown.facts(told_of)
    for one in found.unresolved:
        typer.echo(one.why.in_(LANGUAGE))


def _named(agency: Agency) -> str:
    """Its name, and the id by which commands ask for it."""
    return f"{agency.name.in_(LANGUAGE)} ({agency.id})"
