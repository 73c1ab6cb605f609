"""Tone over time for one body, topic or place, with what it is a share of."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crisis.office.press import folder as press_folder
from crisis.records.schema.mail import Mail
from tests.desk.press.conftest import AT, CALM, FLOOD
from tests.office.press.conftest import Told, rss

OLDER = Told(
    title="Quảng Trị: UBND xã Hải Lăng khen thưởng học sinh giỏi",
    lead="Lễ khen thưởng diễn ra tại xã Hải Lăng.",
    link="https://a.example/khen-9.htm",
    at=AT - timedelta(days=3),
)


@pytest.fixture
async def read(desk: Any, tmp_path: Path) -> Any:
    """A desk that read bad news and good news of one commune."""
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "bao-a.xml").write_bytes(rss(FLOOD, CALM, OLDER))
    await press_folder.scan_folder(desk.office, folder, holder="test")
    return desk


def part(page: str, name: str) -> str:
    return page[page.index(f'id="{name}"') :].partition("</section>")[0]


async def test_a_row_leads_to_the_tone_over_time_of_its_body_beside_all_its_items(
    read: Any, coordinator: Any
) -> None:
    page = (await coordinator.get("/diem-bao/xu-huong?ky=7")).text
    [link] = re.findall(r'href="([^"]+)">UBND xã Hải Lăng</a>', page)
    shown = part((await coordinator.get(link.replace("&amp;", "&"))).text, "bieu-do")
    assert "Cơ quan: UBND xã Hải Lăng – sắc thái theo ngày" in shown
    assert "<strong>1 trên 2 tin</strong> là tiêu cực" in shown
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td>', shown)
    assert rows == [("17/10", "0 trên 1 tin"), ("20/10", "1 trên 1 tin")]


async def test_who_has_no_item_is_not_shown_and_the_whole_province_is(
    read: Any, coordinator: Any
) -> None:
    for asked in ("agency.khong-co", "person.ai-do", "xss<b>", "agency."):
        shown = await coordinator.get("/diem-bao/xu-huong", params={"ky": "7", "ve": asked})
        assert "Toàn tỉnh – sắc thái theo ngày" in part(shown.text, "bieu-do")


async def test_page_and_letter_of_the_brief_show_the_worst_told_over_the_same_days(
    read: Any, coordinator: Any
) -> None:
    page = part((await coordinator.get("/diem-bao?ngay=2025-10-20")).text, "nhieu")
    assert "UBND xã Hải Lăng" in page
    assert "1 trên 2 tin tiêu cực" in page
    assert "xã Hải Lăng" in page.partition("Địa bàn")[2]
    await coordinator.post("/diem-bao/gui", {"ngay": "2025-10-20"})
    async with read.office.records.look() as session:
        [letter] = (await session.scalars(select(Mail).where(Mail.letter == "press_brief"))).all()
    assert "1 tin tiêu cực trong 2 tin về tỉnh" in letter.subject
