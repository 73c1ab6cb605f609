"""What an incident's pages show, to whom, and that nothing in them is taken for markup."""

import re
from typing import Any

import pytest

from crisis.records import mail

PAGES = ["", "/phat-ngon", "/dien-bien", "/dien-bien?xem=tat-ca", "/thu", "/luot-chay"]
EVIL = '"><script>alert(1)</script>'


@pytest.mark.parametrize("who", ["coordinator", "approver", "spokesperson", "leader", "auditor"])
async def test_every_role_reads_every_page(desk: Any, drafted: Any, who: str) -> None:
    browser = await desk.as_(who)
    for page in PAGES:
        opened = await browser.get(drafted.path + page)
        assert opened.status_code == 200, page
        assert drafted.code in opened.text
    english = await browser.get(f"{drafted.path}?lang=en")
    assert "Claims and conclusions" in english.text
    acts = 'action="/vu-viec/' in english.text
    assert acts is (who == "coordinator")


async def test_nobody_reads_an_incident_without_signing_in(client: Any, case: Any) -> None:
    for page in PAGES:
        assert (await client.get(case.path + page)).headers["location"].startswith("/vao?next=")


async def test_an_unknown_incident_is_not_found(coordinator: Any) -> None:
    missing = await coordinator.get("/vu-viec/DT-2025-9999")
    assert missing.status_code == 404
    assert "Không có vụ việc mã" in missing.text


async def test_only_an_auditor_is_offered_the_audit_pack(desk: Any, case: Any) -> None:
    for who, offered in (("auditor", True), ("coordinator", False), ("approver", False)):
        page = (await (await desk.as_(who)).get(case.path)).text
        assert ("/ho-so-kiem-tra" in page) is offered


async def test_markup_in_any_text_is_shown_as_letters(desk: Any, coordinator: Any) -> None:
    code = await desk.report(
        title=f"Tin {EVIL}",
        outlet=f"Báo {EVIL}",
        quotation=EVIL,
        note=EVIL,
        subject={"vi": f"Vụ {EVIL}", "en": EVIL},
        summary=EVIL,
        claims=[{"text": f"Điều {EVIL}"}],
    )
    path = f"/vu-viec/{code}"
    claim = re.search(r'id="noi-dung-([0-9a-f-]{36})"', (await coordinator.get(path)).text)
    assert claim
    evil = {"reason": EVIL, "vi": EVIL, "en": EVIL, "text": EVIL, "row": claim[1], "at": EVIL}
    for act in ("phan-loai", "noi-dung", "du-kien", "moc-thoi-gian", "giao-co-quan", "tra-loi"):
        answered = await coordinator.post(f"{path}/{act}", evil | {"agency": EVIL, "places": EVIL})
        assert "<script>alert" not in answered.text, act
    for page in [*(path + one for one in PAGES), "/", "/?tim=" + "%3Cscript%3E"]:
        for language in ("vi", "en"):
            coordinator.web.cookies.set("ngon-ngu", language)
            shown = await coordinator.get(page)
            assert "<script>" not in shown.text, page


async def test_the_timeline_names_people_and_agencies(coordinator: Any, drafted: Any) -> None:
    page = (await coordinator.get(f"{drafted.path}/dien-bien")).text
    assert "Mở vụ việc" in page
    assert "Trần Thị Ví Dụ" in page
    assert "Ban Quản lý dự án" in page
    assert "Mail queued" not in page
    assert "Thư chờ gửi" not in page
    assert "Thư chờ gửi" in (await coordinator.get(f"{drafted.path}/dien-bien?xem=thu")).text


async def test_without_prefect_the_page_stands_and_says_so(coordinator: Any, case: Any) -> None:
    page = await coordinator.get(f"{case.path}/luot-chay")
    assert page.status_code == 200
    assert "Máy chủ Prefect không trả lời." in page.text


async def test_a_mail_is_read_with_its_task_link_hidden(
    desk: Any, coordinator: Any, drafted: Any
) -> None:
    row = (await drafted.standing()).incident
    async with desk.office.records.look() as session:
        sent = [m for m in await mail.of_incident(session, row.id) if m.letter == "assignment"]
        raw = await mail.content(session, sent[0])
    token = re.search(rb"/viec/([\w-]{20,})", raw.replace(b"=\r\n", b""))
    page = (await coordinator.get(f"{drafted.path}/thu/{sent[0].id}")).text
    assert "/viec/•••" in page
    assert not re.search(r"/viec/[\w-]{20,}", page)
    if token:
        assert token[1].decode() not in page
    assert re.search(r"phatngon\+[^@\s•]{8,}@", page) is None
    approver = await desk.as_("approver")
    assert (await approver.get(f"{drafted.path}/thu/{sent[0].id}")).status_code == 403
    other = await desk.report(title="Việc khác")
    foreign = await coordinator.get(f"/vu-viec/{other}/thu/{sent[0].id}")
    assert foreign.status_code == 404


async def test_evidence_is_downloaded_and_never_opened_in_the_page(
    desk: Any, client: Any, coordinator: Any, drafted: Any
) -> None:
    page = (await coordinator.get(drafted.path)).text
    found = re.search(r'href="([^"]+/chung-cu/[^"]+)"', page)
    assert found
    got = await coordinator.get(found[1])
    assert got.status_code == 200
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert (await client.get(found[1])).status_code == 303
    other = await desk.report(title="Việc khác")
    wrong = found[1].replace(drafted.code, other)
    assert (await coordinator.get(wrong)).status_code == 404
