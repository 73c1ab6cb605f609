"""Brief, trends and the filter as pages, files and letters, in both languages."""

from datetime import datetime
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from crisis.office.press import folder as press_folder
from crisis.records.schema.lesson import PressLabel
from crisis.records.schema.mail import Mail
from crisis.records.schema.press import PressItem

PRINTED = (
    ("Dân xã Lệ Thủy chờ sổ đỏ nhiều năm", "UBND xã ở Quảng Trị thừa nhận hồ sơ tồn đọng."),
    ("Bệnh viện ở Quảng Trị cứu sống sản phụ", "Các bác sĩ đã mổ cấp cứu thành công."),
    ("Chủ tịch xã ở Cà Mau bị cách chức", "Tin của tỉnh khác."),
)
AT = datetime.fromisoformat("2025-10-19T05:40+07:00")


@pytest.fixture
async def read(desk: Any, tmp_path: Path) -> Any:
    """A desk whose press watch read a paper this morning."""
    items = "".join(
        f"<item><title>{escape(title)}</title><link>https://bao.example/{n}</link>"
        f"<description>{escape(lead)}</description>"
        f"<pubDate>{AT:%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
        for n, (title, lead) in enumerate(PRINTED)
    )
    feed = f"<rss version='2.0'><channel><title>Báo</title>{items}</channel></rss>"
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "bao-thu.xml").write_text(feed, encoding="utf8")
    await press_folder.scan_folder(desk.office, folder, holder="test")
    return desk


async def test_the_brief_tells_what_is_about_us_with_outlet_tone_and_what_was_done(
    read: Any, coordinator: Any
) -> None:
    page = (await coordinator.get("/diem-bao?ngay=2025-10-19")).text
    assert "Điểm báo ngày 19/10/2025" in page
    assert "Đã đọc 3 tin; 2 tin về tỉnh" in page
    assert "Tin cần xử lý" in page
    assert "Dân xã Lệ Thủy chờ sổ đỏ nhiều năm" in page
    assert "Chưa xử lý" in page
    assert "UBND xã Lệ Thủy" in page
    assert "Cà Mau" not in page
    assert '<svg viewBox="0 0 600 190" ' in page


@pytest.mark.parametrize("path", ["/diem-bao", "/diem-bao/xu-huong?ky=7", "/diem-bao/bo-loc"])
async def test_each_page_is_in_english_too_and_needs_a_sign_in(
    read: Any, coordinator: Any, client: Any, path: str
) -> None:
    joint = "&" if "?" in path else "?"
    shown = await coordinator.get(f"{path}{joint}lang=en")
    assert shown.status_code == 200
    assert any(word in shown.text for word in ("Press brief", "Press trends", "Press filter"))
    assert (await client.get(path)).status_code in {303, 307}


@pytest.mark.parametrize(("kind", "begins"), [("docx", b"PK"), ("pdf", b"%PDF-")])
async def test_the_brief_can_be_taken_along_as_a_file(
    read: Any, coordinator: Any, kind: str, begins: bytes
) -> None:
    got = await coordinator.get(f"/diem-bao/tep/2025-10-19.{kind}")
    assert got.content.startswith(begins)
    assert f'filename="diem-bao-2025-10-19.{kind}"' in got.headers["content-disposition"]
    assert (await coordinator.get("/diem-bao/tep/2025-10-19.exe")).status_code == 404
    assert (await coordinator.get("/diem-bao/tep/hom-qua.pdf")).status_code == 422


async def test_a_coordinator_mails_the_brief_and_others_may_not(
    read: Any, coordinator: Any
) -> None:
    sent = await coordinator.post("/diem-bao/gui", {"ngay": "2025-10-19"})
    assert sent.status_code == 303
    async with read.office.records.look() as session:
        rows = (await session.scalars(select(Mail).where(Mail.letter == "press_brief"))).all()
    assert [row.recipient for row in rows] == ["lanhdao@vanphong.example"]
    assert "1 tin tiêu cực trong 2 tin về tỉnh" in rows[0].subject
    auditor = await read.as_("auditor")
    assert (await auditor.post("/diem-bao/gui", {"ngay": "2025-10-19"})).status_code == 403


async def test_trends_stand_beside_the_number_of_items(read: Any, coordinator: Any) -> None:
    page = (await coordinator.get("/diem-bao/xu-huong?ky=7")).text
    assert "2 tin về tỉnh, 1 tin tiêu cực (50%)" in page
    assert "còn ít tin" in page
    assert "xã Lệ Thủy" in page


async def test_a_click_says_what_the_judge_got_wrong(read: Any, coordinator: Any) -> None:
    async with read.office.records.look() as session:
        item = await session.scalar(select(PressItem).where(PressItem.title == PRINTED[0][0]))
    answered = await coordinator.post("/diem-bao/bo-loc", {"item": item.id, "said": "not_us"})
    assert answered.headers["location"] == f"/diem-bao/bo-loc?da=ghi#tin-{item.id}"
    page = (await coordinator.get("/diem-bao/bo-loc")).text
    assert 'value="not_us" class="second chosen" aria-pressed="true"' in page
    async with read.office.records.look() as session:
        [label] = (await session.scalars(select(PressLabel))).all()
    assert (label.said, label.by) == ("not_us", coordinator.user)
    refused = await coordinator.post("/diem-bao/bo-loc", {"item": item.id, "said": "maybe"})
    assert refused.status_code == 422


async def test_what_was_printed_this_morning_stands_in_the_brief_that_grows(
    read: Any, coordinator: Any
) -> None:
    today = (await coordinator.get("/diem-bao")).text
    assert 'href="/diem-bao?ngay=2025-10-20"' in today
    growing = (await coordinator.get("/diem-bao?ngay=2025-10-20")).text
    assert "Điểm báo ngày 20/10/2025" in growing
    assert "Từ 06:30 ngày 19/10 đến 10:00 ngày 19/10" in growing
    await read.set_time("2025-10-19T06:00+07:00")
    assert "?ngay=2025-10-20" not in (await coordinator.get("/diem-bao")).text


async def test_the_brief_as_a_file_tells_the_news_before_the_week(
    read: Any, coordinator: Any
) -> None:
    got = await coordinator.get("/diem-bao/tep/2025-10-19.docx")
    told = ZipFile(BytesIO(got.content)).read("word/document.xml").decode()
    assert told.index("Điểm báo ngày 19/10/2025") < told.index("Dân xã Lệ Thủy chờ sổ đỏ")
    assert told.index("Chưa xử lý") < told.index("Bảy ngày qua")
    assert "DIỄN TẬP – " in told


async def test_a_day_that_has_not_come_has_no_brief(read: Any, coordinator: Any) -> None:
    shown = await coordinator.get("/diem-bao?ngay=2025-10-25")
    assert shown.status_code == 422
    assert "Ngày này chưa đến." in shown.text
    assert (await coordinator.get("/diem-bao/tep/2025-10-25.pdf")).status_code == 422
    assert (await coordinator.post("/diem-bao/gui", {"ngay": "2025-10-25"})).status_code == 422
