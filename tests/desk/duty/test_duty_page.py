"""Periodic duties on the desk: on the board, recorded with number or link, then counted."""

import re
from typing import Any

import pytest

from crisis.model.law_digest import rule_digest
from crisis.office.content import law_signing
from crisis.office.duty import duty_planning
from crisis.records.act import SYSTEM

PLACE = "/nhiem-vu-dinh-ky"
QUARTERLY = "Họp báo định kỳ, ít nhất 3 tháng một lần"


@pytest.fixture
async def clerk(desk: Any) -> Any:
    """A coordinator on 25 November 2026, when the month's information is due soon."""
    await desk.set_time("2026-11-25T10:00+07:00")
    async with desk.office.records.act() as act:
        await duty_planning.plan(desk.office, act)
    return await desk.as_("coordinator")


def clock_of(page: str, title: str) -> str:
    """The key of the owed duty with that title."""
    found = re.search(rf'id="viec-([0-9a-f-]+)"><h3>{title}', page)
    assert found, page
    return found[1]


async def test_what_is_due_soon_stands_on_the_board_until_a_person_records_it(clerk: Any) -> None:
    title = "Cung cấp thông tin hằng tháng"
    assert title in (await clerk.get("/")).text
    assert "Họp báo định kỳ" not in (await clerk.get("/")).text
    page = (await clerk.get(PLACE)).text
    assert "khoản 2 Điều 6 Nghị định 244/2026" in page
    sent = {
        "clock": clock_of(page, title),
        "kind": "periodic_information",
        "form": "briefing",
        "done_at": "2026-11-25T09:00",
        "reference": "https://quangtri.example/thong-tin-thang-11",
    }
    assert (await clerk.post(f"{PLACE}/ghi", sent)).is_redirect
    assert title not in (await clerk.get("/")).text
    assert 'href="https://quangtri.example/thong-tin-thang-11"' in (await clerk.get(PLACE)).text


async def test_a_duty_says_that_its_rule_is_unsigned_and_its_calendar_not_yet_published(
    desk: Any, clerk: Any
) -> None:
    page = (await clerk.get(PLACE)).text
    assert 'href="/luat#periodic_information">chưa thẩm định</a>' in page
    duties = dict(re.findall(r"<h3>([^<]*)</h3>(.*?)</article>", page, re.S))
    asked = "Lịch nghỉ năm 2027 chưa được công bố"
    assert [title for title, told in duties.items() if asked in told] == [QUARTERLY]
    english = (await clerk.get(f"{PLACE}?lang=en")).text
    assert "The calendar for 2027 is not yet published; this due time must be confirmed." in english
    async with desk.office.records.act(SYSTEM) as act:
        law = (await desk.office.in_force(act.session)).law
        rule = next(one for one in law.rules if one.id == "periodic_information")
        await law_signing.sign(desk.office, act, rule.id, rule_digest(rule))
    assert 'href="/luat#periodic_information"' not in (await clerk.get(PLACE)).text


async def test_a_press_conference_counts_in_the_report_until_it_is_withdrawn(clerk: Any) -> None:
    sent = {
        "kind": "periodic_press_conference",
        "done_at": "2026-11-25T08:00",
        "reference": "GM 15/GM-UBND",
    }
    assert (await clerk.post(f"{PLACE}/ghi", sent)).is_redirect
    behind = (await clerk.get("/bao-cao-nam/2026/press_conferences")).text
    found = re.search(rf'href="{PLACE}#ghi-([0-9a-f-]+)">GM 15/GM-UBND', behind)
    assert found
    gone = {"record": found[1], "reason": "Họp báo của sở, không phải của tỉnh"}
    assert (await clerk.post(f"{PLACE}/huy", gone)).is_redirect
    assert "GM 15" not in (await clerk.get("/bao-cao-nam/2026/press_conferences")).text
    assert "Họp báo của sở" in (await clerk.get(PLACE)).text


async def test_what_was_refused_is_shown_again_as_it_was_typed(clerk: Any) -> None:
    sent = {"kind": "proactive_briefing", "done_at": "2026-11-26T08:00", "reference": "TB 7"}
    refused = await clerk.post(f"{PLACE}/ghi", sent)
    assert refused.status_code == 422
    assert "tương lai" in refused.text
    assert 'value="TB 7"' in refused.text
    assert (await clerk.post(f"{PLACE}/la", sent)).status_code == 404


async def test_a_decision_starts_its_24_hours_and_only_coordinators_record(
    desk: Any, clerk: Any
) -> None:
    sent = {"done_at": "2026-11-25T09:00", "reference": "QĐ 12/QĐ-UBND"}
    assert (await clerk.post(f"{PLACE}/bo-nhiem", sent)).is_redirect
    page = (await clerk.get(f"{PLACE}?lang=en")).text
    assert "26 Nov 2026, 09:00" in page
    assert "Decision naming a spokesperson" in page
    reader = await desk.as_("approver")
    assert (await reader.post(f"{PLACE}/bo-nhiem", sent)).status_code == 403
    assert "Ghi đã thực hiện" not in (await reader.get(PLACE)).text
