"""Cells of exported tables: nothing in them runs, and what was exported reads back the same."""

import csv
import io

import pytest
from openpyxl import load_workbook

from crisis.writing.spreadsheet import csv_of, tables_in, xlsx_of

CELLS = [
    f"{before}{sign}HYPERLINK(1)"
    for before in ("", " ", "  ", "\t", "\n", "\r", "\u00a0", "\u3000")
    for sign in ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
]
COLUMNS = ("a", "b")


@pytest.mark.parametrize("text", CELLS)
def test_a_text_that_a_spreadsheet_may_run_is_guarded_and_read_back(text: str) -> None:
    rows = [{"a": text, "b": "x"}]
    shown = next(csv.DictReader(io.StringIO(csv_of(COLUMNS, rows).decode("utf-8-sig"))))
    assert shown["a"].startswith("'")
    sheet = load_workbook(io.BytesIO(xlsx_of({"t": (COLUMNS, rows)})))["t"]
    assert (sheet["A2"].data_type, str(sheet["A2"].value)[0]) == ("s", "'")
    back = tables_in(csv_of(COLUMNS, rows), "t.csv", {"t": COLUMNS})["t"][0]["a"]
    assert back.rstrip() == text.rstrip()


@pytest.mark.parametrize("text", ["'=1", "  'x", "'"])
def test_an_apostrophe_of_the_text_itself_is_kept(text: str) -> None:
    rows = [{"a": text, "b": "x"}]
    for name, data in (
        ("t.csv", csv_of(COLUMNS, rows)),
        ("t.xlsx", xlsx_of({"t": (COLUMNS, rows)})),
    ):
        assert tables_in(data, name, {"t": COLUMNS})["t"][0]["a"] == text


@pytest.mark.parametrize("text", ["Sở Y tế", "3-4 giờ", "a=b", "", " lề"])
def test_any_other_text_is_left_alone(text: str) -> None:
    shown = csv_of(("a",), [{"a": text}]).decode("utf-8-sig")
    assert "'" not in shown
