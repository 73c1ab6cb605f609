"""A desk with people, content and outlets, on a real database whose clock stands still."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from playwright.async_api import Browser as Chromium
from playwright.async_api import async_playwright

from crisis.model.canonical import moment
from crisis.model.ledger import Actor, ActorKind
from crisis.model.report import ReportIn
from crisis.office.intake.reporting import Filing, file_report
from crisis.office.office import Office, open_office
from crisis.records import person, sign_in
from crisis.records.act import SYSTEM
from crisis.records.office_clock import set_clock
from crisis.settings import Settings
from desk.door.gate import COOKIE
from desk.parts.setup import INVENTED_NEWSROOMS, Credentials, Plan, set_up
from desk.web import make_app

HOUSE = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOW = datetime.fromisoformat("2025-10-19T10:00+07:00")
SECRET = "for-tests-only-" * 4
BASE = "http://127.0.0.1:8400"


@dataclass(kw_only=True)
class Browser:
    """A browser of one person: cookies, and the token that its forms carry."""

    web: httpx.AsyncClient
    csrf: str = ""
    user: str = ""

    async def get(self, path: str, **more: Any) -> httpx.Response:
        """Open a page."""
        return await self.web.get(path, **more)

    async def post(self, path: str, data: dict[str, Any] | None = None, **more: Any):
        """Send a form with this session's token."""
        return await self.web.post(path, data={"csrf": self.csrf} | (data or {}), **more)


@dataclass(kw_only=True)
class Desk:
    """The desk under test with ways to act on it."""

    office: Office
    app: FastAPI
    people: dict[str, Credentials]
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def browser(self) -> Browser:
        """A browser that nobody has signed in with."""
        wire = httpx.ASGITransport(app=self.app)
        web = await self.stack.enter_async_context(httpx.AsyncClient(transport=wire, base_url=BASE))
        return Browser(web=web)

    async def as_(self, name: str) -> Browser:
        """A browser in which `name` (an id of the contact file) is signed in completely."""
        opened = await self.browser()
        async with self.office.records.act(SYSTEM) as act:
            user = await person.by_id(act.session, self.people[name].user)
            token = await sign_in.open_session(act, user, second_factor=True, replaces=None)
        opened.web.cookies.set(COOKIE, token.token)
        opened.csrf, opened.user = token.csrf, user.id
        return opened

    def actor(self, name: str) -> Actor:
        """A person as the ledger names them."""
        return Actor(kind=ActorKind.USER.value, id=self.people[name].user)

    async def set_time(self, at: str) -> None:
        """Let the office's clock stand still at another moment."""
        async with self.office.records.act(SYSTEM) as act:
            await set_clock(act, datetime.fromisoformat(at), rate=0, exercise=True)

    async def report(self, *, confirmed: bool = True, **given: Any) -> str:
        """File a report as the coordinator (or, unconfirmed, the system); its incident's code."""
        told = {
            "title": "Sân trường ngập nước mỗi khi mưa",
            "outlet": "Pháp Luật TP.HCM",
            "published_at": "2025-10-19T07:00",
            "received_at": "2025-10-19T09:00",
            "topics": ["provincial_works", "schools"],
            "claims": [
                {"text": {"vi": "Sân trường bị ngập", "en": "The yard floods"}},
                {"text": {"vi": "Nước không thoát được", "en": "Water does not drain"}},
            ],
        }
        actor = self.actor("coordinator") if confirmed else SYSTEM
        async with self.office.records.act(actor) as act:
            filed = await file_report(
                self.office,
                act,
                ReportIn.model_validate(told | given),
                Filing(confirmed=confirmed),
            )
        return filed.code


@dataclass(frozen=True, kw_only=True)
class Seeded:
    """A seeded database file to copy, and how its people sign in."""

    file: Path
    people: dict[str, Credentials]
    # Reading the directory takes a second; values read are frozen and named by their hash.
    read: dict[tuple[str, str], Any] = field(default_factory=dict)


def settings_at(var: Path, **given: Any) -> Settings:
    """Settings of an exercise whose records lie in `var`, free of this machine's environment."""
    told = {
        "installation": "exercise",
        "var": var,
        "secret_key": SECRET,
        "playbooks": HOUSE / "playbooks",
        "templates": HOUSE / "templates",
        "public_url": BASE,
        # Nobody listens there, so the engine counts as down at once.
        "prefect_api_url": "http://127.0.0.1:9/api",
    }
    return Settings(_env_file=None, **(told | given))  # type: ignore[call-arg]


async def _seed(var: Path) -> tuple[Credentials, ...]:
    ready = await set_up(
        settings_at(var),
        Plan(
            contacts=HOUSE / "examples" / "contacts.yaml",
            clock=NOW,
            rate=0,
            newsrooms=INVENTED_NEWSROOMS,
            announced=True,
            authority_from=moment("2025-07-01T00:00:00.000000Z"),
        ),
    )
    async with ready.office.records.database.engine.connect() as connection:
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    await ready.office.records.close()
    return ready.made


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Seeded:
    """The seeded database of this test process."""
    var = tmp_path_factory.mktemp("desk")
    made = asyncio.run(_seed(var))
    return Seeded(file=var / "records.db", people={one.id: one for one in made})


@pytest.fixture
async def desk(seeded: Seeded, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk of its own for one test."""
    var = tmp_path / "var"
    var.mkdir()
    shutil.copy(seeded.file, var / "records.db")
    plain = open_office(settings_at(var))
    office = Office(
        settings=plain.settings, records=plain.records, seal=plain.seal, _read=seeded.read
    )
    made = Desk(office=office, app=make_app(office), people=seeded.people)
    async with made.stack:
        yield made
    await office.records.close()


@pytest.fixture
def office(desk: Desk) -> Office:
    """The office behind the desk."""
    return desk.office


@pytest.fixture
async def client(desk: Desk) -> httpx.AsyncClient:
    """A client that nobody has signed in with."""
    return (await desk.browser()).web


@pytest.fixture
async def coordinator(desk: Desk) -> Browser:
    """The coordinator's browser, signed in."""
    return await desk.as_("coordinator")


def hidden(page: str, name: str) -> str:
    """The value of the first hidden field `name` on a page."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    if found is None:
        pytest.fail(f"no field {name} on the page")
    return found[1]


@pytest.fixture
async def chromium() -> AsyncIterator[Chromium]:
    """A headless Chromium with a profile of its own."""
    program = shutil.which("chromium")
    if program is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            "Chromium is missing (Debian: apt-get install chromium)"
        )
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        await browser.close()
