"""The pages of press requests and of the law in a real browser, on a phone and on a desk."""

from pathlib import Path
from typing import Any

import pytest

TOLD = {
    "kind": "reply_in_press",
    "outlet": "Báo Ví Dụ",
    "subject": "Nước thải ở chợ Đông Hà",
    "question": "Bao giờ khắc phục xong?",
    "received_at": "2026-08-03T09:00",
}


@pytest.mark.parametrize("wide", [True, False], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
async def test_requests_and_rules_are_read_without_scrolling_sideways(
    desk: Any, page_at: Any, fits: Any, tmp_path: Path, wide: bool, language: str
) -> None:
    await desk.set_time("2026-08-05T10:00+07:00")
    clerk = await desk.as_("coordinator")
    sent = await clerk.post("/yeu-cau-bao-chi", TOLD)
    place = str(sent.headers["location"]).partition("?")[0]
    await clerk.post("/yeu-cau-bao-chi", TOLD | {"anyway": "1"})
    mark = {"vi": "chưa thẩm định", "en": "not yet signed"}[language]
    for number, path in enumerate(["/", "/yeu-cau-bao-chi", place, "/luat"]):
        page = await page_at(f"{path}?lang={language}", wide=wide, who="coordinator")
        assert await fits(page)
        assert await page.get_by_text(mark).count()
        await page.screenshot(path=tmp_path / f"{number}.png")


@pytest.mark.parametrize("wide", [True, False], ids=["wide", "phone"])
async def test_a_repeated_request_is_offered_and_recorded_by_a_second_press(
    desk: Any, page_at: Any, fits: Any, tmp_path: Path, wide: bool
) -> None:
    await desk.set_time("2026-08-05T10:00+07:00")
    await (await desk.as_("coordinator")).post("/yeu-cau-bao-chi", TOLD)
    page = await page_at("/yeu-cau-bao-chi/moi", wide=wide, who="coordinator")
    for name in ("outlet", "subject", "received_at"):
        await page.fill(f"#{name}", TOLD[name])
    await page.click("text=Ghi vào sổ")
    await page.wait_for_selector("text=Báo này đang chờ trả lời một yêu cầu gần giống")
    assert await fits(page)
    await page.screenshot(path=tmp_path / "offered.png")
    await page.click("text=Yêu cầu khác, ghi vào sổ")
    await page.wait_for_selector("text=Có thể trùng với yêu cầu đang chờ của cùng báo")
    assert await fits(page)
    await page.screenshot(path=tmp_path / "recorded.png")
