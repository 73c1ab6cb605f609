"""Who may do what at the desk: every route of the real application against everybody who may call.

The table is `role_matrix.txt`.
"""

import hmac
from collections.abc import Iterator, Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.routing import BaseRoute, Route

from crisis.model.role import Role
from crisis.records import api_key, content, person, sign_in
from crisis.records.act import SYSTEM
from crisis.records.content import ContentKind
from crisis.records.schema.assignment import EvidenceRow
from crisis.records.schema.incident import Incident
from crisis.records.schema.mail import Mail
from crisis.records.schema.statement import StatementRow
from desk.door.gate import COOKIE
from desk.door.nonce import COOKIE as NONCE

WHO = "NhTCASULDGKk"
TABLE = [
    line
    for line in Path(__file__).with_name("role_matrix.txt").read_text().splitlines()
    if line.startswith(("GET ", "HEAD ", "POST "))
]
SIGNED = {"C": "coordinator", "A": "approver", "S": "spokesperson", "U": "auditor"}
MADE = {"L": Role.LEADER, "D": Role.ADMIN, "G": Role.LEGAL, "h": Role.APPROVER}
FORGED = "f" * 43
SERVER_ERROR = 500
ROWS = {
    (method, path): (letters, what)
    for method, path, letters, what in ((*line.split(), "")[:4] for line in TABLE)
}
"""Method and path of a route; who is let in, and an act that its last part may name."""


def routes_of(app: FastAPI) -> set[tuple[str, str]]:
    """Method and path of every route; routers in routers keep their prefix."""
    return {(method, path) for path, one in _walk(app.routes) for method in one.methods or ()}


def _walk(routes: Sequence[BaseRoute], prefix: str = "") -> Iterator[tuple[str, Route]]:
    for one in routes:
        inner = getattr(one, "original_router", None)
        if inner is not None:
            yield from _walk(inner.routes, prefix + one.include_context.prefix)  # type: ignore[attr-defined]
        elif isinstance(one, Route):
            yield prefix + one.path, one


class Caller:
    """One of those who may call, with a browser or a program of their own."""

    def __init__(self, web: httpx.AsyncClient, letter: str) -> None:
        self.web, self.letter = web, letter
        self.csrf, self.token = "", FORGED
        web.cookies.set(NONCE, "n" * 24)

    async def call(self, method: str, path: str, form: dict[str, str], *, own: bool) -> Any:
        """One request; a form that is their `own` carries what shows it."""
        if method != "POST":
            return await self.web.request(method, path)
        proof = {"csrf": self.csrf, "nonce": self._nonce(path)} if own else {}
        return await self.web.post(path, data=form | proof)

    def _nonce(self, path: str) -> str:
        kept = "n" * 24
        if not path.startswith("/viec/"):
            return kept
        return hmac.new(kept.encode(), self.token.encode(), sha256).hexdigest()


@pytest.fixture
def caller(desk: Any, token_for: Any) -> Any:
    """Makes the caller of a letter."""

    async def make(letter: str) -> Caller:
        made = Caller((await desk.browser()).web, letter)
        if letter == "T":
            made.token = await token_for("daumoi@bqlda.example")
        elif letter in "Kk":
            scope = "reports:write" if letter == "K" else "reports:read"
            async with desk.office.records.act(SYSTEM) as act:
                key = await api_key.add_key(act, "X", [scope], act.real + timedelta(days=1))
            made.web.headers["authorization"] = f"Bearer {key}"
        elif letter != "N":
            await _sign_in(desk, made)
        return made

    return make


async def _sign_in(desk: Any, made: Caller) -> None:
    async with desk.office.records.act(SYSTEM) as act:
        if made.letter in SIGNED:
            user = await person.by_id(act.session, desk.people[SIGNED[made.letter]].user)
        else:
            role = MADE[made.letter]
            new = person.NewUser(
                email=f"{made.letter.lower()}@moi.example", name="Mới", title="X", roles=(role,)
            )
            user = await person.add_user(act, new)
        whole = made.letter != "h"
        opened = await sign_in.open_session(act, user, second_factor=whole, replaces=None)
    made.web.cookies.set(COOKIE, opened.token)
    made.csrf = opened.csrf


