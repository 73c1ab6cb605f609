"""`phatngon directory import`: what a new directory would change, and whether it works."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from crisis.clock import Clock
from crisis.model.calendar import HANOI
from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.directory_diff import ChangeKind, RowChange, differences
from crisis.model.directory_table import COLUMNS, OF_DIRECTORY, tables_of
from crisis.model.words import Words, words
from crisis.office.content.content_check import Found
from crisis.office.content.import_trial import Side, tried
from crisis.office.content.sheet_check import Imported, Sheets, check_sheets
from crisis.writing.content_file import Placed, read_placed, yaml_text
from crisis.writing.spreadsheet import PlacedRow, tables_in
from desk.cli import shown
from desk.cli.ground import CONTACTS, DIRECTORY, Ground, ground
from desk.cli.tongue import LANGUAGE, say, told

Contacts = Annotated[Path | None, typer.Option(help=say("tệp danh bạ liên hệ", "the contact file"))]
Base = Annotated[
    Path | None,
    typer.Option(
        help=say(
            "danh bạ gốc (mặc định: bản đang áp dụng ở đây, hoặc bản kèm theo)",
            "the base; else what is in force here, or what ships",
        )
    ),
]

HELP = told(
    "Đọc bảng tính, CSV hoặc YAML, kiểm tra, cho biết sẽ thay đổi gì và chạy thử mọi kịch bản trên "
    "danh bạ mới; --out mới ghi YAML để đề nghị trên trang Nội dung, và chỉ khi không có lỗi.",
    "Read a workbook, CSV or YAML, check it, tell what would change and try every playbook on it; "
    "only --out writes YAML, to be proposed on the Content page, and only if nothing is wrong.",
    "phatngon directory import danh-ba.xlsx",
    "phatngon directory import danh-ba.xlsx --contacts contacts.yaml --out moi/",
)
KINDS: dict[ChangeKind, Words] = {
    ChangeKind.ADDED: words("thêm", "added"),
    ChangeKind.REMOVED: words("bỏ", "removed"),
    ChangeKind.CHANGED: words("sửa", "changed"),
}


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)],
    *,
    base: Base = None,
    contacts: Contacts = None,
    out: Annotated[
        Path | None, typer.Option(help=say("thư mục ghi YAML", "the folder for YAML"))
    ] = None,
    as_json: Annotated[bool, shown.AS_JSON] = False,
) -> None:
    """Print the rows that differ, then what is to be looked at and what no playbook can do then."""
    start = ground(base, contacts)
    start.tell()
    directory, book = start.directory, start.contacts
    today = Clock.real().now().astimezone(HANOI).date()
    sheets = _sheets(file, directory)
    made = check_sheets(sheets, directory, book, today)
    before = tables_of(directory, book or ContactBook(invented=False, note="-"))
    _print_changes(differences(before, sheets.tables), as_json=as_json)
    broken = _tell(made, start, today)
    if broken:
        raise typer.Exit(1)
    if out is not None:
        _write(out, made, start.texts)


def _sheets(file: Path, directory: Directory) -> Sheets:
    """What the file holds; a YAML file is the directory itself, or the contact file."""
    if file.suffix not in {".yaml", ".yml"}:
        return Sheets(tables=tables_in(file.read_bytes(), file.name, COLUMNS), name=file.name)
    if re.search(rb"^contacts:", file.read_bytes(), re.MULTILINE):
        book = read_placed(file, ContactBook)
        rows = {"contacts": tables_of(directory, book.value)["contacts"]}
        return Sheets(tables=_placed(rows, book), name=file.name, whole=book.value)
    whole = read_placed(file, Directory)
    tables = tables_of(whole.value)
    return Sheets(tables=_placed({n: tables[n] for n in OF_DIRECTORY}, whole), name=file.name)


def _placed(
    tables: dict[str, Any], whole: Placed[Directory] | Placed[ContactBook]
) -> dict[str, list[PlacedRow]]:
    """The rows with the lines of the YAML file that they stand in; topics go by their name."""
    return {
        name: [
            PlacedRow(row, place=whole.place_of((name, row["id"] if name == "topics" else n)))
            for n, row in enumerate(rows)
        ]
        for name, rows in tables.items()
    }


def _tell(made: Imported, start: Ground, on: date) -> bool:
    """Print everything that was found, and say whether the desk would refuse any of it."""
    before = Side(directory=start.directory, contacts=start.contacts)
    found: Sequence[Found] = [*made.flags, *tried(start.bundle, before, made.side, on)]
    for one in found:
        look = "" if one.refused else f"[{say('cần xem lại', 'to be looked at')}] "
        typer.echo(f"{one.place}: {look}{one.says.in_(LANGUAGE)}", err=True)
    return any(one.refused for one in found)


def _write(out: Path, made: Imported, old: Mapping[str, str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, raw in {DIRECTORY: made.directory, CONTACTS: made.contacts}.items():
        if raw is not None:
            (out / name).write_text(yaml_text(raw, old.get(name, "")), "utf8")
            typer.echo(str(out / name), err=True)


def _print_changes(changes: tuple[RowChange, ...], *, as_json: bool) -> None:
    if as_json:
        shown.data([_data(one) for one in changes])
        return
    for one in changes:
        typer.echo(f"{one.table}: {KINDS[one.kind].in_(LANGUAGE)} {one.key}")
        for column, before, after in one.fields:
            typer.echo(f"    {column}: {before or '–'} → {after or '–'}")
    differ = "row differs" if len(changes) == 1 else "rows differ"
    typer.echo(say(f"{len(changes)} dòng khác.", f"{len(changes)} {differ}."))


def _data(one: RowChange) -> dict[str, Any]:
    fields = [{"column": c, "before": old, "after": new} for c, old, new in one.fields]
    return {"table": one.table, "key": one.key, "change": one.kind.value, "fields": fields}
