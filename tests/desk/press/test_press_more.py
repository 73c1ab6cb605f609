"""Sources beside the office's own, stories to merge with, and what is there already."""

from typing import Any

from sqlalchemy import func, select

from crisis.records.schema.press import PressFeed
from crisis.records.schema.story import PressStory


async def number_of(desk: Any) -> int:
    async with desk.office.records.look() as session:
        return int(await session.scalar(select(func.count()).select_from(PressFeed)))


async def test_missing_shipped_sources_are_added_beside_own_ones_and_then_no_longer_offered(
    desk: Any, coordinator: Any
) -> None:
    own = {"name": "Báo Ví Dụ", "url": "https://vidu.example/rss"}
    await coordinator.post("/bao-chi/nguon/moi", own)
    assert await number_of(desk) == 1
    offered = "Thêm các nguồn mẫu còn thiếu"
    assert offered in (await coordinator.get("/bao-chi/nguon")).text
    answer = await coordinator.post("/bao-chi/nguon/mau")
    assert answer.headers["location"].endswith("da=press-listed")
    there = await number_of(desk)
    assert there > 30
    assert offered not in (await coordinator.get("/bao-chi/nguon")).text
    answer = await coordinator.post("/bao-chi/nguon/mau")
    assert answer.headers["location"].endswith("da=press-all-there")
    assert await number_of(desk) == there


async def test_a_known_address_is_said_to_be_there(read: Any, coordinator: Any) -> None:
    sent = {"name": "Báo Ví Dụ", "url": "https://vidu.example/rss"}
    added = await coordinator.post("/bao-chi/nguon/moi", sent)
    assert added.headers["location"].endswith("da=press-listed")
    again = await coordinator.post("/bao-chi/nguon/moi", sent | {"name": "Tên khác"})
    shown = await coordinator.get(again.headers["location"])
    assert "Địa chỉ này đã có trong danh sách" in shown.text
    assert "Tên khác" not in shown.text


async def test_a_story_to_merge_with_is_searched_by_words_of_its_title(
    read: Any, story: PressStory, coordinator: Any
) -> None:
    page = (await coordinator.get(f"/bao-chi/{story.id}?tim=am thuc bien")).text
    chooser = page[page.index('id="into"') :].partition("</select>")[0]
    assert chooser.count("<option") == 2
    assert "tuần lễ ẩm thực biển" in chooser
    none = (await coordinator.get(f"/bao-chi/{story.id}?tim=khong-co-tu-nay")).text
    assert "Không có câu chuyện nào khác với các từ này." in none
