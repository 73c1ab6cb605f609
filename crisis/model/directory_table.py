"""The directory and its contacts as tables: one row per version, one column per field.

Lists stand in one cell, separated by semicolons; an empty cell is a field that is not there.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crisis.model.contact import ContactBook
from crisis.model.directory import Directory

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]

SEPARATOR = ";"

COLUMNS: dict[str, tuple[str, ...]] = {
    "agencies": (
        *("id", "name_vi", "name_en", "kind", "parent", "topics", "topics_as_written", "places"),
        *("successors", "valid_from", "valid_to", "confidence", "note"),
    ),
    "places": (
        *("code", "rank", "name", "province", "former_province", "former_district"),
        *("former_district_confidence", "confidence", "valid_from", "valid_to"),
    ),
    "topics": ("id", "vi", "en"),
    "contacts": (
        *("id", "agency", "role", "name", "title", "email", "phone", "valid_from", "valid_to"),
        *("verified_at", "authority_document", "authority_scope", "authority_from"),
        "authority_to",
    ),
}
"""The columns of each table, in order; the first one names the row."""

OF_DIRECTORY = ("agencies", "places", "topics")

_LISTS = frozenset({"topics", "topics_as_written", "places", "successors"})
_AUTHORITY = {
    "authority_document": "document",
    "authority_scope": "scope",
    "authority_from": "valid_from",
    "authority_to": "valid_to",
}


def tables_of(directory: Directory, book: ContactBook | None = None) -> dict[str, list[Row]]:
    """Every table, rows in the order of the file."""
    raw = directory.model_dump(mode="json")
    told: dict[str, list[Row]] = {
        "agencies": [_row("agencies", _named(one)) for one in raw["agencies"]],
        "places": [_row("places", one) for one in raw["places"]],
        "topics": [_row("topics", {"id": id_, **said}) for id_, said in raw["topics"].items()],
    }
    if book is not None:
        contacts = book.model_dump(mode="json")["contacts"]
        told["contacts"] = [_row("contacts", _flat(one)) for one in contacts]
    return told


def _named(agency: Mapping[str, Any]) -> dict[str, Any]:
    return {**agency, "name_vi": agency["name"]["vi"], "name_en": agency["name"]["en"]}


def _flat(contact: Mapping[str, Any]) -> dict[str, Any]:
    authority = contact.get("authority") or {}
    return {**contact, **{column: authority.get(field) for column, field in _AUTHORITY.items()}}


def _row(table: str, value: Mapping[str, Any]) -> Row:
    return {column: _cell(value.get(column)) for column in COLUMNS[table]}


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"{SEPARATOR} ".join(str(one) for one in value)
    return "" if value is None else str(value)


def directory_raw(base: Directory, tables: Tables) -> dict[str, Any]:
    """The directory file with the given tables in place of those of `base`, not yet validated."""
    raw = base.model_dump(mode="json", exclude_none=True)
    if "agencies" in tables:
        raw["agencies"] = [_agency(row) for row in tables["agencies"]]
    if "places" in tables:
        raw["places"] = [_value(row) for row in tables["places"]]
    if "topics" in tables:
        raw["topics"] = {row["id"]: {"vi": row["vi"], "en": row["en"]} for row in tables["topics"]}
    return raw


def contacts_raw(base: ContactBook, tables: Tables) -> dict[str, Any]:
    """The contact file with the given rows in place of those of `base`, not yet validated."""
    raw = base.model_dump(mode="json", exclude_none=True)
    raw["contacts"] = [_contact(row) for row in tables.get("contacts", ())]
    return raw


def column_of(table: str, field: Sequence[str | int]) -> str:
    """The column in which a field of a row stands: `name.vi` of an agency in `name_vi`."""
    names = [str(part) for part in field]
    joined = "_".join(names[:2])
    known = COLUMNS[table]
    if names[:1] == ["authority"]:
        return next((c for c, f in _AUTHORITY.items() if f in names[1:2]), "authority_document")
    return next((one for one in (joined, *names[:1]) if one in known), "")


def _value(row: Row) -> dict[str, Any]:
    return {name: _listed(cell) if name in _LISTS else cell for name, cell in row.items() if cell}


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]


def _agency(row: Row) -> dict[str, Any]:
    value = _value(row)
    value["name"] = {"vi": value.pop("name_vi", ""), "en": value.pop("name_en", "")}
    return value


def _contact(row: Row) -> dict[str, Any]:
    value = _value(row)
    authority = {field: value.pop(column, None) for column, field in _AUTHORITY.items()}
    told = {field: cell for field, cell in authority.items() if cell}
    return value | ({"authority": told} if told else {})
