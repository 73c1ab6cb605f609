"""Tasks and statements on the desk under test, reached as people reach them: by their mails."""

import hmac
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from hashlib import sha256
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from crisis.model.verdict import Verdict
from crisis.office.agency import verification
from crisis.office.agency.assigning import assign_resolved
from crisis.office.case import read_case
from crisis.office.office import Office
from crisis.office.statement.approval_round import ask_step
from crisis.office.statement.drafting import draft_final
from crisis.records import incident, mail, person, wording
from crisis.records.act import SYSTEM
from crisis.records.answer import NewFinding, Signed
from crisis.records.schema.assignment import Assignment
from crisis.records.schema.mail import Mail
from crisis.records.task_link import Held, open_link
from crisis.records.task_work import NewEvidence, add_evidence

LINK = re.compile(r"https?://[^\s\"<>]+/viec/([\w-]{20,})")
PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"


@dataclass(kw_only=True)
class Agency:
    """An agency's browser on its task."""

    web: httpx.AsyncClient
    token: str
    office: Office
    code: str

    @property
    def path(self) -> str:
        """Where the task is."""
        return f"/viec/{self.token}"

    async def page(self, query: str = "") -> str:
        """The task page as it stands."""
        return (await self.web.get(self.path + query)).text

    async def form(self) -> dict[str, Any]:
        """The answer form as the page holds it now."""
        return fields_of(await self.page(), "form-tra-loi")

    async def post(
        self, what: str, data: dict[str, Any] | None = None, **more: Any
    ) -> httpx.Response:
        """Send a form of the page."""
        nonce = fields_of(await self.page())["nonce"]
        return await self.web.post(
            f"{self.path}/{what}", data={"nonce": nonce} | (data or {}), **more
        )

    async def held(self, act: Any) -> Held:
        """What the link opens in this act."""
        return await open_link(act.session, self.token)

    def bound(self, cookie: str) -> str:
        """The nonce that a page of this link carries in the browser with this cookie."""
        return hmac.new(cookie.encode(), self.token.encode(), sha256).hexdigest()

    async def task(self) -> Assignment:
        """The task as it is recorded."""
        async with self.office.records.look() as session:
            return (await open_link(session, self.token)).assignment


def fields_of(page: str, form: str = "") -> dict[str, Any]:
    """The fields of a page's form, as a browser would send them without files."""
    if form:
        page = page[page.index(f'id="{form}"') :]
        page = page[: page.index("</form>")]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, kind = _attribute(tag, "name"), _attribute(tag, "type")
        if not name or kind == "file" or (kind in {"radio", "checkbox"} and " checked" not in tag):
            continue
        if kind == "checkbox":
            found.setdefault(name, []).append(_attribute(tag, "value"))
        else:
            found.setdefault(name, _attribute(tag, "value"))
    for name, value in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', page):
        found.setdefault(name, value)
    return found


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


def claims_of(form: dict[str, Any]) -> list[str]:
    """The ids of the claims that a form asks about, in order."""
    return [name.removeprefix("fact_vi-") for name in form if name.startswith("fact_vi-")]


def filled(
    form: dict[str, Any], verdict: str = "accurate", fact: str = "Đúng như phản ánh."
) -> dict[str, Any]:
    """A form in which every claim has the same answer."""
    told = dict(form) | {"name": "Nguyễn Văn Ví Dụ", "title": "Đầu mối báo chí", "do": "answer"}
    for claim in claims_of(form):
        told |= {f"verdict-{claim}": verdict, f"fact_vi-{claim}": fact}
    return told


async def queued_for(office: Office, address: str) -> list[tuple[Mail, str]]:
    """The mails queued for an address with their text, oldest first."""
    async with office.records.look() as session:
        rows = await session.scalars(
            select(Mail).where(Mail.recipient == address).order_by(Mail.queued_at)
        )
        found = []
        for row in rows:
            message = message_from_bytes(await mail.content(session, row), policy=policy.default)
            body = message.get_body(("plain",))
            found.append((row, body.get_content() if body else ""))
    return found


async def token_in_mail(office: Office, address: str) -> str:
    """The token in the newest mail to an address that has one."""
    tokens = [LINK.search(text) for _, text in await queued_for(office, address)]
    return next(found[1] for found in reversed(tokens) if found)


