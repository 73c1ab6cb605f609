"""An incident that only named people may see, and every way by which it could show elsewhere."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from crisis.model.role import Role
from crisis.records import api_key, incident, ledger, person, sign_in
from crisis.records.act import SYSTEM
from crisis.records.schema.assignment import EvidenceRow
from crisis.records.schema.engine import WakeUp
from crisis.records.schema.mail import Mail
from desk.door.gate import COOKIE

TITLE = "Sân trường ngập nước mỗi khi mưa"
NAMED = "spokesperson"


async def restrict(
    desk: Any, code: str, *people: str, on: str = "1", reason: str = "Trẻ em"
) -> Any:
    """The coordinator's form."""
    keys = [desk.people[one].user for one in people]
    form = {"restricted": on, "people": keys, "reason": reason}
    return await (await desk.as_("coordinator")).post(f"/vu-viec/{code}/han-che", form)


@pytest.fixture
async def secret(desk: Any, drafted: Any) -> Any:
    """An incident before its approver, restricted to a named person."""
    assert (await restrict(desk, drafted.code, NAMED)).status_code == 303
    return drafted


@pytest.fixture
async def other(desk: Any) -> Any:
    """Another coordinator and administrator, who is not named."""
    new = person.NewUser(
        email="khac@vp.example", name="Khác", title="X", roles=(Role.COORDINATOR, Role.ADMIN)
    )
    async with desk.office.records.act(SYSTEM) as act:
        user = await person.add_user(act, new)
        opened = await sign_in.open_session(act, user, second_factor=True, replaces=None)
    made = await desk.browser()
    made.web.cookies.set(COOKIE, opened.token)
    made.csrf, made.user = opened.csrf, user.id
    return made


async def evidence_of(case: Any) -> str:
    async with case.desk.office.records.look() as session:
        row = await incident.by_code(session, case.code)
        wanted = select(EvidenceRow.id).where(EvidenceRow.incident_id == row.id)
        return str((await session.scalars(wanted)).first())


async def test_restricting_needs_a_reason_and_stands_in_the_ledger_without_names(
    desk: Any, case: Any
) -> None:
    assert (await restrict(desk, case.code, reason=" ")).status_code == 422
    assert (await restrict(desk, case.code, NAMED)).status_code == 303
    async with desk.office.records.look() as session:
        entry = (await ledger.entries(session, case.code))[-1]
    assert (entry["action"], entry["data"]["field"]) == ("fact.amended", "restricted")
    assert desk.people["coordinator"].user in entry["data"]["people"]
    assert desk.people[NAMED].name not in str(entry)


@pytest.mark.parametrize(
    "tab",
    ["", "/phat-ngon", "/dien-bien", "/thu", "/luot-chay", "/chung-cu/{}", "/ho-so-kiem-tra"],
)
async def test_its_pages_and_files_are_not_there_for_others(
    secret: Any, other: Any, tab: str
) -> None:
    there = secret.path + tab.format(await evidence_of(secret))
    answer = await other.get(there)
    assert answer.status_code == 404
    assert TITLE not in answer.text


async def test_who_acts_is_named_or_audits_sees_it(desk: Any, secret: Any) -> None:
    for who in ("coordinator", "approver", NAMED, "auditor"):
        assert (await (await desk.as_(who)).get(secret.path)).status_code == 200, who
        assert TITLE in (await (await desk.as_(who)).get("/?xem=dang-mo")).text, who


async def test_the_board_its_counts_and_its_search_know_nothing_of_it(
    secret: Any, other: Any
) -> None:
    for there in ("/", "/?tim=ngap", f"/?tim={secret.code}", "/?giai-doan=approving"):
        page = (await other.get(there)).text
        assert TITLE not in page
        assert f"/vu-viec/{secret.code}" not in page
    assert await shown_as_open(other) == 0


async def shown_as_open(browser: Any) -> int:
    return (await browser.get("/?xem=dang-mo")).text.count('href="/vu-viec/')


async def test_another_coordinator_can_neither_act_on_it_nor_take_its_pack(
    secret: Any, other: Any
) -> None:
    for form in ("ket-thuc", "han-che", "muc-do", "ho-so-kiem-tra"):
        sent = await other.post(f"{secret.path}/{form}", {"reason": "x", "stage": "closed"})
        assert sent.status_code == 404, form


async def test_a_call_of_another_system_is_not_told_of_it(desk: Any, secret: Any) -> None:
    async with desk.office.records.act(SYSTEM) as act:
        key = await api_key.add_key(act, "X", ["reports:write"], act.real + timedelta(days=1))
    report = {"title": TITLE, "outlet": "Báo", "published_at": "2025-10-19T07:00"}
    report |= {"claims": [{"text": {"vi": "Ngập", "en": "Floods"}}]}
    head = {"Authorization": f"Bearer {key}", "Idempotency-Key": "1"}
    answer = await (await desk.browser()).web.post("/api/reports", json=report, headers=head)
    assert answer.status_code == 201, answer.text
    assert answer.json()["possible_duplicates"] == []


async def test_the_register_of_press_requests_leaves_its_requests_out(
    desk: Any, secret: Any, other: Any
) -> None:
    asked = {"kind": "question", "outlet": "Báo", "subject": "Chuyện kín", "question": "Ai?"}
    asked |= {"received_at": "2025-10-19T09:00", "incident": secret.code}
    kept = await (await desk.as_("coordinator")).post("/yeu-cau-bao-chi", asked)
    place = kept.headers["location"].partition("?")[0]
    assert (await other.get(place)).status_code == 404
    for there in ("/", "/yeu-cau-bao-chi"):
        assert "Chuyện kín" not in (await other.get(there)).text


async def test_mail_about_its_publication_goes_to_who_acts_only(
    desk: Any, secret: Any, other: Any
) -> None:
    await secret.publish()
    async with desk.office.records.look() as session:
        told = set(await session.scalars(select(Mail.recipient).where(Mail.key.contains("notice"))))
    assert "dieuphoi@vanphong.example" in told
    assert "khac@vp.example" not in told


async def test_metrics_runs_and_logs_carry_no_title(
    desk: Any, secret: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await secret.publish()
    counted = (await (await desk.browser()).get("/metrics")).text
    async with desk.office.records.look() as session:
        wakes = [row.because for row in await session.scalars(select(WakeUp))]
    for told in (counted, caplog.text, *wakes):
        assert TITLE not in told
    assert secret.code not in counted


async def test_lifting_it_shows_it_again(desk: Any, secret: Any, other: Any) -> None:
    assert (await restrict(desk, secret.code, on="", reason="Đã công bố")).status_code == 303
    assert (await other.get(secret.path)).status_code == 200


async def test_a_request_like_one_about_it_is_taken_as_the_first(
    desk: Any, secret: Any, other: Any
) -> None:
    asked = {"kind": "question", "outlet": "Báo", "subject": "Sân trường", "question": "Bao giờ?"}
    asked |= {"received_at": "2025-10-19T09:00", "email": "toasoan@bao.example"}
    coordinator = await desk.as_("coordinator")
    about = asked | {"incident": secret.code}
    assert (await coordinator.post("/yeu-cau-bao-chi", about)).status_code == 303
    assert (await coordinator.post("/yeu-cau-bao-chi", about)).status_code == 200
    assert (await other.post("/yeu-cau-bao-chi", asked)).status_code == 303
