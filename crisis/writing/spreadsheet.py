"""Tables as CSV and XLSX, safe to open: no cell can run as a formula, none is read as one.

A text that begins like a formula is written with an apostrophe before it, as spreadsheets do
themselves, and read without it. A cell that holds a real formula is refused.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from crisis.model.errors import BadContent
from crisis.model.spelling import nfc
from crisis.model.words import words
from crisis.writing.sheet_column import no_table, wrong_columns

Rows = Sequence[Mapping[str, str]]


class PlacedRow(dict[str, str]):
    """A row by column that knows where it stood: file, sheet and row."""

    def __init__(self, cells: Mapping[str, str], *, place: str) -> None:
        super().__init__(cells)
        self.place = place


SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'")
BREAKS = ("\t", "\r", "\n")
BLANK = "".join(map(chr, (*range(33), 0x85, 0xA0, 0x200B, 0x3000, 0xFEFF)))
LARGEST = 2 * 2**20
UNPACKED = 30 * 2**20
MOST_ROWS = 20_000
MOST_COLUMNS = 64


def csv_of(columns: Sequence[str], rows: Rows) -> bytes:
    """One table as CSV, UTF-8 with a mark so that spreadsheets read its letters right."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_safe(row.get(column, "")) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(tables: Mapping[str, tuple[Sequence[str], Rows]]) -> bytes:
    """Tables as one workbook, a sheet for each; every cell is text."""
    book = Workbook(write_only=True)
    for name, (columns, rows) in tables.items():
        sheet = book.create_sheet(name)
        sheet.append(list(columns))
        for row in rows:
            sheet.append([_text(sheet, row.get(column, "")) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(text: str) -> str:
    """A text that no spreadsheet runs: some drop blanks, and take full-width signs as signs."""
    bare = text.lstrip(BLANK)
    return f"'{text}" if bare.startswith(SIGNS) or text.startswith(BREAKS) else text


def _text(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=_safe(text))
    cell.data_type = "s"
    return cell


def tables_in(data: bytes, name: str, columns: Mapping[str, Sequence[str]]) -> dict[str, Rows]:
    """The tables in an XLSX workbook or a CSV file, each under its name; other sheets are ignored.

    A CSV file is the table whose columns it has. Raises BadContent, with sheet and row.
    """
    if len(data) > LARGEST:
        raise _bad(name, "Tệp quá lớn (giới hạn 2 MB).", "The file is too large (limit 2 MB).")
    if name.lower().endswith(".xlsx"):
        return dict(_sheets(data, name, columns))
    rows = _csv_rows(data, name)
    table = next((t for t, known in columns.items() if rows and set(rows[0]) == set(known)), None)
    if table is None:
        said = no_table(rows[0] if rows else [], columns)
        raise BadContent(said, place=f"{name}:1")
    return {table: _rows(rows, name, columns[table])}


def _sheets(
    data: bytes, name: str, columns: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Rows]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
        if unpacked > UNPACKED:
            raise _bad(name, "Tệp giải nén quá lớn.", "The file unpacks to too much.")
        book = load_workbook(io.BytesIO(data), read_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise _bad(name, "Không đọc được tệp XLSX.", "The XLSX file cannot be read.") from error
    try:
        for sheet in book.worksheets:
            if sheet.title in columns:
                place = f"{name} [{sheet.title}]"
                cells = [
                    [_read(cell, f"{place}:{n}") for cell in row]
                    for n, row in enumerate(_within(sheet), start=1)
                ]
                yield sheet.title, _rows(cells, place, columns[sheet.title])
    finally:
        book.close()


def _within(sheet: Any) -> Iterator[Any]:
    """Its rows as wide as any table of ours: one cell in the last column makes 16,384 otherwise."""
    rows: Iterator[Any] = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    return rows


def _csv_rows(data: bytes, name: str) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(name, "Tệp không phải dạng UTF-8.", "The file is not UTF-8.") from error
    head = text.split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    return [
        [_plain(cell, f"{name}:{n}") for cell in row]
        for n, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1)
    ]


def _read(cell: Any, place: str) -> str:
    """A cell as text; a formula is refused, a day is written as files write it."""
    if cell.data_type == "f":
        raise _formula(place)
    value = cell.value
    if isinstance(value, datetime | date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _plain("" if value is None else str(value), place)


def _plain(text: str, place: str) -> str:
    """The text without the apostrophe that guards it; one that would run is refused."""
    told = nfc(text).strip()
    if told.startswith("'"):
        return told[1:]
    if told.startswith(("=", "@")):
        raise _formula(place)
    return told


def _rows(cells: Sequence[Sequence[str]], place: str, columns: Sequence[str]) -> Rows:
    """Rows by column, each with its place; empty lines are left out."""
    head = [cell for cell in cells[0] if cell] if cells else []
    missing = [column for column in columns if column not in head]
    unknown = [cell for cell in head if cell not in columns]
    if missing or unknown:
        raise BadContent(wrong_columns(missing, unknown, columns), place=f"{place}:1")
    return [
        PlacedRow(
            {column: cell for column, cell in zip(cells[0], row, strict=False) if column},
            place=f"{place}:{n}",
        )
        for n, row in enumerate(cells[1:], start=2)
        if any(cell for cell in row)
    ]


def _formula(place: str) -> BadContent:
    return _bad(
        place,
        "Ô chứa công thức; chỉ nhận chữ, số, ngày.",
        "A cell holds a formula; only texts, numbers and days are taken.",
    )


def _bad(place: str, vi: str, en: str) -> BadContent:
    return BadContent(words(vi, en), place=place)
