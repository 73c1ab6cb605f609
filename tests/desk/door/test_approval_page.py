"""What waits for me, and deciding about exactly the bytes that were read."""

import asyncio
import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from crisis.model.approval import Decision
from crisis.model.statement import Variant
from crisis.model.verdict import Verdict
from crisis.model.words import Language
from crisis.office.case import read_case
from crisis.office.statement import editing
from crisis.records import approval_request, authority, incident, wording
from crisis.records.act import SYSTEM
from crisis.records.assignment import Status
from crisis.records.schema.assignment import Assignment
from crisis.records.schema.incident import Incident
from crisis.records.schema.statement import StatementRow


async def row_of(desk: Any, statement: str) -> StatementRow:
    """The statement as recorded."""
    async with desk.office.records.look() as session:
        return await wording.get(session, statement)


async def given(desk: Any, statement: str) -> list[str | None]:
    """The decisions about the current version."""
    async with desk.office.records.look() as session:
        row = await wording.get(session, statement)
        rows = await approval_request.of_version(session, row.id, row.current)
        return sorted(one.decision for one in rows if one.decision)


def digest(page: str) -> str:
    """The hash of what a page shows, as its form carries it."""
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


async def decide(browser: Any, statement: str, decision: str, reason: str = "") -> Any:
    """Open the page and decide, as a person does."""
    page = (await browser.get(f"/duyet/{statement}")).text
    seen = digest(page) if 'name="digest"' in page else "0" * 64
    form = {"decision": decision, "reason": reason, "digest": seen}
    return await browser.post(f"/duyet/{statement}", form)


async def test_the_list_holds_what_waits_for_me_and_nothing_else(desk: Any, pending: str) -> None:
    mine = await (await desk.as_("approver")).get("/duyet")
    assert f"/duyet/{pending}" in mine.text
    assert "còn " in mine.text
    other = await (await desk.as_("coordinator")).get("/duyet")
    assert f"/duyet/{pending}" not in other.text


async def test_nobody_reads_it_without_signing_in(client: Any, pending: str) -> None:
    answer = await client.get(f"/duyet/{pending}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/vao?next=")


async def test_the_page_holds_every_text_exactly_and_where_it_goes(desk: Any, pending: str) -> None:
    page = (await (await desk.as_("approver")).get(f"/duyet/{pending}")).text
    async with desk.office.records.look() as session:
        _, variants = await wording.version_of(session, pending, 1)
    for variant in variants:
        assert f"<b>{variant.title}</b>{variant.body}</div>" in unescape(page)
        assert variant.sha256 in page
    assert "Thư tới các cơ quan báo chí: 3 nơi nhận" in page
    assert "Soạn từ mẫu đã duyệt" in page
    assert "Biên bản hiện trường" in page
    assert "Hạn quyết định:" in page


async def test_approving_takes_two_taps_on_the_open_page(desk: Any, pending: str) -> None:
    approver = await desk.as_("approver")
    answer = await decide(approver, pending, "approve")
    assert answer.status_code == 303
    page = (await approver.get(answer.headers["location"])).text
    assert "Đã ghi nhận: phê duyệt." in page
    assert (await row_of(desk, pending)).lifecycle == "approved"


async def test_a_second_click_finds_it_decided(desk: Any, pending: str) -> None:
    approver = await desk.as_("approver")
    page = (await approver.get(f"/duyet/{pending}")).text
    form = {"decision": "approve", "digest": digest(page)}
    first = await approver.post(f"/duyet/{pending}", form)
    second = await approver.post(f"/duyet/{pending}", form)
    assert (first.status_code, second.status_code) == (303, 409)
    assert "không còn chờ phê duyệt" in second.text
    assert await given(desk, pending) == [Decision.APPROVE.value]


