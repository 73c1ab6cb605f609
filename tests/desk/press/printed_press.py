"""A press watch with a month of invented papers read, and what people did with them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from crisis.office.press import deciding as press_deciding
from crisis.office.press import learning as press_learning
from crisis.office.press import opening as press_opening
from crisis.records import press_mute, press_source, press_story
from crisis.records.schema.press import PressItem
from crisis.records.schema.story import PressStory
from tests.office.press.conftest import Papers, Told, Watch, answer

NOW = datetime.fromisoformat("2025-10-19T10:00+07:00")
LONG = "Quảng Trị: " + "chợ đầu mối bỏ hoang nhiều năm, tiểu thương kêu cứu, " * 5
WORDS = (
    ("Dân xã Lệ Thủy chờ sổ đỏ nhiều năm", "UBND xã Lệ Thủy, Quảng Trị thừa nhận hồ sơ tồn đọng."),
    ("Bệnh viện ở Quảng Trị cứu sống sản phụ", "Các bác sĩ đã mổ cấp cứu thành công."),
    ("Bãi rác Ba Lòng bốc mùi, hàng trăm hộ kêu cứu", "UBND xã Ba Lòng, Quảng Trị xin lỗi dân."),
    ("Quảng Trị khánh thành trường học mới", "Học sinh xã Hải Lăng phấn khởi đến lớp."),
    ("Đường ven biển Quảng Trị chậm tiến độ", "Ban Quản lý dự án bị nhắc nhở vì chậm trễ."),
    ("Quảng Trị công bố lịch tuyển sinh", "Sở Giáo dục và Đào tạo Quảng Trị thông báo lịch thi."),
)
FLOOD = Told(
    title="Quảng Trị: Sân trường Tiểu học Hải Lăng ngập nước, phụ huynh bức xúc",
    lead="Phụ huynh phản ánh UBND xã Hải Lăng chậm xử lý, sân trường ngập sâu suốt 3 tháng.",
    at=NOW - timedelta(hours=3),
)
RETOLD = Told(
    title="Sân trường Tiểu học Hải Lăng ở Quảng Trị ngập nước, phụ huynh bức xúc",
    lead="Suốt 3 tháng sân trường ngập sâu, phụ huynh phản ánh UBND xã Hải Lăng chậm xử lý.",
    at=NOW - timedelta(hours=2),
)
SICK = {
    "/hong": answer(b"<html><body>Trang nhat</body></html>", "Content-Type: text/html"),
    "/cam": answer(b"", status="403 Forbidden"),
}


@dataclass(frozen=True, kw_only=True)
class Printed:
    """The ids that tests open."""

    flood: str
    opened: str


def _told() -> list[Told]:
    """Thirty days of items, and today's."""
    told = [
        Told(title=f"{title} (kỳ {day + 1})", lead=lead, at=NOW - timedelta(days=day, hours=4))
        for day in range(31)
        for title, lead in (WORDS[day % 6], WORDS[(day + 1) % 6])
    ]
    ill = Told(title=LONG, lead="Dân kêu cứu, chính quyền xã Hải Lăng im lặng.", at=NOW)
    fire = Told(
        title="Quảng Trị: Cán bộ xã Hướng Hóa bị tố nhũng nhiễu khi cấp phép xây dựng",
        lead="Người dân tố cán bộ UBND xã Hướng Hóa đòi tiền, vòi vĩnh.",
        at=NOW - timedelta(hours=5),
    )
    far = Told(title="Chủ tịch xã ở Cà Mau bị cách chức", lead="Tin tỉnh khác.", at=None)
    return [*told, ill, fire, far]


def _linked(name: str, told: list[Told]) -> list[Told]:
    return [
        Told(title=t.title, lead=t.lead, at=t.at, link=f"https://{name}.example/tin-{n}.htm")
        for n, t in enumerate(told)
    ]


@asynccontextmanager
async def reading(desk: Any) -> AsyncIterator[Watch]:
    """The press watch of a desk with papers on loopback."""
    networks = {"outward_networks": "loopback"}
    desk.office.settings = desk.office.settings.model_copy(update=networks)
    papers = Papers(pages=dict(SICK))
    server = await asyncio.start_server(papers.serve, "127.0.0.1", 0)
    papers.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield Watch(house=desk, papers=papers)
    finally:
        server.close()
        await server.wait_closed()


async def fill(desk: Any) -> Printed:
    """Papers are read twice, one edits its headline; then people decide."""
    async with reading(desk) as watch:
        for name in ("bao-mot", "bao-hai", "bao-ba"):
            await watch.source(name, f"/{name}")
        for path in SICK:
            await watch.source(f"nguon{path.replace('/', '-')}", path)
        watch.prints("/bao-mot", *_linked("bao-mot", [FLOOD, *_told()]))
        watch.prints("/bao-hai", *_linked("bao-hai", [RETOLD]))
        watch.prints("/bao-ba", *_linked("bao-ba", _told()[-3:]))
        await watch.scan()
        calm = FLOOD.title.replace("bức xúc", "lo lắng")
        edited = Told(title=calm, lead=FLOOD.lead, at=FLOOD.at)
        watch.prints("/bao-mot", *_linked("bao-mot", [edited, *_told()]))
        await watch.scan()
        await _list_more(desk)
        return await _decide(desk)


async def _list_more(desk: Any) -> None:
    new = press_source.NewSource(
        id="bao-tat",
        name="Báo Chưa Bật",
        tier="trung_uong",
        addresses={"https://tat.example/rss/" + "chuyen-muc-rat-dai/" * 8: None},
    )
    async with desk.office.records.act(desk.actor("coordinator")) as act:
        await press_source.put_source(act, new)


async def _decide(desk: Any) -> Printed:
    async with desk.office.records.act(desk.actor("coordinator")) as act:
        fire = await _story(act, "nhũng nhiễu")
        flood = await _story(act, "Sân trường")
        await press_opening.open_incident(desk.office, act, fire)
        await press_deciding.dismiss(act, await _story(act, "Bãi rác"), "Việc của năm ngoái")
        await press_story.merge(act, await _story(act, "chậm tiến độ"), flood)
        for kind, target in (
            ("source", "bao-ba"),
            ("topic", "schools"),
            ("story", (await _story(act, "chợ đầu mối")).id),
        ):
            until = NOW + timedelta(days=7)
            await press_mute.mute(act, kind=kind, target=target, until=until, reason="Tin cũ")
        items = (await act.session.scalars(select(PressItem))).all()
        for number, item in enumerate(items):
            said = ("yes", "not_us", "wrong_tone")[number % 3]
            await press_learning.label(act, item.id, said)
        await press_learning.train(desk.office, act)
        return Printed(flood=flood.id, opened=fire.id)


async def _story(act: Any, part: str) -> PressStory:
    found = await act.session.scalars(
        select(PressStory).where(PressStory.title.contains(part), PressStory.state == "new")
    )
    return found.first()
