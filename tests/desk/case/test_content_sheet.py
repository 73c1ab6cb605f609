"""The directory goes out of the desk as a workbook and comes back as a proposal."""

import io
from typing import Any

from openpyxl import load_workbook

from crisis.model.directory_table import COLUMNS

BOOK = "/noi-dung/danh-ba.xlsx"
CONTACTS = "/noi-dung/sua/contacts/contacts"
DIRECTORY = "/noi-dung/sua/directory/directory"
REASON = {"reason": "Thay người đầu mối", "text": "giữ lại"}


async def changed(browser: Any, sheet: str, column: str, before: str, after: str | None) -> bytes:
    """The workbook of the desk with every such cell changed; without its rows where None."""
    book = load_workbook(io.BytesIO((await browser.get(BOOK)).content))
    at = COLUMNS[sheet].index(column) + 1
    for row in range(book[sheet].max_row, 1, -1):
        cell = book[sheet].cell(row=row, column=at)
        if cell.value == before and after is None:
            book[sheet].delete_rows(row)
        elif cell.value == before:
            cell.value = after
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def test_a_changed_workbook_is_proposed_as_the_file_it_makes(coordinator: Any) -> None:
    assert 'href="/noi-dung/danh-ba.xlsx"' in (await coordinator.get(CONTACTS)).text
    data = await changed(coordinator, "contacts", "name", "Bùi Thị Thử", "Bùi Thị Thử Mới")
    sent = await coordinator.post(CONTACTS, REASON, files={"file": ("danh-ba.xlsx", data)})
    assert sent.status_code == 303, sent.text
    shown = (await coordinator.get(sent.headers["location"])).text
    assert "Bùi Thị Thử Mới" in shown


async def test_a_workbook_after_which_a_rung_is_empty_is_refused_with_the_playbook_s_line(
    coordinator: Any,
) -> None:
    data = await changed(coordinator, "contacts", "agency", "qt-vpubnd", None)
    sent = await coordinator.post(CONTACTS, REASON, files={"file": ("danh-ba.xlsx", data)})
    assert sent.status_code == 422
    assert "press-report.yaml:" in sent.text
    assert "không có ai đương nhiệm" in sent.text


async def test_a_fault_of_a_workbook_names_sheet_and_row_and_nothing_typed_is_lost(
    coordinator: Any,
) -> None:
    data = await changed(coordinator, "agencies", "parent", "qt-ubnd", "qt-khong-co")
    sent = await coordinator.post(DIRECTORY, REASON, files={"file": ("danh-ba.xlsx", data)})
    assert sent.status_code == 422
    assert "danh-ba.xlsx [agencies]:" in sent.text
    assert "giữ lại" in sent.text
    broken = await coordinator.post(DIRECTORY, REASON, files={"file": ("a.xlsx", b"PK no")})
    assert "Không đọc được tệp XLSX." in broken.text
    other = await coordinator.post(
        CONTACTS, REASON, files={"file": ("linh-vuc.csv", "id,vi,en\nroads,đường,roads\n".encode())}
    )
    assert "Tệp không có bảng nào của nội dung này" in other.text