async def test_of_two_approvers_at_once_the_first_wins(desk: Any, pending: str) -> None:
    people = [await desk.as_("approver"), await desk.as_("leader")]
    answers = await asyncio.gather(
        decide(people[0], pending, "approve"),
        decide(people[1], pending, "return", "Cần nêu rõ thời hạn khắc phục"),
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert len(await given(desk, pending)) == 1


@pytest.mark.parametrize("decision", ["return", "reject"])
async def test_returning_and_rejecting_need_a_reason(
    desk: Any, pending: str, decision: str
) -> None:
    approver = await desk.as_("approver")
    answer = await decide(approver, pending, decision)
    assert answer.status_code == 422
    assert "Xin ghi lý do" in answer.text
    assert await given(desk, pending) == []
    kept = await decide(approver, pending, decision, "Chưa nêu <b>thời hạn</b>")
    assert kept.status_code == 303
    page = (await approver.get(f"/duyet/{pending}")).text
    assert "Chưa nêu &lt;b&gt;thời hạn" in page
    assert (await row_of(desk, pending)).lifecycle == {"return": "draft", "reject": "rejected"}[
        decision
    ]


@pytest.mark.parametrize("who", ["coordinator", "spokesperson", "auditor"])
async def test_whoever_was_not_asked_reads_why_instead_of_buttons(
    desk: Any, pending: str, who: str
) -> None:
    browser = await desk.as_(who)
    page = (await browser.get(f"/duyet/{pending}")).text
    assert "không được giao phê duyệt" in page
    assert "Xác nhận phê duyệt" not in page
    answer = await decide(browser, pending, "approve")
    assert answer.status_code == 403
    assert await given(desk, pending) == []


async def edited(desk: Any, statement: str, who: str) -> None:
    """`who` writes a new version and lays it before the approvers again."""
    async with desk.office.records.act(desk.actor(who)) as act:
        row = await wording.get(act.session, statement)
        case = await act.session.get_one(Incident, row.incident_id)
        standing = await read_case(desk.office, act, case)
        _, before = await wording.version_of(act.session, row.id, row.current)
        variants = tuple(
            Variant(
                outlet=v.outlet,
                language=v.language,
                title=v.title,
                body=v.body.replace("Nâng cốt sân", "Nâng toàn bộ cốt sân"),
            )
            for v in before
        )
        words = editing.Edit(variants=variants, seen=row.current, note="Rõ phạm vi")
        await editing.edit(act, standing, row, words)
        await editing.submit(act, standing, row)


async def asked_again(desk: Any, statement: str, ask: Any) -> None:
    """The flow asks the approvers of the new version."""
    async with desk.office.records.act(SYSTEM) as act:
        row = await wording.get(act.session, statement)
        case = await act.session.get_one(Incident, row.incident_id)
        await ask(desk.office, act, await read_case(desk.office, act, case), row)


async def test_what_changed_under_the_approver_is_refused_and_the_reason_is_kept(
    desk: Any, pending: str, ask: Any
) -> None:
    approver = await desk.as_("approver")
    page = (await approver.get(f"/duyet/{pending}")).text
    await edited(desk, pending, "coordinator")
    await asked_again(desk, pending, ask)
    answer = await approver.post(
        f"/duyet/{pending}",
        {"decision": "return", "reason": "Sửa lại câu hai", "digest": digest(page)},
    )
    assert answer.status_code == 409
    assert "Nội dung đã thay đổi" in answer.text
    assert "Sửa lại câu hai" in answer.text
    assert "<ins>toàn bộ </ins>" in answer.text
    assert digest(answer.text) != digest(page)
    assert "Trần Thị Ví Dụ" in answer.text


async def test_an_author_reads_that_another_person_has_to_approve(
    desk: Any, pending: str, ask: Any
) -> None:
    await edited(desk, pending, "approver")
    await asked_again(desk, pending, ask)
    browser = await desk.as_("approver")
    page = (await browser.get(f"/duyet/{pending}")).text
    assert "Xác nhận phê duyệt" not in page
    answer = await decide(browser, pending, "approve")
    assert answer.status_code == 403
    assert await given(desk, pending) == []


async def test_without_a_written_authority_in_force_nobody_approves(
    desk: Any, pending: str
) -> None:
    user = desk.people["approver"].user
    async with desk.office.records.act(SYSTEM) as act:
        for row in await authority.all_recorded(act.session):
            if row.user_id == user:
                await authority.revoke(act, row.id)
    browser = await desk.as_("approver")
    page = (await browser.get(f"/duyet/{pending}")).text
    assert "chưa có văn bản giao quyền phê duyệt" in page
    assert "Xác nhận phê duyệt" not in page
    assert (await decide(browser, pending, "approve")).status_code == 403


async def test_a_denial_asks_two_different_persons(desk: Any, lay: Any) -> None:
    statement = await lay(desk, Verdict.INACCURATE)
    approver = await desk.as_("approver")
    assert (await decide(approver, statement, "approve")).status_code == 303
    assert (await row_of(desk, statement)).lifecycle == "pending"


async def test_evidence_is_downloaded_and_never_opened_as_a_page(
    desk: Any, pending: str, client: Any
) -> None:
    approver = await desk.as_("approver")
    page = (await approver.get(f"/duyet/{pending}")).text
    found = re.search(rf"/duyet/{pending}/chung-cu/[0-9a-f-]+", page)
    assert found is not None
    answer = await approver.get(found[0])
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert (await client.get(found[0])).status_code == 303


async def test_a_restricted_incident_is_not_there_for_others(desk: Any, pending: str) -> None:
    async with desk.office.records.act(SYSTEM) as act:
        row = await wording.get(act.session, pending)
        (await act.session.get_one(Incident, row.incident_id)).restricted = True
    assert (await (await desk.as_("spokesperson")).get(f"/duyet/{pending}")).status_code == 404
    assert (await (await desk.as_("approver")).get(f"/duyet/{pending}")).status_code == 200


@pytest.mark.parametrize(
    "there", ["/duyet/khong-co", "/duyet/00000000-0000-0000-0000-000000000000"]
)
async def test_a_statement_that_is_none_is_not_found(desk: Any, there: str) -> None:
    assert (await (await desk.as_("approver")).get(there)).status_code == 404


async def test_a_form_without_the_sessions_token_is_refused(desk: Any, pending: str) -> None:
    approver = await desk.as_("approver")
    page = (await approver.get(f"/duyet/{pending}")).text
    form = {"decision": "approve", "digest": digest(page), "csrf": "made up"}
    answer = await approver.web.post(f"/duyet/{pending}", data=form)
    assert answer.status_code == 403
    assert await given(desk, pending) == []


async def test_the_page_exists_in_english(desk: Any, pending: str) -> None:
    page = (await (await desk.as_("approver")).get(f"/duyet/{pending}?lang=en")).text
    assert "Confirm approval" in page
    assert "Hạn quyết định" not in page
    assert Language.EN.value in page


async def test_the_code_of_the_incident_leads_to_its_page(desk: Any, pending: str) -> None:
    page = (await (await desk.as_("approver")).get(f"/duyet/{pending}")).text
    async with desk.office.records.look() as session:
        row = await wording.get(session, pending)
        case = await session.get_one(Incident, row.incident_id)
        assert await incident.by_code(session, case.code) is case
    assert f'href="/vu-viec/{case.code}"' in page


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.ACKNOWLEDGED, "đã được giao việc nhưng chưa trả lời."),
        (Status.UNREACHABLE, "thư giao việc chưa tới nơi nên cơ quan này chưa có ý kiến."),
    ],
)
async def test_an_agency_that_was_not_heard_is_named(
    desk: Any, pending: str, status: Status, told: str
) -> None:
    approver = await desk.as_("approver")
    assert told not in (await approver.get(f"/duyet/{pending}")).text
    async with desk.office.records.act(SYSTEM) as act:
        row = await wording.get(act.session, pending)
        task = await act.session.scalar(
            select(Assignment).where(Assignment.incident_id == row.incident_id)
        )
        assert task is not None
        task.status = status.value
    assert f"{task.name_vi}: {told}" in unescape((await approver.get(f"/duyet/{pending}")).text)