async def give_phones(office: Office) -> None:
    """Letters name a phone to call: people of the office get one."""
    async with office.records.act(SYSTEM) as act:
        for one in await person.all_users(act.session):
            one.phone = one.phone or "0233 385 0000"


async def assign(office: Office, code: str) -> None:
    """Give the tasks of an incident, as the flow does."""
    await give_phones(office)
    async with office.records.act(SYSTEM) as act:
        case = await incident.by_code(act.session, code)
        await assign_resolved(office, act, await read_case(office, act, case))


Opened = Callable[[str], Awaitable[Agency]]


@pytest.fixture
async def opened(desk: Any) -> Opened:
    """Opens the task link in the newest mail to an address, in a browser of its own."""
    code = await desk.report()
    await assign(desk.office, code)

    async def open_(address: str) -> Agency:
        browser = await desk.browser()
        token = await token_in_mail(desk.office, address)
        return Agency(web=browser.web, token=token, office=desk.office, code=code)

    return open_


@pytest.fixture
async def agency(opened: Opened) -> Agency:
    """The lead agency on its task."""
    return await opened(PROJECTS)


async def answer_all(desk: Any, code: str, verdict: Verdict = Verdict.ACCURATE) -> None:
    """Every agency with a task answers every claim of it, with one piece of evidence."""
    async with desk.office.records.act(SYSTEM) as act:
        case = await incident.by_code(act.session, code)
        standing = await read_case(desk.office, act, case)
        addresses = [row.contact_email for row in standing.assignments]
    for address in addresses:
        token = await token_in_mail(desk.office, address)
        async with desk.office.records.act(SYSTEM) as act:
            held = await open_link(act.session, token)
            piece = await add_evidence(
                act,
                held,
                NewEvidence(
                    title="Biên bản hiện trường",
                    holder=held.assignment.agency,
                    issuer="Đơn vị độc lập",
                    issued_on=None,
                    file_name="bien-ban.txt",
                    media_type="text/plain",
                    content=f"Biên bản {address}".encode(),
                ),
            )
            findings = [
                NewFinding(
                    claim=key,
                    verdict=verdict,
                    fact_vi="Sân trường thấp hơn mặt đường 20 cm.",
                    fact_en="The yard lies 20 cm below the road.",
                    remedy={
                        "what_vi": "Nâng cốt sân",
                        "what_en": "Raise the yard",
                        "by": "2025-11-15",
                    },
                    evidence=(piece.id,),
                )
                for key in held.assignment.claims
            ]
            who = Signed(name="Nguyễn Văn Ví Dụ", title="Đầu mối")
            await verification.receive_answer(desk.office, act, held, who, findings)


@pytest.fixture
async def pending(desk: Any) -> str:
    """The id of a statement that waits for its approvers."""
    return await lay_before(desk)


@pytest.fixture
def lay() -> Any:
    """Lays a statement with a verdict of one's choice before its approvers."""
    return lay_before


@pytest.fixture
def ask() -> Any:
    """Asks the people of the next step, as the flow does."""
    return ask_step


async def lay_before(desk: Any, verdict: Verdict = Verdict.ACCURATE, **given: Any) -> str:
    """File, assign, answer, draft and ask: the id of the statement that waits."""
    code = await desk.report(**given)
    await assign(desk.office, code)
    await answer_all(desk, code, verdict)
    async with desk.office.records.act(SYSTEM) as act:
        case = await incident.by_code(act.session, code)
        row = await draft_final(desk.office, act, await read_case(desk.office, act, case))
    async with desk.office.records.act(SYSTEM) as act:
        case = await incident.by_code(act.session, code)
        row = await wording.get(act.session, row.id)
        await ask_step(desk.office, act, await read_case(desk.office, act, case), row)
    return row.id


@pytest.fixture
def form() -> Any:
    """Reading and filling the answer form as a browser does."""
    return Form


class Form:
    """What the tests do with a form."""

    fields = staticmethod(fields_of)
    claims = staticmethod(claims_of)
    filled = staticmethod(filled)


@pytest.fixture
def mails_to(desk: Any) -> Any:
    """The mails queued for an address with their text, oldest first."""
    return lambda address: queued_for(desk.office, address)


@pytest.fixture
def token_for(desk: Any) -> Any:
    """The token in the newest mail to an address that has one."""
    return lambda address: token_in_mail(desk.office, address)