@pytest.fixture
async def places(desk: Any, pending: str) -> dict[str, str]:
    """What stands for the parts of an address: things that exist."""
    async with desk.office.records.look() as session:
        row = await session.get_one(StatementRow, pending)
        case = await session.get_one(Incident, row.incident_id)
        mail = await session.scalar(select(Mail.id).where(Mail.incident_id == case.id))
        evidence = await session.scalar(
            select(EvidenceRow.id).where(EvidenceRow.incident_id == case.id)
        )
        text = (await content.active(session, ContentKind.PLAYBOOK, "press-report"))[1].decode()
    coordinator = await desk.as_("coordinator")
    told = {"reason": "Quy chế mới", "text": text.replace("version: 1", "version: 2", 1)}
    proposed = await coordinator.post("/noi-dung/sua/playbook/press-report", told)
    asked = {"kind": "question", "outlet": "Báo", "subject": "Chợ", "question": "Bao giờ?"}
    asked |= {"received_at": "2025-10-19T09:00", "email": "toasoan@bao.example"}
    request = await coordinator.post("/yeu-cau-bao-chi", asked)
    return {
        "{code}": case.code,
        "{statement_id}": pending,
        "{evidence_id}": str(evidence),
        "{mail_id}": str(mail),
        "{proposal_id}": proposed.headers["location"].split("?")[0].split("/")[-1],
        "{request}": request.headers["location"].split("?")[0].split("/")[-1],
        "{kind}": "playbook",
        "{name}": "press-report",
        "{key}": pending,
        "{rule}": "no-such",
        "{year}": "2025",
        "{path:path}": "",
    }


def address(path: str, what: str, places: dict[str, str], token: str) -> str:
    """The address of a route with its parts filled in."""
    if path.startswith("/yeu-cau-bao-chi/"):
        path = path.replace("{code}", "{request}")
    for part, value in (places | {"{what}": what, "{metric}": what, "{token}": token}).items():
        path = path.replace(part, value)
    return path


FORM = {"decision": "return", "reason": "Sửa câu đầu", "digest": "0" * 64, "act": "confirm"}
GROUPS = ("NhTKk", "CAS", "LDG", "U")
"""Each group has a desk of its own; an audit pack ends the links, so who makes it comes last."""


def turned_away(answer: httpx.Response, path: str) -> bool:
    """Whether the door was shut: sent to sign in, or refused. Only links hide behind 404."""
    if answer.is_redirect:
        return answer.headers["location"].startswith("/vao") and path not in {"/vao", "/ra"}
    if path.startswith("/viec"):
        return answer.status_code in {401, 403, 404}
    # A wrong password or code is answered by the form itself.
    form_again = path.startswith("/vao") and "Không được phép" not in answer.text
    return answer.status_code == 401 or (answer.status_code == 403 and not form_again)


def is_guarded(path: str, letter: str) -> bool:
    """Whether a form must show that it is their own: not where there is no session to misuse."""
    return path != "/api/reports" and (path != "/ra" or letter in "hCASULDG")


def rows_in_order() -> list[tuple[str, str]]:
    """Every row; what ends a session comes last."""
    return sorted(ROWS, key=lambda row: row[1] == "/ra")


def test_every_route_stands_in_the_table_and_every_row_is_a_route(desk: Any) -> None:
    assert routes_of(desk.app) == set(ROWS)
    assert set("".join(GROUPS)) == set(WHO)
    for letters, _ in ROWS.values():
        assert all(one in {".", place} for one, place in zip(letters, WHO, strict=True))


@pytest.mark.parametrize("group", GROUPS)
async def test_everybody_is_let_in_where_the_table_says_so_and_nowhere_else(
    group: str, caller: Any, places: dict[str, str]
) -> None:
    wrong = []
    for letter in group:
        who = await caller(letter)
        for method, path in rows_in_order():
            letters, what = ROWS[method, path]
            there, let_in = address(path, what, places, who.token), letter in letters
            if method == "POST" and let_in and is_guarded(path, letter):
                foreign = await who.call(method, there, FORM, own=False)
                if not turned_away(foreign, path):
                    wrong.append((letter, path, "taken without its token", foreign.status_code))
            answer = await who.call(method, there, FORM, own=True)
            if turned_away(answer, path) is let_in or answer.status_code == SERVER_ERROR:
                wrong.append((letter, method, path, answer.status_code))
    assert wrong == []
