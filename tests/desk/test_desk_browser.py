"""The desk in a real browser, phone and desktop, with and without JavaScript."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pyotp
import pytest
import uvicorn
from playwright.async_api import Browser, Page

from desk.web import make_app

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@asynccontextmanager
async def serving(desk: Any) -> AsyncIterator[str]:
    """The desk on a free port of loopback."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        desk.office.settings = desk.office.settings.model_copy(update={"public_url": url})
        server = uvicorn.Server(uvicorn.Config(make_app(desk.office), log_level="warning"))
        running = asyncio.ensure_future(server.serve(sockets=[door]))
        try:
            yield url
        finally:
            server.should_exit = True
            await running


async def fits(page: Page) -> None:
    """Nothing sticks out sideways, and everything that is tapped is large enough."""
    box = await page.locator("main").bounding_box()
    assert box
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert box["x"] + box["width"] <= width
    for button in await page.locator("main button:visible:not([aria-hidden])").all():
        size = await button.bounding_box()
        assert size
        assert size["height"] >= 44
        assert size["x"] + size["width"] <= width


async def sign_in(page: Page, url: str, who: Any) -> None:
    await page.goto(f"{url}/vao")
    await page.fill("#email", who.email)
    await page.fill("#password", who.password)
    await page.click("main button")
    if who.totp:
        await page.fill("#code", pyotp.TOTP(who.totp).now())
        await page.click("main form >> nth=0 >> button")
    await page.wait_for_url(f"{url}/")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_a_coordinator_takes_in_a_report_and_judges_it(
    desk: Any, chromium: Browser, screen: Any, *, scripts: bool
) -> None:
    async with serving(desk) as url:
        context = await chromium.new_context(viewport=screen, java_script_enabled=scripts)
        page = await context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        await sign_in(page, url, desk.people["coordinator"])
        await fits(page)
        await page.click("nav >> text=Nhập tin mới")
        await fits(page)
        await page.fill("#title", "Sân trường ngập <b>nước</b>")
        await page.fill("#outlet", "Báo Ví Dụ")
        await page.fill("#published_at", "2025-10-19T07:00")
        await page.select_option("#topic", "schools")
        await page.fill("#claim-0-vi", "Sân trường bị ngập")
        await page.click("text=Thêm dòng")
        assert await page.input_value("#claim-0-vi") == "Sân trường bị ngập"
        await page.fill("#claim-3-vi", "Nước không thoát")
        await page.click("button:has-text('Mở vụ việc')")
        await page.wait_for_url(f"{url}/vu-viec/DT-2025-0001?da=opened")
        assert await page.locator("h1").inner_text() == "Sân trường ngập <b>nước</b>"
        await fits(page)
        await page.click("summary:has-text('Xác định mức độ')")
        await page.check("input[name=severity][value=S3]")
        await page.click("#judge button")
        await page.wait_for_url(f"{url}/vu-viec/DT-2025-0001?da=judge#can-lam")
        assert await page.locator(".case-head .severity").inner_text() == "S3"
        assert said == []


async def test_an_approver_gives_the_second_factor_in_the_browser(
    desk: Any, chromium: Browser
) -> None:
    async with serving(desk) as url:
        page = await (await chromium.new_context(viewport=PHONE)).new_page()
        await sign_in(page, url, desk.people["approver"])
        await fits(page)
        assert await page.locator("nav >> text=Phê duyệt của tôi").count() == 1


async def test_every_page_of_an_incident_fits_a_phone_in_both_languages(
    desk: Any, chromium: Browser
) -> None:
    code = await desk.report(claims=[{"text": "Một điều rất dài " * 20}])
    async with serving(desk) as url:
        page = await (await chromium.new_context(viewport=PHONE)).new_page()
        await sign_in(page, url, desk.people["coordinator"])
        for tail in ("", "/phat-ngon", "/dien-bien?xem=tat-ca", "/thu", "/luot-chay"):
            for language in ("vi", "en"):
                await page.goto(
                    f"{url}/vu-viec/{code}{tail}{'&' if '?' in tail else '?'}lang={language}"
                )
                await fits(page)
                wide = await page.evaluate("document.documentElement.scrollWidth")
                assert wide <= PHONE["width"], tail
