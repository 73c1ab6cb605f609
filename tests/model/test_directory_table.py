"""The directory as tables, there and back; and what would change, row by row."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.directory_diff import ChangeKind, differences
from crisis.model.directory_table import (
    COLUMNS,
    column_of,
    contacts_raw,
    directory_raw,
    tables_of,
)

ROOT = Path(__file__).parents[2]


def content(name: str, model: Any) -> Any:
    return model.model_validate(yaml.safe_load((ROOT / f"{name}.yaml").read_text("utf8")))


DIRECTORY = content("playbooks/directory", Directory)
BOOK = content("examples/contacts", ContactBook)


def test_the_directory_comes_back_from_its_tables_as_it_was() -> None:
    tables = tables_of(DIRECTORY, BOOK)
    assert Directory.model_validate(directory_raw(DIRECTORY, tables)) == DIRECTORY
    assert ContactBook.model_validate(contacts_raw(BOOK, tables)) == BOOK
    assert set(tables) == set(COLUMNS)


def test_tables_that_are_not_given_stay_as_they_were() -> None:
    assert Directory.model_validate(directory_raw(DIRECTORY, {})) == DIRECTORY
    assert contacts_raw(BOOK, {})["contacts"] == []
    assert "contacts" not in tables_of(DIRECTORY)


def test_a_contact_without_authority_has_none_afterwards() -> None:
    row = dict(tables_of(DIRECTORY, BOOK)["contacts"][0])
    bare = {k: "" if k.startswith("authority") else v for k, v in row.items()}
    (told,) = contacts_raw(BOOK, {"contacts": [bare]})["contacts"]
    assert "authority" not in told


def test_rows_that_came_went_or_changed_are_told_by_their_key() -> None:
    before = tables_of(DIRECTORY)
    first, second, *rest = before["agencies"]
    new = {**second, "id": "qt-moi", "valid_from": ""}
    changed = {**first, "note": "đổi trụ sở"}
    found = differences(before, {"agencies": [changed, new, *rest]})
    assert [(one.kind, one.key) for one in found] == [
        (ChangeKind.CHANGED, "qb-ubnd@start"),
        (ChangeKind.ADDED, "qt-moi@start"),
        (ChangeKind.REMOVED, "qt-ubnd@2025-07-01"),
    ]
    assert found[0].fields == (("note", "", "đổi trụ sở"),)
    assert differences(before, before) == ()


@pytest.mark.parametrize(
    ("table", "field", "column"),
    [
        ("agencies", ("name", "vi"), "name_vi"),
        ("agencies", ("topics", 3), "topics"),
        ("agencies", ("valid_from",), "valid_from"),
        ("contacts", ("authority", "scope"), "authority_scope"),
        ("contacts", ("authority",), "authority_document"),
        ("contacts", ("email",), "email"),
        ("places", (), ""),
    ],
)
def test_a_fault_of_a_row_is_told_by_the_column_that_people_see(
    table: str, field: tuple[str | int, ...], column: str
) -> None:
    assert column_of(table, field) == column
