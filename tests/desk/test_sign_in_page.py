"""Signing in: password, second factor, lock-out, sessions and where they lead."""

import re
from typing import Any

import httpx
import pyotp
import pytest

from crisis.model.role import Role
from crisis.records import person
from crisis.records.act import SYSTEM
from crisis.records.password import new_password
from crisis.records.person import NewUser
from desk.door.gate import own_path

PASSWORD = "một câu rất dài để nhớ"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]


async def enter(web: httpx.AsyncClient, email: str, password: str, **more: str) -> httpx.Response:
    page = (await web.get("/vao")).text
    given = {"nonce": hidden(page, "nonce"), "next": "/", "email": email, "password": password}
    return await web.post("/vao", data=given | more)


async def code(web: httpx.AsyncClient, secret: str) -> httpx.Response:
    page = (await web.get("/vao/ma")).text
    now = pyotp.TOTP(secret).now()
    return await web.post("/vao/ma", data={"csrf": hidden(page, "csrf"), "code": now, "next": "/"})


async def test_who_needs_no_second_factor_is_in_after_the_password(
    desk: Any, client: httpx.AsyncClient
) -> None:
    someone = desk.people["coordinator"]
    entered = await enter(client, someone.email.upper(), someone.password)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert someone.name in (await client.get("/")).text


async def test_an_approver_gives_a_code_before_any_page_opens(
    desk: Any, client: httpx.AsyncClient
) -> None:
    approver = desk.people["approver"]
    entered = await enter(client, approver.email, approver.password)
    assert entered.headers["location"] == "/vao/ma"
    assert (await client.get("/")).headers["location"] == "/vao/ma"
    wrong = await client.post(
        "/vao/ma",
        data={"csrf": hidden((await client.get("/vao/ma")).text, "csrf"), "code": "000000"},
    )
    assert wrong.status_code == 403
    assert "Mã xác thực không đúng" in wrong.text
    before = client.cookies["phien"]
    assert (await code(client, approver.totp)).headers["location"] == "/"
    assert client.cookies["phien"] != before
    assert approver.name in (await client.get("/")).text


async def test_the_first_sign_in_sets_the_second_factor_up_by_qr_code(
    desk: Any, client: httpx.AsyncClient
) -> None:
    async with desk.office.records.act(SYSTEM) as act:
        new = NewUser(
            email="moi@vanphong.example",
            name="Người Mới",
            title="Phó Chánh Văn phòng",
            roles=[Role.APPROVER],
            password=await new_password(PASSWORD, "moi@vanphong.example"),
        )
        await person.add_user(act, new)
    await enter(client, "moi@vanphong.example", PASSWORD)
    begin = (await client.get("/vao/ma")).text
    shown = await client.post("/vao/ma/moi", data={"csrf": hidden(begin, "csrf")})
    assert 'src="data:image/svg+xml' in shown.text
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', shown.text)
    assert secret
    told = secret[1].replace(" ", "")
    wrong = await client.post(
        "/vao/ma/xac-nhan", data={"csrf": hidden(shown.text, "csrf"), "code": "1"}
    )
    assert wrong.status_code == 422
    assert told not in wrong.text.replace(" ", "")
    done = await client.post(
        "/vao/ma/xac-nhan",
        data={"csrf": hidden(shown.text, "csrf"), "code": pyotp.TOTP(told).now(), "next": "/"},
    )
    assert done.headers["location"] == "/"
    assert (await client.get("/")).status_code == 200


async def test_unknown_people_wrong_passwords_and_locked_accounts_read_the_same(
    desk: Any, client: httpx.AsyncClient
) -> None:
    someone = desk.people["coordinator"]
    unknown = await enter(client, "khong@co.example", "sai hoàn toàn luôn")
    wrong = [await enter(client, someone.email, f"sai {n}") for n in range(5)]
    locked = await enter(client, someone.email, someone.password)
    said = {re.findall(r'role="alert"[^>]*>([^<]+)<', r.text)[0] for r in (unknown, *wrong, locked)}
    assert len(said) == 1
    assert {r.status_code for r in (unknown, *wrong, locked)} == {403}


async def test_a_sign_in_form_from_elsewhere_is_refused(
    desk: Any, client: httpx.AsyncClient
) -> None:
    someone = desk.people["coordinator"]
    given = {"email": someone.email, "password": someone.password}
    refused = await client.post("/vao", data=given | {"nonce": "made-up"})
    assert refused.status_code == 403
    assert "phien" not in client.cookies
    foreign = await client.post("/vao", data=given, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403


async def test_signing_out_ends_the_session_for_good(desk: Any) -> None:
    browser = await desk.as_("coordinator")
    token = browser.web.cookies["phien"]
    assert (await browser.post("/ra")).headers["location"] == "/vao"
    browser.web.cookies.set("phien", token)
    assert (await browser.get("/")).headers["location"] == "/vao"


async def test_signing_out_needs_the_sessions_own_form(desk: Any) -> None:
    browser = await desk.as_("coordinator")
    assert (await browser.web.post("/ra", data={"csrf": "x"})).status_code == 403
    assert (await browser.get("/")).status_code == 200


@pytest.mark.parametrize(
    "written",
    [
        "https://xau.example/",
        "//xau.example",
        "/\\xau.example",
        "javascript:alert(1)",
        "\t//x",
        "",
        None,
        "/a\r\nSet-Cookie: x",
    ],
)
def test_after_signing_in_nobody_is_sent_to_another_site(written: str | None) -> None:
    assert own_path(written) == "/"


async def test_the_page_that_was_asked_for_opens_after_signing_in(
    desk: Any, client: httpx.AsyncClient
) -> None:
    asked = await client.get("/tin-bao?x=1")
    assert asked.headers["location"] == "/vao?next=%2Ftin-bao%3Fx%3D1"
    someone = desk.people["coordinator"]
    entered = await enter(client, someone.email, someone.password, next="/tin-bao?x=1")
    assert entered.headers["location"] == "/tin-bao?x=1"


async def test_the_page_speaks_the_readers_language(client: httpx.AsyncClient) -> None:
    assert "Mật khẩu" in (await client.get("/vao")).text
    english = await client.get("/vao", headers={"Accept-Language": "fr, en;q=0.8, vi;q=0.5"})
    assert "Password" in english.text
    assert '<html lang="en">' in english.text
    assert "Password" in (await client.get("/vao?lang=en")).text
    assert "Password" in (await client.get("/vao")).text
    assert "Mật khẩu" in (await client.get("/vao?lang=vi")).text
