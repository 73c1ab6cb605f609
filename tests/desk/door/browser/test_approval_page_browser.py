"""Approving on a phone: few taps, with and without scripts."""

from typing import Any

import pytest
from playwright.async_api import expect


@pytest.mark.parametrize("script", [True, False])
async def test_approving_takes_at_most_three_taps_after_signing_in(
    pending: str, page_at: Any, script: bool
) -> None:
    page = await page_at(f"/duyet/{pending}", who="approver", script=script)
    await page.locator("summary", has_text="Phê duyệt").click()
    await page.get_by_role("button", name="Xác nhận phê duyệt").click()
    await expect(page.get_by_text("Đã ghi nhận: phê duyệt.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
async def test_returning_asks_for_the_reason(pending: str, page_at: Any, script: bool) -> None:
    page = await page_at(f"/duyet/{pending}", who="approver", script=script)
    await page.get_by_text("Trả lại hoặc không duyệt").click()
    await page.get_by_label("Lý do (bắt buộc)").fill("Cần nêu thời hạn khắc phục")
    await page.get_by_role("button", name="Trả lại để sửa").click()
    await expect(page.get_by_text("Đã ghi nhận: trả lại để sửa.")).to_be_visible()


@pytest.mark.parametrize("wide", [False, True])
async def test_the_texts_fit_and_the_decision_stays_in_reach(
    pending: str, page_at: Any, fits: Any, wide: bool
) -> None:
    page = await page_at(f"/duyet/{pending}", who="approver", wide=wide)
    assert await fits(page)
    await expect(page.locator("summary", has_text="Phê duyệt")).to_be_in_viewport()
    await page.evaluate("scrollTo(0, 600)")
    await expect(page.locator("summary", has_text="Phê duyệt")).to_be_in_viewport()


async def test_the_list_leads_to_the_statement(pending: str, page_at: Any, fits: Any) -> None:
    page = await page_at("/duyet", who="approver")
    assert await fits(page)
    await page.locator(".waiting a").click()
    await expect(page.locator("summary", has_text="Phê duyệt")).to_be_visible()
