"""The desk served on a port, and a real Chromium that opens it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import uvicorn
from playwright.async_api import Browser, Page

from crisis.records import person, sign_in
from crisis.records.act import SYSTEM
from desk.door.gate import COOKIE

PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}

Open = Callable[..., Awaitable[Page]]


@pytest.fixture
async def served(desk: Any) -> AsyncIterator[str]:
    """The address at which the desk answers."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        config = uvicorn.Config(desk.app, log_level="error", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        serving = asyncio.ensure_future(server.serve(sockets=[door]))
        while not server.started:
            await asyncio.sleep(0)
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        await serving


@pytest.fixture
async def page_at(served: str, chromium: Browser, desk: Any) -> AsyncIterator[Open]:
    """Opens a path; anything a page complains of in the console fails the test."""
    complaints: list[str] = []
    async with AsyncExitStack() as stack:

        async def open_(
            path: str, *, wide: bool = False, script: bool = True, who: str = ""
        ) -> Page:
            context = await chromium.new_context(
                viewport=WIDE if wide else PHONE, java_script_enabled=script, locale="vi-VN"
            )
            stack.push_async_callback(context.close)
            if who:
                token = await signed_token(desk, who)
                await context.add_cookies([{"name": COOKIE, "value": token, "url": served}])
            page = await context.new_page()
            page.on("console", lambda said: complaints.append(said.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            await page.goto(f"{served}{path}")
            return page

        yield open_
    # A refused form, and the icon that a browser asks for by itself, are told as failed loads.
    assert [one for one in complaints if not one.startswith("Failed to load resource")] == []


async def signed_token(desk: Any, who: str) -> str:
    """The session of a person who gave the second factor."""
    async with desk.office.records.act(SYSTEM) as act:
        user = await person.by_id(act.session, desk.people[who].user)
        return (await sign_in.open_session(act, user, second_factor=True, replaces=None)).token


@pytest.fixture
def fits() -> Callable[[Page], Awaitable[bool]]:
    """Whether a page needs no scrolling sideways."""

    async def fits_(page: Page) -> bool:
        return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    return fits_
