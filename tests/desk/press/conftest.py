"""A desk whose office has read two papers."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crisis.office.press import folder as press_folder
from crisis.records.schema.story import PressStory
from tests.office.press.conftest import Told, rss

AT = datetime.fromisoformat("2025-10-19T08:00+07:00")
FLOOD = Told(
    title="Quảng Trị: Sân trường Tiểu học Hải Lăng ngập nước, phụ huynh bức xúc",
    lead="Phụ huynh phản ánh UBND xã Hải Lăng chậm xử lý, sân trường ngập sâu suốt 3 tháng.",
    link="https://a.example/san-truong-1.htm",
    at=AT,
)
RETOLD = Told(
    title="Sân trường Tiểu học Hải Lăng ở Quảng Trị ngập nước, phụ huynh bức xúc",
    lead="Suốt 3 tháng sân trường ngập sâu, phụ huynh phản ánh UBND xã Hải Lăng chậm xử lý.",
    link="https://b.example/ngap-2.htm",
    at=AT,
)
CALM = Told(
    title="Đồng Hới khai mạc tuần lễ ẩm thực biển",
    lead="Hàng nghìn du khách dự lễ khai mạc tại quảng trường.",
    link="https://a.example/am-thuc-3.htm",
    at=AT,
)


@pytest.fixture
async def read(desk: Any, tmp_path: Path) -> Any:
    """A desk whose office has read two papers from a folder."""
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "bao-a.xml").write_bytes(rss(FLOOD, CALM))
    (folder / "bao-b.xml").write_bytes(rss(RETOLD))
    await press_folder.scan_folder(desk.office, folder, holder="test")
    return desk


@pytest.fixture
async def story(read: Any) -> PressStory:
    """The story that alerts."""
    async with read.office.records.look() as session:
        return (await session.scalars(select(PressStory).where(PressStory.alert))).one()
