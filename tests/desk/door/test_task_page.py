"""The task page of an agency, by its link."""

import hmac
import re
from hashlib import sha256
from typing import Any

import httpx
import pytest

from crisis.records import task_link
from crisis.records.act import SYSTEM
from crisis.records.task_link import hash_of


def only_hidden(page: str) -> str:
    """What does not differ from one opening to the next."""
    return re.sub(r'(name="(?:nonce|page)" value=")[^"]*', r"\1", page)


async def test_the_page_says_what_is_asked_by_when_and_whom_to_call(agency: Any) -> None:
    page = await agency.page()
    for told in (
        "Sân trường bị ngập",
        "Nước không thoát được",
        "Trần Thị Ví Dụ",
        "tel:",
        "Pháp Luật TP.HCM",
        "còn ",
        "chủ trì trả lời",
    ):
        assert told in page, told


async def test_the_whole_page_exists_in_english(agency: Any) -> None:
    page = await agency.page("?lang=en")
    for told in ("Answer claim by claim", "The yard floods", "Not yet verified"):
        assert told in page, told
    assert "Hạn trả lời" not in page


async def test_every_verdict_is_offered_with_a_plain_explanation(agency: Any) -> None:
    page = await agency.page()
    assert page.count('type="radio"') == 14  # two claims, seven verdicts
    assert "Sự việc đúng như phản ánh." in page


async def test_opening_the_page_changes_nothing(agency: Any) -> None:
    async with agency.office.records.look() as session:
        before = (await task_link.open_link(session, agency.token)).assignment.version
    first, second = await agency.page(), await agency.page()
    assert only_hidden(first) == only_hidden(second)
    assert (await agency.task()).version == before
    assert (await agency.task()).acknowledged_at is None


async def test_the_page_is_kept_by_nobody_and_its_address_leaks_nowhere(agency: Any) -> None:
    answer = await agency.web.get(agency.path)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "script-src 'self'" in answer.headers["content-security-policy"]


async def test_a_second_click_on_acknowledge_changes_nothing(agency: Any) -> None:
    for _ in range(2):
        answer = await agency.post("nhan")
        assert answer.status_code == 303
    task = await agency.task()
    assert task.status == "acknowledged"
    assert "Xác nhận đã nhận việc" not in await agency.page()


async def test_a_forged_link_gets_clear_words_and_nothing_else(client: httpx.AsyncClient) -> None:
    answer = await client.get("/viec/khong-phai-duong-dan-that")
    assert answer.status_code == 404
    assert "Xin mở lại từ thư đã nhận" in answer.text


async def test_a_cut_link_is_explained(client: httpx.AsyncClient) -> None:
    answer = await client.get("/viec")
    assert answer.status_code == 404
    assert "chép cả hai dòng" in answer.text


async def test_a_form_of_another_site_is_refused_and_keeps_what_was_typed(agency: Any) -> None:
    await agency.page()
    answer = await agency.web.post(
        f"{agency.path}/hoi", data={"nonce": "made up", "text": "Xin hỏi lại", "by": "Ai đó"}
    )
    assert answer.status_code == 403
    assert "Xin hỏi lại" in answer.text


async def test_the_nonce_of_one_link_does_not_serve_another(opened: Any) -> None:
    one, other = await opened("daumoi@bqlda.example"), await opened("daumoi@sgddt.example")
    other.web = one.web
    nonce = re.search(r'name="nonce" value="([^"]+)"', await one.page())
    assert nonce is not None
    await other.page()
    answer = await one.web.post(f"{other.path}/nhan", data={"nonce": nonce[1]})
    assert answer.status_code == 403
    assert (await other.task()).acknowledged_at is None


@pytest.fixture
async def revoked(agency: Any) -> Any:
    """The agency with a link that was revoked, as exporting an audit pack does."""
    await agency.page()
    async with agency.office.records.act(SYSTEM) as act:
        held = await task_link.open_link(act.session, agency.token)
        await task_link.revoke(act, held.incident, held.assignment.id, "exported")
    return agency


async def test_a_revoked_link_offers_a_fresh_one(revoked: Any) -> None:
    answer = await revoked.web.get(revoked.path)
    assert answer.status_code == 410
    assert "Gửi lại đường dẫn" in answer.text
    assert "Sân trường bị ngập" not in answer.text


async def test_a_fresh_link_goes_to_the_directory_once_in_a_while(
    revoked: Any, mails_to: Any, token_for: Any
) -> None:
    for _ in range(3):
        answer = await revoked.post("gui-lai")
        assert answer.status_code == 200
    letters = [row.letter for row, _ in await mails_to("daumoi@bqlda.example")]
    assert letters == ["assignment", "fresh_link"]
    revoked.token = await token_for("daumoi@bqlda.example")
    assert "Sân trường bị ngập" in await revoked.page()


async def test_asking_for_a_fresh_link_answers_the_same_for_a_forged_one(
    revoked: Any,
) -> None:
    true = await revoked.post("gui-lai")
    page = (await revoked.web.get(revoked.path)).text
    cookie = revoked.web.cookies["bieu-mau"]
    forged = "x" * 43
    answer = await revoked.web.post(
        f"/viec/{forged}/gui-lai", data={"nonce": bound(cookie, forged)}
    )
    assert (answer.status_code, answer.text) == (
        true.status_code,
        true.text.replace(revoked.token, forged),
    )
    assert page


def bound(cookie: str, token: str) -> str:
    """The nonce that a page of this link would carry."""
    return hmac.new(cookie.encode(), token.encode(), sha256).hexdigest()


async def test_a_working_link_is_not_replaced_by_asking(agency: Any, mails_to: Any) -> None:
    answer = await agency.post("gui-lai")
    assert answer.status_code == 200
    assert len(await mails_to("daumoi@bqlda.example")) == 1
    async with agency.office.records.look() as session:
        assert (await task_link.open_link(session, agency.token)).link.token_hash == hash_of(
            agency.token
        )
