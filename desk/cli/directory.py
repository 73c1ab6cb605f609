"""`phatngon directory`: the directory as spreadsheets, and back, with all that would change."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from crisis.clock import Clock
from crisis.model.calendar import HANOI
from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.directory_diff import ChangeKind, RowChange, differences
from crisis.model.directory_table import (
    COLUMNS,
    OF_DIRECTORY,
    Tables,
    tables_of,
)
from crisis.model.resolution import resolve
from crisis.model.words import Words, words
from crisis.office.sheet_check import Sheets, check_sheets
from crisis.writing.content_file import opening_comment, read_content
from crisis.writing.spreadsheet import csv_of, tables_in, xlsx_of
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.shipped import playbooks
from desk.cli.tongue import LANGUAGE, say, told

app = group(say("danh bạ cơ quan, địa bàn, liên hệ", "the directory"))

Json = Annotated[bool, shown.AS_JSON]
Contacts = Annotated[Path | None, typer.Option(help=say("tệp danh bạ liên hệ", "the contact file"))]
Base = Annotated[
    Path | None, typer.Option(help=say("danh bạ gốc (mặc định: danh bạ kèm theo)", "the base"))
]

KINDS: dict[ChangeKind, Words] = {
    ChangeKind.ADDED: words("thêm", "added"),
    ChangeKind.REMOVED: words("bỏ", "removed"),
    ChangeKind.CHANGED: words("sửa", "changed"),
}


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
    directory, book = _read(base, contacts)
    tables = tables_of(directory, book)
    if table not in COLUMNS:
        known = ", ".join(COLUMNS)
        raise typer.BadParameter(say(f"Chỉ có các bảng: {known}.", f"The tables are: {known}."))
    if file.suffix == ".xlsx":
        file.write_bytes(xlsx_of({name: (COLUMNS[name], rows) for name, rows in tables.items()}))
    elif file.suffix == ".csv" and table in tables:
        file.write_bytes(csv_of(COLUMNS[table], tables[table]))
    elif file.suffix in {".yaml", ".yml"}:
        raw = directory.model_dump(mode="json", exclude_none=True)
        file.write_text(_yaml(raw, base or playbooks() / "directory.yaml"), "utf8")
    else:
        raise typer.BadParameter(
            say("FILE: .xlsx, .csv (--table) hoặc .yaml.", "FILE: .xlsx, .csv (--table) or .yaml.")
        )
    typer.echo(str(file))


def _read(base: Path | None, contacts: Path | None) -> tuple[Directory, ContactBook | None]:
    directory = read_content(base or playbooks() / "directory.yaml", Directory)
    return directory, read_content(contacts, ContactBook) if contacts else None


@app.command(
    "import",
    help=told(
        "Đọc bảng tính hoặc CSV, kiểm tra, cho biết sẽ thay đổi gì; --out mới ghi YAML để đề nghị "
        "trên trang Nội dung.",
        "Read a workbook or CSV, check it and tell what would change; only --out writes YAML, to "
        "be proposed on the Content page.",
        "phatngon directory import danh-ba.xlsx",
        "phatngon directory import danh-ba.xlsx --contacts contacts.yaml --out moi/",
    ),
)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)],
    *,
    base: Base = None,
    contacts: Contacts = None,
    out: Annotated[
        Path | None, typer.Option(help=say("thư mục ghi YAML", "the folder for YAML"))
    ] = None,
    as_json: Json = False,
) -> None:
    directory, book = _read(base, contacts)
    empty = ContactBook(invented=False, note="-")
    tables: Tables = _tables(file, directory, book or empty)
    today = Clock.real().now().astimezone(HANOI).date()
    sheets = Sheets(tables=tables, name=file.name)
    made = check_sheets(sheets, directory, book or empty, today)
    changes = differences(tables_of(directory, book or empty), tables)
    _print_changes(changes, as_json=as_json)
    for flag in made.flags:
        look = say("cần xem lại", "to be looked at")
        typer.echo(f"{flag.place}: [{look}] {flag.says.in_(LANGUAGE)}", err=True)
    files = {
        "directory.yaml": (made.directory, base or playbooks() / "directory.yaml"),
        "contacts.yaml": (made.contacts, contacts),
    }
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, (raw, old) in files.items():
            if raw is not None:
                (out / name).write_text(_yaml(raw, old), encoding="utf8")
                typer.echo(str(out / name), err=True)


def _tables(file: Path, directory: Directory, book: ContactBook) -> Tables:
    """What the file holds; a YAML file is the directory itself."""
    if file.suffix in {".yaml", ".yml"}:
        told = tables_of(read_content(file, Directory))
        return {name: told[name] for name in OF_DIRECTORY}
    return tables_in(file.read_bytes(), file.name, COLUMNS)


def _yaml(raw: dict[str, Any], old: Path | None) -> str:
    """As a file, under the comment with which the old file opens."""
    head = opening_comment(old.read_text("utf8")) if old else ""
    return head + yaml.safe_dump(raw, allow_unicode=True, sort_keys=False, width=110)


def _print_changes(changes: tuple[RowChange, ...], *, as_json: bool) -> None:
    if as_json:
        shown.data([_data(one) for one in changes])
        return
    for one in changes:
        typer.echo(f"{one.table}: {KINDS[one.kind].in_(LANGUAGE)} {one.key}")
        for column, before, after in one.fields:
            typer.echo(f"    {column}: {before or '–'} → {after or '–'}")
    typer.echo(say(f"{len(changes)} dòng khác.", f"{len(changes)} rows differ."))


def _data(one: RowChange) -> dict[str, Any]:
    fields = [{"column": c, "before": old, "after": new} for c, old, new in one.fields]
    return {"table": one.table, "key": one.key, "change": one.kind.value, "fields": fields}


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
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    as_json: Json = False,
) -> None:
    directory, _ = _read(None, None)
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
    shown.facts(
        {
            say("chủ trì", "lead"): found.lead.name.in_(LANGUAGE) if found.lead else "–",
            say("phối hợp", "coordinating"): "; ".join(
                one.name.in_(LANGUAGE) for one in found.coordinating
            ),
        }
    )
    for one in found.unresolved:
        typer.echo(one.why.in_(LANGUAGE))
