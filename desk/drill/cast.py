"""The people of a drill and what they have: a browser each, their mail, their way to sign in."""

import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
import pyotp

from crisis.model.calendar import HANOI
from crisis.model.contact import Contact, ContactBook
from crisis.model.directory import Directory
from crisis.model.errors import NotFound
from crisis.model.words import words
from desk.drill.browser import Browser
from desk.parts.mail_folder import MailFolder
from desk.parts.setup import Credentials


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """One step being played: by whom, on which incident, at which office time.

    `look` tells the incident as it stands, for waiting: what it tells is never acted upon.
    """

    cast: Cast
    who: str
    code: str
    now: datetime
    look: Callable[[], Awaitable[dict[str, Any]]]

    @property
    def path(self) -> str:
        """The incident's page."""
        return f"/vu-viec/{self.code}"

    def agency_name(self, agency: str) -> str:
        """The full name of an agency in the directory in force."""
        found = self.cast.directory.agency(agency, self.now.astimezone(HANOI).date())
        return found.name.vi if found else agency


async def _sign_in(browser: Browser, known: Credentials) -> None:
    page = await browser.open("/vao")
    page = await browser.send(page, "/vao", {"email": known.email, "password": known.password})
    if known.totp is not None:
        await browser.send(page, "/vao/ma", {"code": pyotp.TOTP(known.totp).now()})
