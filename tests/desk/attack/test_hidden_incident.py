"""Of a restricted incident nobody who is not named finds a trace, whatever they ask for."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from crisis.model.role import Role
from crisis.records import person, sign_in
from crisis.records.act import SYSTEM
from crisis.records.schema.assignment import Assignment, EvidenceRow
from crisis.records.schema.incident import ClaimRow, Report
from crisis.records.schema.mail import Mail
from crisis.records.schema.statement import StatementRow
from desk.door.gate import COOKIE
from tests.desk.attack.conftest import Besieged
from tests.desk.attack.web_form import Form, forms_of, walk
from tests.desk.door.test_role_matrix import ROWS

UNKNOWN = {"code": "DT-2025-8888", "request": "DTBC-2025-8888"}
QUESTION = "Chợ"
ENGINES = pytest.mark.parametrize("under_siege", ["sqlite", "postgresql"], indirect=True)
PARTS = {
    "{statement_id}": "statement",
    "{evidence_id}": "evidence",
    "{mail_id}": "mail",
    "{key}": "story",
}


class Hidden:
    """A restricted incident with a press request and a story, and somebody who is not named."""

    def __init__(self, siege: Besieged, forms: list[Form], own: str) -> None:
        self.siege, self.forms, self.own = siege, forms, own
        self.ids: dict[str, str] = {}
        self.web: httpx.AsyncClient
        self.csrf = ""

    async def send(self, method: str, path: str, data: dict[str, str]) -> httpx.Response:
        """A request of the person who is not named."""
        form = data | ({"csrf": self.csrf} if method == "POST" else {})
        return await self.web.request(method, path, **{_carried(method): form})

    def unknown(self, text: str) -> str:
        """The same text with everything of the incident replaced by what is not there."""
        for name, value in self.ids.items():
            text = text.replace(value, UNKNOWN.get(name) or _other(value))
        return text

    async def differ(self, method: str, path: str, data: dict[str, str]) -> Any:
        """What tells the hidden from the unknown in the answers; nothing where they are alike."""
        hidden = await self.send(method, path, data)
        told = {name: self.unknown(value) for name, value in data.items()}
        unknown = await self.send(method, self.unknown(path), told)
        same = self.unknown(hidden.text) == self.unknown(unknown.text)
        if hidden.status_code == unknown.status_code and same:
            return None
        return method, path, data, hidden.status_code, unknown.status_code


def _carried(method: str) -> str:
    return "data" if method == "POST" else "params"


def _other(value: str) -> str:
    """An id of nothing, the same each time."""
    return value[::-1].replace("-", "")[:8] + value[8:]


@pytest.fixture
async def hidden(under_siege: Besieged) -> Any:
    """The incident of the besieged desk, restricted; its request and story belong to it."""
    siege = under_siege
    async with siege.browser("coordinator") as (web, csrf):
        for path, data in (
            (f"/yeu-cau-bao-chi/{siege.request}/gan", {"incident": siege.code}),
            (f"/bao-chi/{siege.story}/them-vao", {"code": siege.code}),
        ):
            assert (await web.post(path, data=data | {"csrf": csrf})).status_code == 303, path
        forms = [form async for page in walk(web, siege.starts) for form in _forms(page)]
        closing = {"restricted": "1", "reason": "Trẻ em", "csrf": csrf}
        done = await web.post(f"/vu-viec/{siege.code}/han-che", data=closing)
        assert done.status_code == 303
    made = Hidden(siege, forms, await siege.desk.report(title="Cầu treo hỏng", topics=["schools"]))
    made.ids = await ids_of(siege)
    async with siege.browser() as (web, _):
        made.web = web
        await _sign_in(made)
        yield made


async def _sign_in(made: Hidden) -> None:
    new = person.NewUser(
        email="khac@vp.example", name="Khác", title="X", roles=(Role.COORDINATOR, Role.ADMIN)
    )
    async with made.siege.desk.office.records.act(SYSTEM) as act:
        user = await person.add_user(act, new)
        opened = await sign_in.open_session(act, user, second_factor=True, replaces=None)
    made.web.cookies.set(COOKIE, opened.token)
    made.csrf = opened.csrf


async def ids_of(siege: Besieged) -> dict[str, str]:
    """Every id by which the incident or something of it could be asked for."""
    found = {"code": siege.code, "request": siege.request, "story": siege.story}
    async with siege.desk.office.records.look() as session:
        row = await session.get_one(StatementRow, siege.statement)
        for name, table in (
            ("evidence", EvidenceRow),
            ("mail", Mail),
            ("task", Assignment),
            ("claim", ClaimRow),
            ("report", Report),
        ):
            ids = await session.scalars(
                select(table.id).where(table.incident_id == row.incident_id)
            )
            found |= {f"{name}{n or ''}": one for n, one in enumerate(ids)}
        return found | {"statement": siege.statement, "incident": row.incident_id}


def _forms(page: httpx.Response) -> list[Form]:
    """Its forms; a task's link is for whoever holds it, restricted or not."""
    found = forms_of(page.text, page.request.url.path)
    return [one for one in found if not one.action.startswith("/viec/")]


