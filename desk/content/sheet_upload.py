"""The directory and its contacts in the desk as a workbook: taken out, and read when sent back."""

from crisis.model.directory_table import COLUMNS, OF_DIRECTORY, tables_of
from crisis.model.errors import BadInput
from crisis.model.words import words
from crisis.office.content.sheet_check import Sheets, check_sheets
from crisis.office.office import Office, local_day
from crisis.records import content
from crisis.records.act import Act
from crisis.records.content import ContentKind
from crisis.writing.content_file import yaml_text
from crisis.writing.spreadsheet import tables_in, xlsx_of

ENDINGS = (".xlsx", ".csv")
TABLES: dict[ContentKind, frozenset[str]] = {
    ContentKind.DIRECTORY: frozenset(OF_DIRECTORY),
    ContentKind.CONTACTS: frozenset({"contacts"}),
}
"""Which tables belong to which file; other kinds of content have none."""


async def workbook(office: Office, act: Act) -> bytes:
    """The directory and the contacts in force, one sheet for each table."""
    force = await office.in_force(act.session)
    tables = tables_of(force.directory, force.contacts)
    return xlsx_of({name: (COLUMNS[name], rows) for name, rows in tables.items()})


def is_sheet(name: str, kind: ContentKind) -> bool:
    """Whether an uploaded file of that name is read as tables."""
    return kind in TABLES and name.lower().endswith(ENDINGS)


async def text_of(office: Office, act: Act, kind: ContentKind, sent: tuple[str, bytes]) -> str:
    """The file of `kind` that the tables `sent` (file name, bytes) make of the one in force.

    Raises ContentErrors with sheet and row, BadInput where no table of that file is in it.
    """
    name, data = sent
    force = await office.in_force(act.session)
    tables = tables_in(data, name, COLUMNS)
    mine = {table: rows for table, rows in tables.items() if table in TABLES[kind]}
    if not mine:
        wanted = ", ".join(sorted(TABLES[kind]))
        raise BadInput(
            words(
                f"Tệp không có bảng nào của nội dung này; cần: {wanted}.",
                f"The file has no table of this content; it needs: {wanted}.",
            ),
            field="file",
        )
    sheets = Sheets(tables=mine, name=name)
    made = check_sheets(sheets, force.directory, force.contacts, local_day(act.now))
    raw = made.directory if kind is ContentKind.DIRECTORY else made.contacts
    _, old = await content.active(act.session, kind, kind.value)
    return yaml_text(raw or {}, old.decode())
