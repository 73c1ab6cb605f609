"""A proposed change in a real browser: the timeline before and after, with its legal limits."""

from pathlib import Path
from typing import Any

import pytest

from crisis.records import content
from crisis.records.content import ContentKind

PATH = "/noi-dung/sua/playbook/press-request"
WHEN = "?muc=S1&nhan=2026-08-03T09:00"


@pytest.mark.parametrize("wide", [True, False], ids=["wide", "phone"])
@pytest.mark.parametrize(
    ("language", "due"), [("vi", "24:00 ngày 22/08/2026"), ("en", "22 Aug 2026, 24:00")]
)
async def test_the_timeline_of_a_press_request_tells_its_legal_limits_by_their_day(
    desk: Any, page_at: Any, fits: Any, tmp_path: Path, wide: bool, language: str, due: str
) -> None:
    async with desk.office.records.look() as session:
        text = (await content.active(session, ContentKind.PLAYBOOK, "press-request"))[1].decode()
    text = text.replace("version: 1", "version: 2", 1).replace("S1: 8wh}", "S1: 6wh}")
    coordinator = await desk.as_("coordinator")
    sent = await coordinator.post(PATH, {"reason": "Quy chế mới của tỉnh", "text": text})
    place = str(sent.headers["location"].partition("?")[0])
    page = await page_at(f"{place}{WHEN}&lang={language}", wide=wide, who="legal")
    await page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert await fits(page)
    legal = page.locator("tr", has_text={"vi": "HẠN LUẬT ĐỊNH", "en": "LEGAL DEADLINE"}[language])
    assert due in (await legal.first.inner_text())
    await page.screenshot(path=tmp_path / "proposal.png", full_page=True)
    await page.goto(f"{page.url.partition('/noi-dung')[0]}{place}/sau.svg{WHEN}")
    assert {"vi": "Hạn luật định", "en": "Legal deadline"}[language] in await page.content()