def addresses(made: Hidden) -> Iterator[tuple[str, str]]:
    """Every route that can name something of the incident, with the hidden thing in it."""
    for (method, path), (_, what) in ROWS.items():
        filled = path
        for part, name in PARTS.items():
            filled = filled.replace(part, made.ids[name])
        code = made.ids["request" if "/yeu-cau-bao-chi/" in path else "code"]
        filled = filled.replace("{code}", code).replace("{what}", what)
        if filled != path and "{" not in filled:
            yield method, filled


@ENGINES
async def test_every_address_answers_as_if_there_were_nothing(hidden: Hidden) -> None:
    form = {"decision": "return", "reason": "x", "digest": "0" * 64, "act": "confirm"}
    asked = list(addresses(hidden))
    assert len(asked) > 40
    told = [await hidden.differ(m, p, form if m == "POST" else {}) for m, p in asked]
    assert [one for one in told if one is not None] == []


@ENGINES
async def test_every_form_about_it_answers_as_if_there_were_nothing(hidden: Hidden) -> None:
    """Forms as those send them who may see it: to its own address, and to an incident of theirs."""
    told, sent = [], 0
    for form in {one.key: one for one in hidden.forms}.values():
        data = {name: value for name, value in form.honest.items() if name != "csrf"}
        if hidden.unknown(form.action) != form.action or hidden.unknown(str(data)) != str(data):
            told.append(await hidden.differ(form.method, form.action, data))
            sent += 1
        if hidden.ids["code"] in form.action and "ho-so" not in form.action:
            there = form.action.replace(hidden.ids["code"], hidden.own)
            if hidden.unknown(str(data)) != str(data):
                told.append(await hidden.differ(form.method, there, data))
                sent += 1
    assert sent > 20
    assert [one for one in told if one is not None] == []


@ENGINES
async def test_naming_it_in_a_field_answers_as_if_there_were_nothing(hidden: Hidden) -> None:
    code = hidden.ids["code"]
    asked = {"kind": "question", "outlet": "Báo", "subject": "Hỏi", "question": "Bao giờ?"}
    asked |= {"received_at": "2025-10-19T09:00", "email": "toasoan@bao.example"}
    report = {"title": "Tin", "outlet": "Báo", "published_at": "2025-10-19T07:00"}
    report |= {"act": "add", "into": code, "key": str(uuid4()), "claim-0-vi": "Có", "reason": "x"}
    tries = (
        ("POST", "/yeu-cau-bao-chi", asked | {"incident": code}),
        ("POST", "/tin-bao", report),
        ("GET", "/yeu-cau-bao-chi/moi", {"vu-viec": code}),
        ("GET", "/", {"tim": code}),
    )
    assert [await hidden.differ(*one) for one in tries] == [None] * len(tries)


@ENGINES
async def test_no_page_or_file_that_can_be_reached_names_it(hidden: Hidden) -> None:
    starts = tuple(p for p in hidden.siege.starts if hidden.unknown(p) == p and "/viec/" not in p)
    files = ("/bao-cao-nam/2026/danh-sach.csv", "/bao-cao-nam/2026/ban-in", "/diem-bao/tep/x.docx")
    seen, leaks = 0, []
    async for page in walk(hidden.web, (*starts, *files)):
        seen += 1
        traces = [name for name, value in hidden.ids.items() if value in page.text]
        if traces or "Sân trường ngập nước mỗi khi mưa" in page.text or QUESTION in page.text:
            leaks.append((str(page.request.url), traces))
    assert seen > 60
    assert leaks == []
