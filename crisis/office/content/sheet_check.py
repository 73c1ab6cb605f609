"""A directory read from sheets: every fault and everything to be looked at, with sheet and row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from crisis.model.contact import ContactBook
from crisis.model.content_lint import (
    contact_faults,
    contact_flags,
    directory_flags,
    lost_contact_flags,
)
from crisis.model.directory import Directory
from crisis.model.directory_table import (
    OF_DIRECTORY,
    Tables,
    column_of,
    contacts_raw,
    directory_raw,
)
from crisis.model.errors import BadContent
from crisis.model.fault import Fault, Path, faults, field_of
from crisis.office.content.content_check import Found
from crisis.office.content.import_trial import Side
from crisis.writing.content_file import ContentErrors
from crisis.writing.spreadsheet import PlacedRow

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """Tables of the file `name`; what they do not hold stays as it is in the base.

    `whole` is the contact file where the import is one: its office is then the new one too.
    """

    tables: Tables
    name: str
    whole: ContactBook | None = None

    def place_of(self, at: Path) -> str:
        """File, sheet, row and column of the path `at`; the field itself where no sheet has it."""
        table = str(at[0]) if at else ""
        if table not in self.tables:
            return field_of(at) if at else self.name
        row = self._row(table, at[1]) if len(at) > 1 else None
        if not isinstance(row, PlacedRow):
            return f"{self.name} [{table}]"
        column = column_of(table, at[2:])
        return f"{row.place}: {column}" if column else row.place

    def _row(self, table: str, key: str | int) -> Mapping[str, str] | None:
        rows = self.tables[table]
        if isinstance(key, int):
            return rows[key]
        return next((row for row in rows if row.get("id") == key), None)


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What the sheets make of the base, and what is to be looked at.

    `directory` and `contacts` are the new files, None where nothing of them was in the sheets.
    """

    side: Side
    directory: dict[str, Any] | None
    contacts: dict[str, Any] | None
    flags: tuple[Found, ...]


def check_sheets(
    sheets: Sheets, directory: Directory, book: ContactBook | None, on: date
) -> Imported:
    """The files that the sheets make, checked like any content. Raises ContentErrors."""
    new_directory = new_book = None
    old = book or _EMPTY
    found: list[Found] = []
    if set(OF_DIRECTORY) & set(sheets.tables):
        new_directory = directory_raw(directory, sheets.tables)
        directory = _made(new_directory, Directory, sheets)
        found += _flags(sheets, directory_flags(directory))
    if "contacts" in sheets.tables:
        new_book = contacts_raw(sheets.whole or old, sheets.tables)
        book = _made(new_book, ContactBook, sheets)
        _refuse(sheets, tuple(contact_faults(book, directory)))
        found += _flags(sheets, contact_flags(book, directory, on))
        found += _flags(sheets, lost_contact_flags(directory, old, book, on))
    return Imported(
        side=Side(directory=directory, contacts=book),
        directory=new_directory,
        contacts=new_book,
        flags=tuple(found),
    )


_EMPTY = ContactBook(invented=False, note="-")


def _made(raw: dict[str, Any], model: type[Model], sheets: Sheets) -> Model:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise _refused(sheets, faults(error)) from error


def _refuse(sheets: Sheets, found: tuple[Fault, ...]) -> None:
    if found:
        raise _refused(sheets, found)


def _refused(sheets: Sheets, found: Iterable[Fault]) -> ContentErrors:
    bad = [BadContent(one.sentence, place=sheets.place_of(one.at)) for one in found]
    return ContentErrors(tuple(bad))


def _flags(sheets: Sheets, found: Iterable[Fault]) -> list[Found]:
    return [Found(place=sheets.place_of(one.at), says=one.sentence, refused=False) for one in found]
