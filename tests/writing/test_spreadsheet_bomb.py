"""Workbooks made to fill the memory or to read files: refused, or read no further than a table."""

import io
import re
import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from crisis.model.errors import BadContent
from crisis.writing.spreadsheet import tables_in, xlsx_of

COLUMNS = ("a", "b")
SHEET = "xl/worksheets/sheet1.xml"
HONEST = xlsx_of({"t": (COLUMNS, [{"a": "1", "b": "2"}])})
CELL = b'<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>'


def repacked(change: Callable[[bytes], bytes]) -> bytes:
    """The honest workbook with its sheet changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(HONEST)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == SHEET else content)
    return out.getvalue()


def with_entities(declared: bytes, used: bytes) -> bytes:
    """The workbook whose sheet declares entities and uses one in its first cell."""
    told = b"<!DOCTYPE x [" + declared + b"]>"
    return repacked(
        lambda sheet: sheet.replace(b"<worksheet", told + b"<worksheet", 1).replace(
            b"<t>1</t>", b"<t>" + used + b"</t>"
        )
    )


def read(data: bytes) -> list[dict[str, str]]:
    return [dict(row) for row in tables_in(data, "x.xlsx", {"t": COLUMNS})["t"]]


def test_the_honest_workbook_is_read() -> None:
    assert read(repacked(lambda sheet: sheet)) == [{"a": "1", "b": "2"}]


def test_an_entity_bomb_is_refused() -> None:
    levels = b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"x" * 1000) for n in range(9)
    )
    with pytest.raises(BadContent):
        read(with_entities(levels, b"&a8;"))


def test_no_file_of_this_machine_is_read() -> None:
    with pytest.raises(BadContent):
        read(with_entities(b'<!ENTITY a SYSTEM "file:///etc/passwd">', b"&a;"))


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_unpacking() -> None:
    with pytest.raises(BadContent) as told:
        read(repacked(lambda sheet: sheet + b" " * 31 * 2**20))
    assert "unpacks to too much" in told.value.sentence.en


def test_a_workbook_that_lies_about_its_size_is_refused() -> None:
    padded = 2**21
    size = len(zipfile.ZipFile(io.BytesIO(HONEST)).read(SHEET)) + padded
    lying = repacked(lambda sheet: sheet + b" " * padded).replace(
        struct.pack("<I", size), struct.pack("<I", 1000)
    )
    with pytest.raises(BadContent):
        read(lying)


def test_a_cell_far_out_makes_no_row_of_thousands() -> None:
    """Each row with one cell in the last column that a sheet can have."""
    head = b'<row r="1">' + CELL % (b"A", 1, b"a") + CELL % (b"B", 1, b"b") + b"</row>"
    far = b"".join(b'<row r="%d">%s</row>' % (n, CELL % (b"XFD", n, b"x")) for n in range(2, 200))
    body = b"<sheetData>" + head + far + b"</sheetData>"
    data = repacked(lambda s: re.sub(rb"<sheetData>.*</sheetData>", body, s, flags=re.DOTALL))
    tracemalloc.start()
    try:
        assert read(data) == []
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * 2**20
