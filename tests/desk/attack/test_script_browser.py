"""Scripts in every text field, seen in a real Chromium: none runs, and the CSP has nothing to stop.

Each form is filled and sent by the browser, once with honest choices and marked-up texts and once
with markup in everything; then every page, mail and print that may show the texts is opened.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page
from sqlalchemy import select

from crisis.records import mail
from crisis.records.schema.mail import Mail
from desk.door.gate import COOKIE
from tests.desk.attack.conftest import Besieged, besieging
from tests.desk.attack.web_form import forms_of, walk
from tests.office.press.conftest import Told

MARK = "ran_a_script"
IMG = f"<img src=x onerror={MARK}(1)>"
PAYLOAD = (
    f"\"'></textarea></title></style>{IMG}<script>{MARK}(2)</script>"
    f"<svg onload={MARK}(3)><a href=javascript:{MARK}(4)>x</a>{{{{7*7}}}}"
)
FILE_NAME = f"bien ban {IMG}.txt"
LINK = f"javascript:{MARK}(5)"
FILL = """
([form, text, everything]) => {
  for (const field of form.elements) {
    if (["csrf", "nonce"].includes(field.name) || field.type === "file") continue;
    if (["BUTTON", "FIELDSET", "OUTPUT"].includes(field.tagName)) continue;
    if (field.type === "checkbox" || field.type === "radio") { field.checked = true; continue; }
    if (field.tagName === "SELECT") {
      if (everything) field.add(new Option(text, text, true, true));
      else field.selectedIndex = field.options.length - 1;
      continue;
    }
    const plain = ["text", "textarea", "search"].includes(field.type);
    if (plain || everything) { field.type = "text"; field.value = text; continue; }
    const honest = {"datetime-local": "2025-10-19T09:30", "date": "2025-10-20", "number": "1",
                    "email": "ai@bao.example", "url": "https://bao.example/?q=<script>"};
    if (!field.value && honest[field.type]) field.value = honest[field.type];
  }
  form.noValidate = true;
  const buttons = [...form.elements].filter(one => one.type === "submit");
  form.requestSubmit(buttons[buttons.length - 1] || undefined);
}
"""
PLANTED = """
() => [...document.querySelectorAll("*")].filter(one =>
  (one.tagName === "SCRIPT" && !one.src) || ["IFRAME", "OBJECT", "EMBED"].includes(one.tagName)
  || [...one.attributes].some(at => at.name.startsWith("on")
     || (["href", "src", "action", "formaction"].includes(at.name)
         && /^\\s*(javascript|data|vbscript):/i.test(at.value) && !/^data:image/.test(at.value)))
).map(one => one.outerHTML.slice(0, 200))
"""


HARMLESS = ("Failed to load resource", "The specified value ")
"""A refused form is a load that failed; a field for days says that it was given no day."""


class Watched:
    """A browser of one person in which everything that runs or is stopped is noted."""

    def __init__(self, context: BrowserContext, page: Page, url: str) -> None:
        self.context, self.page, self.url = context, page, url
        self.noted: list[str] = []
        self.sent = 0
        page.on("console", lambda said: self._console(said.text))
        page.on("pageerror", lambda error: self.noted.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.noted.append(f"dialog: {dialog.message}"))

    def _console(self, text: str) -> None:
        if not text.startswith(HARMLESS):
            self.noted.append(f"{self.page.url}: {text}")

    async def look(self, path: str) -> None:
        """Open a page and note what was planted in it."""
        answer = await self.page.goto(f"{self.url}{path}")
        if answer is not None and "html" in answer.headers.get("content-type", ""):
            await self.note()

    async def note(self) -> None:
        """Note elements that no template of ours makes."""
        for one in await self.page.evaluate(PLANTED):
            self.noted.append(f"{self.page.url}: planted {one}")

    async def attack(self, path: str, *, everything: bool, known: set[Any]) -> None:
        """Fill and send every form of a page that nobody has sent yet."""
        await self.page.goto(f"{self.url}{path}")
        forms = self.page.locator("form")
        for number in range(await forms.count()):
            if number >= await forms.count():  # a form that was sent took others away
                break
            form = forms.nth(number)
            key = (everything, await form.evaluate(NAMES))
            if key not in known and not key[1].startswith(LEFT):
                known.add(key)
                await self._send(form, everything=everything)
                await self.page.goto(f"{self.url}{path}")

    async def _send(self, form: Any, *, everything: bool) -> None:
        for field in await form.locator("input[type=file]").all():
            file = {"name": FILE_NAME, "mimeType": "text/plain", "buffer": PAYLOAD.encode()}
            await field.set_input_files(file)
        handle = await form.element_handle()
        async with self.page.expect_navigation():
            await self.page.evaluate(FILL, [handle, PAYLOAD, everything])
        self.sent += 1
        await self.note()


NAMES = """form => [form.getAttribute("action"), form.method,
  ...new Set([...form.elements].map(one => one.name.replace(/[0-9a-f-]{36}/, "")))].join(" ")"""


@asynccontextmanager
async def watching(siege: Besieged, chromium: Browser, who: str) -> AsyncIterator[Watched]:
    """A browser signed in as `who`, with a script to be found by what was planted."""
    context = await chromium.new_context(locale="vi-VN")
    if who:
        token = (await siege.session(who)).token
        await context.add_cookies([{"name": COOKIE, "value": token, "url": siege.url}])
    context.set_default_timeout(180_000)
    page = await context.new_page()
    made = Watched(context, page, siege.url)
    await page.expose_function(MARK, lambda n: made.noted.append(f"{page.url}: script {n} ran"))
    yield made
    await context.close()


@pytest.fixture
async def marked(desk: Any, tmp_path: Path) -> AsyncIterator[Besieged]:
    """A full desk on which every text that came from outside carries markup."""
    feed = Told(title=f"Sở ở Quảng Trị {PAYLOAD}", lead=f"Dân kêu cứu {PAYLOAD}", link=LINK)
    claims = [{"text": {"vi": f"Ngập {PAYLOAD}", "en": f"Floods {PAYLOAD}"}} for _ in range(2)]
    told = {"title": PAYLOAD, "outlet": PAYLOAD, "claims": claims, "summary": PAYLOAD}
    async with besieging(desk, tmp_path / "saved", feed=(feed,), **told) as made:
        yield made


LEFT = ("/ra ", "/vu-viec/DT-2025-0001/ho-so-kiem-tra ")
"""Forms without any text: they end the session, or answer with a file."""
ACTORS = ("", "legal", "coordinator", "approver", "auditor", "leader")


@pytest.mark.timeout(600)
async def test_no_text_of_any_field_runs_as_a_script(marked: Besieged, chromium: Browser) -> None:
    known: set[Any] = set()
    sent = 0
    for everything in (False, True):
        for who in ACTORS:
            async with watching(marked, chromium, who) as seen:
                async for there in with_new_forms(marked, who, everything=everything, known=known):
                    await seen.attack(there, everything=everything, known=known)
                assert seen.noted == [], who
                sent += seen.sent
    assert sent > 80
    looked: set[str] = set()
    for who in ACTORS:
        async with watching(marked, chromium, who) as seen:
            async for there in marked_pages(marked, who, looked):
                await seen.look(there)
            assert seen.noted == [], who
    assert len(looked) > 20


async def with_new_forms(
    siege: Besieged, who: str, *, everything: bool, known: set[Any]
) -> AsyncIterator[str]:
    """The first pages on which this person can send what nobody has sent yet."""
    async with siege.browser(who) as (web, _):
        for there in siege.starts:
            answer = await web.get(there)
            if "html" not in answer.headers.get("content-type", ""):
                continue
            keys = {(everything, one.key) for one in forms_of(answer.text, there)}
            if not keys <= known:
                known |= keys
                yield there


async def marked_pages(siege: Besieged, who: str, looked: set[str]) -> AsyncIterator[str]:
    """The pages with planted text that this person can reach, each but once; noted in `looked`."""
    async with siege.browser(who) as (web, _):
        async for answer in walk(web, siege.starts):
            there = answer.request.url.raw_path.decode()
            html = "html" in answer.headers.get("content-type", "")
            if html and there not in looked and MARK in answer.text:
                looked.add(there)
                yield there


async def test_no_mail_holds_a_script(marked: Besieged, chromium: Browser) -> None:
    """Opened without any CSP, as a careless mail program does."""
    async with marked.desk.office.records.look() as session:
        rows = list(await session.scalars(select(Mail)))
        contents = [await mail.content(session, row) for row in rows]
    shown = 0
    async with watching(marked, chromium, "") as seen:
        for content in contents:
            body = message_from_bytes(content, policy=policy.default).get_body(("html",))
            assert body is not None
            await seen.page.set_content(body.get_content())
            await seen.note()
            shown += 1
        noted = seen.noted
    assert shown >= 4
    assert noted == []
