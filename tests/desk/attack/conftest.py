"""A desk with something of everything on it, served on a port to whoever attacks it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy import select

from crisis.office.office import open_office
from crisis.office.press import folder as press_folder
from crisis.records import api_key, content, person, sign_in
from crisis.records.act import SYSTEM
from crisis.records.content import ContentKind
from crisis.records.incident import by_code
from crisis.records.schema.incident import Incident
from crisis.records.schema.statement import StatementRow
from crisis.records.schema.story import PressStory
from desk.door.gate import COOKIE
from desk.parts.setup import INVENTED_NEWSROOMS, Plan, set_up
from desk.web import make_app
from tests.desk.conftest import HOUSE, NOW, Desk, settings_at
from tests.desk.door.conftest import lay_before, token_in_mail
from tests.desk.press.conftest import CALM, FLOOD, RETOLD
from tests.office.press.conftest import Told, rss

ROLES = ("coordinator", "approver", "spokesperson", "auditor")
AGENCY = "daumoi@bqlda.example"


@dataclass(frozen=True, kw_only=True)
class Besieged:
    """A served desk: where it answers, and what stands in it."""

    desk: Desk
    url: str
    code: str
    statement: str
    story: str
    proposal: str
    request: str
    task: str
    key: str

    @asynccontextmanager
    async def browser(self, who: str = "") -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
        """A browser on the wire, signed in as `who`, and the token that its forms carry."""
        async with httpx.AsyncClient(base_url=self.url, timeout=60) as web:
            csrf = ""
            if who:
                token = await self.session(who)
                web.cookies.set(COOKIE, token.token)
                csrf = token.csrf
            yield web, csrf

    async def session(self, who: str) -> Any:
        """A whole session of a person of the office."""
        async with self.desk.office.records.act(SYSTEM) as act:
            user = await person.by_id(act.session, self.desk.people[who].user)
            return await sign_in.open_session(act, user, second_factor=True, replaces=None)

    @property
    def starts(self) -> tuple[str, ...]:
        """Pages from which the others are reached."""
        case = f"/vu-viec/{self.code}"
        tabs = ("phat-ngon", "thu", "dien-bien", "luot-chay", "ho-so-kiem-tra")
        return (
            *("/", "/tin-bao", "/yeu-cau-bao-chi", "/yeu-cau-bao-chi/moi", "/noi-dung", "/luat"),
            *("/bao-cao-nam", "/bao-cao-nam/2025/ban-in", "/nhiem-vu-dinh-ky", "/duyet"),
            *("/bao-chi", "/bao-chi/nguon", "/diem-bao", "/diem-bao/xu-huong", "/diem-bao/bo-loc"),
            *(case, *(f"{case}/{tab}" for tab in tabs), f"{case}/phat-ngon/{self.statement}"),
            *(f"/duyet/{self.statement}", f"/bao-chi/{self.story}"),
            *(f"/noi-dung/de-nghi/{self.proposal}", f"/yeu-cau-bao-chi/{self.request}"),
            *("/noi-dung/sua/playbook/press-report", f"/viec/{self.task}", "/tin", "/vao"),
            *("/bao-cao-nam/2025/incidents", "/api/docs"),
        )


async def people_read_papers(desk: Desk, folder: Path, *more: Told) -> str:
    """Two papers are read, with `more` in the first; the story that alerts."""
    folder.mkdir()
    (folder / "bao-a.xml").write_bytes(rss(FLOOD, CALM, *more))
    (folder / "bao-b.xml").write_bytes(rss(RETOLD))
    await press_folder.scan_folder(desk.office, folder, holder="test")
    async with desk.office.records.look() as session:
        wanted = select(PressStory).where(PressStory.alert, PressStory.title.contains("Hải Lăng"))
        return (await session.scalars(wanted)).one().id


async def ask_and_propose(desk: Desk) -> tuple[str, str]:
    """A newspaper's request and a proposal about content, by the coordinator's forms."""
    coordinator = await desk.as_("coordinator")
    asked = {"kind": "question", "outlet": "Báo", "subject": "Chợ", "question": "Bao giờ?"}
    asked |= {"received_at": "2025-10-19T09:00", "email": "toasoan@bao.example"}
    request = await coordinator.post("/yeu-cau-bao-chi", asked)
    async with desk.office.records.look() as session:
        text = (await content.active(session, ContentKind.PLAYBOOK, "press-report"))[1].decode()
    told = {"reason": "Quy chế mới", "text": text.replace("version: 1", "version: 2", 1)}
    proposed = await coordinator.post("/noi-dung/sua/playbook/press-report", told)
    return tuple(
        one.headers["location"].split("?")[0].split("/")[-1] for one in (request, proposed)
    )


@asynccontextmanager
async def besieging(
    desk: Desk, folder: Path, *, feed: tuple[Told, ...] = (), **told: Any
) -> AsyncIterator[Besieged]:
    """Serve a desk with something of everything on it; `told` is what the report says."""
    statement = await lay_before(desk, **told)
    story = await people_read_papers(desk, folder, *feed)
    request, proposal = await ask_and_propose(desk)
    async with desk.office.records.look() as session:
        row = await session.get_one(StatementRow, statement)
        code = (await session.get_one(Incident, row.incident_id)).code
        assert await by_code(session, code)
    async with desk.office.records.act(SYSTEM) as act:
        scopes = ["reports:write"]
        key = await api_key.add_key(act, "X", scopes, act.real + timedelta(days=1))
    with socket.create_server(("127.0.0.1", 0)) as door:
        config = uvicorn.Config(
            desk.app, log_level="critical", lifespan="off", ws="none", timeout_graceful_shutdown=5
        )
        server = uvicorn.Server(config)
        serving = asyncio.ensure_future(server.serve(sockets=[door]))
        while not server.started:
            await asyncio.sleep(0)
        yield Besieged(
            desk=desk,
            url=f"http://127.0.0.1:{door.getsockname()[1]}",
            code=code,
            statement=statement,
            story=story,
            proposal=proposal,
            request=request,
            task=await token_in_mail(desk.office, AGENCY),
            key=key,
        )
        server.should_exit = True
        await serving


@pytest.fixture
async def besieged(desk: Desk, tmp_path: Path) -> AsyncIterator[Besieged]:
    """A full desk on SQLite."""
    async with besieging(desk, tmp_path / "saved") as made:
        yield made


@pytest.fixture
async def besieged_on_postgresql(postgresql_url: str, tmp_path: Path) -> AsyncIterator[Besieged]:
    """A full desk on PostgreSQL, which refuses what SQLite swallows."""
    settings = settings_at(tmp_path / "var", database_url=postgresql_url)
    plan = Plan(
        contacts=HOUSE / "examples" / "contacts.yaml",
        clock=NOW,
        rate=0,
        newsrooms=INVENTED_NEWSROOMS,
        announced=True,
    )
    ready = await set_up(settings, plan)
    office = open_office(settings)
    people = {one.id: one for one in ready.made}
    desk = Desk(office=office, app=make_app(office), people=people)
    async with desk.stack, besieging(desk, tmp_path / "saved") as made:
        yield made
    await ready.office.records.close()
    await office.records.close()


@pytest.fixture
def under_siege(request: pytest.FixtureRequest) -> Besieged:
    """The full desk on the engine that the test names."""
    name = "besieged" if request.param == "sqlite" else "besieged_on_postgresql"
    return request.getfixturevalue(name)
