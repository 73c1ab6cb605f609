"""The people of a drill and what they have: a browser each, their mail, their way to sign in."""

import asyncio
import html
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
import pyotp

from crisis.model.contact import Contact, ContactBook
from crisis.model.directory import Directory
from crisis.model.errors import NotFound, OutsideFailure
from crisis.model.words import words
from desk.mail_folder import MailFolder
from desk.setup import Credentials
from desk.web_form import Pairs, WebForm, forms_of

Found = TypeVar("Found")
Upload = tuple[str, bytes, str]

PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.1
REFUSED = 400


async def until(what: str, ask: Callable[[], Awaitable[Found | None]]) -> Found:
    """What `ask` finds, asked again until it finds something. Raises OutsideFailure."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE_SECONDS
    while True:
        found = await ask()
        if found is not None:
            return found
        if loop.time() > end:
            raise OutsideFailure(
                words(
                    f"Chờ quá {PATIENCE_SECONDS:g} giây mà chưa thấy: {what}.",
                    f"Waited {PATIENCE_SECONDS:g} seconds in vain for: {what}.",
                ),
                permanent=True,
            )
        await asyncio.sleep(LOOK_SECONDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page that was opened."""

    path: str
    text: str

    def form(self, action: str) -> WebForm | None:
        """The first form that goes to an address that ends so; None where there is none."""
        return next((one for one in forms_of(self.text) if one.action.endswith(action)), None)


@dataclass(kw_only=True)
class Browser:
    """One person's browser: it keeps cookies and follows redirects."""

    web: httpx.AsyncClient

    async def open(self, path: str) -> Page:
        """Open a page. Raises OutsideFailure where the desk refuses."""
        return _page(await self.web.get(path))

    async def send(
        self,
        page: Page,
        action: str,
        given: Mapping[str, str | Iterable[str]],
        files: Sequence[tuple[str, Upload]] = (),
    ) -> Page:
        """Fill in the form of `page` that goes to `action`, send it, and see what comes back."""
        form = page.form(action)
        if form is None:
            raise NotFound(
                words(
                    f"Trang {page.path} không có biểu mẫu {action}.",
                    f"The page {page.path} has no form {action}.",
                )
            )
        sent: Any = list(files) or None
        return _page(await self.web.post(form.action, data=_many(form.filled(given)), files=sent))


def _many(pairs: Pairs) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for name, value in pairs:
        told.setdefault(name, []).append(value)
    return told


_ALERT = re.compile(r'role="alert"[^>]*>(.*?)</(?:p|div)>', re.DOTALL)


def _page(answer: httpx.Response) -> Page:
    """The page. A form that was taken leads on to another page; one shown again was not taken."""
    shown_again = answer.request.method == "POST" and not answer.history
    if answer.status_code >= REFUSED or shown_again:
        alert = _ALERT.search(answer.text)
        said = alert.group(1) if alert else answer.text[:2000]
        told = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", said)).split())[:300]
        raise OutsideFailure(
            words(
                f"Trang {answer.url.path} trả lời {answer.status_code}: {told}",
                f"The page {answer.url.path} answered {answer.status_code}: {told}",
            ),
            permanent=True,
        )
    return Page(path=answer.url.path, text=answer.text)


@dataclass(kw_only=True)
class Cast:
    """Everybody who plays; whoever signs in does so once."""

    base_url: str
    mails: MailFolder
    people: Mapping[str, Credentials]
    book: ContactBook
    directory: Directory
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _browsers: dict[str, Browser] = field(default_factory=dict)

    async def browser(self, who: str) -> Browser:
        """The browser of `who`, signed in where they are of the office."""
        if who not in self._browsers:
            web = httpx.AsyncClient(
                base_url=self.base_url, follow_redirects=True, trust_env=False, timeout=30
            )
            browser = Browser(web=await self.stack.enter_async_context(web))
            if who in self.people:
                await _sign_in(browser, self.people[who])
            self._browsers[who] = browser
        return self._browsers[who]

    def contact(self, who: str) -> Contact:
        """The agency's person with this id. Raises NotFound."""
        found = self.book.person(who)
        if not isinstance(found, Contact):
            raise NotFound(words(f"Không có đầu mối {who}.", f"There is no contact {who}."))
        return found

    def links(self, email: str, path: str, code: str) -> list[str]:
        """Paths under `path` in the mails to `email` about `code`, newest first."""
        found: dict[str, None] = {}
        pattern = re.compile(re.escape(self.base_url) + rf"({path}/[A-Za-z0-9_-]+)")
        for name in self.mails.names(email):
            mail = self.mails.mail(name)
            if mail is not None and code in mail.card.subject + mail.text:
                found |= dict.fromkeys(pattern.findall(mail.text))
        return list(found)

    async def close(self) -> None:
        """Close every browser."""
        await self.stack.aclose()


async def _sign_in(browser: Browser, known: Credentials) -> None:
    page = await browser.open("/vao")
    page = await browser.send(page, "/vao", {"email": known.email, "password": known.password})
    if known.totp is not None:
        await browser.send(page, "/vao/ma", {"code": pyotp.TOTP(known.totp).now()})
