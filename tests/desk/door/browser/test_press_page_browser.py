"""Every press page in a real browser: phone and desk, Vietnamese and English, full of news."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.desk.press.printed_press import Printed, fill

PATHS = (
    "/bao-chi?",
    "/bao-chi?xem=tat-ca&",
    "/bao-chi?xem=da-mo&",
    "/bao-chi?xem=khong-lien-quan&",
    "/bao-chi/{flood}?",
    "/bao-chi/{opened}?",
    "/bao-chi/nguon?",
    "/diem-bao?",
    "/diem-bao?ngay=2025-10-15&",
    "/diem-bao/xu-huong?",
    "/diem-bao/xu-huong?ky=90&",
    "/diem-bao/bo-loc?",
)
RAW = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d|[0-9a-f]{8}-[0-9a-f]{4}-|\b[a-z]+_[a-z_]+\b|\bNone\b|\{\{"
    r"|\b(source|story|topic|shared_links)[:=]"
)


@pytest.fixture
async def printed(desk: Any) -> Printed:
    """A month of papers, and what people did with them."""
    return await fill(desk)


async def walk(page: Page, printed: Printed) -> Any:
    """Open every press page in both languages, with everything unfolded."""
    origin = page.url.partition("/bao-chi")[0]
    for path in PATHS:
        told = path.format(flood=printed.flood, opened=printed.opened)
        for language in ("vi", "en"):
            await page.goto(f"{origin}{told}lang={language}")
            await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            yield f"{told}{language}"


@pytest.mark.parametrize("wide", [False, True])
async def test_every_page_fits_and_shows_no_raw_key_id_or_time(
    printed: Printed, page_at: Any, fits: Any, wide: bool
) -> None:
    page = await page_at("/bao-chi", wide=wide, who="coordinator")
    async for where in walk(page, printed):
        assert await fits(page), where
        assert RAW.findall(await page.inner_text("body")) == [], where
        assert await page.locator("nav.tabs a").count() == 5, where
        assert await page.locator("nav.tabs a[aria-current]").count() == 1, where
        for chart in await page.locator("svg[role=img]").all():
            told = chart.locator("xpath=..").locator("figcaption")
            assert await told.is_visible(), where


async def test_what_a_finger_has_to_hit_is_large_enough(printed: Printed, page_at: Any) -> None:
    page = await page_at("/bao-chi", who="coordinator")
    async for where in walk(page, printed):
        small = await page.evaluate(
            "[...document.querySelectorAll('main button, main summary, main select, main .button')]"
            ".filter(e => e.offsetHeight && e.offsetHeight < 44).map(e => e.outerHTML)"
        )
        assert small == [], where


@pytest.mark.parametrize("script", [True, False])
async def test_a_mute_in_the_past_is_refused_with_what_was_typed_and_then_taken(
    printed: Printed, page_at: Any, script: bool
) -> None:
    page = await page_at(f"/bao-chi/{printed.opened}", script=script, who="coordinator")
    form = page.locator("#f-tam-dung")
    await form.locator("summary").click()
    await form.get_by_label("Đến lúc").fill("2025-10-18T08:00")
    await form.get_by_label("Lý do (bắt buộc)").fill("Đã trả lời báo")
    await form.get_by_role("button", name="Tạm dừng").click()
    await expect(page.get_by_role("alert")).to_contain_text("một thời điểm sau lúc này")
    await expect(form.get_by_label("Lý do (bắt buộc)")).to_have_value("Đã trả lời báo")
    await form.get_by_label("Đến lúc").fill("2025-10-25T08:00")
    await form.get_by_role("button", name="Tạm dừng").click()
    await expect(page.get_by_role("status")).to_have_text("Đã tạm dừng cảnh báo.")
    await expect(page.locator("#viec")).to_contain_text("Đã trả lời báo")


@pytest.mark.parametrize("script", [True, False])
async def test_an_older_brief_is_chosen_and_mailed_and_stays_in_front(
    printed: Printed, page_at: Any, script: bool
) -> None:
    page = await page_at("/diem-bao", script=script, who="coordinator")
    await page.get_by_label("Ngày", exact=True).fill("2025-10-15")
    await page.get_by_role("button", name="Xem").click()
    await page.get_by_role("button", name="Gửi thư tới 1 lãnh đạo").click()
    await expect(page.get_by_role("status")).to_contain_text("hàng chờ gửi tới 1 lãnh đạo")
    await expect(page.locator("h1")).to_have_text("Điểm báo ngày 15/10/2025")
