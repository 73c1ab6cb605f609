"""Determinations, recorded facts and the shadow clock on an incident's page."""

import re
from typing import Any

import pytest

from crisis.records import deadline, incident


@pytest.fixture
async def path(desk: Any) -> str:
    """An incident of S3 on 5 August 2026, received at 8, looked at half an hour later."""
    await desk.set_time("2026-08-05T08:30+07:00")
    given = {"received_at": "2026-08-05T08:00", "published_at": "2026-08-05T07:00"}
    return f"/vu-viec/{await desk.report(severity='S3', **given)}"


async def key_of(desk: Any, path: str, rule: str) -> str:
    async with desk.office.records.look() as session:
        row = await incident.by_code(session, path.rpartition("/")[2])
        rows = await deadline.of_incident(session, row.id)
    return next(one.id for one in rows if one.rule == rule)


async def test_both_questions_are_asked_and_a_late_yes_needs_its_reason(
    desk: Any, coordinator: Any, path: str
) -> None:
    shown = (await coordinator.get(path)).text
    assert shown.count("Chưa trả lời") == 2
    assert "24 giờ từ lúc nhận tin đầu tiên" in shown
    assert "Xác định có bắt đầu thời hạn 24 giờ" in (await coordinator.get("/")).text
    no = {"row": "major_event", "answer": "no", "made_at": "2026-08-05T08:20"}
    assert (await coordinator.post(f"{path}/xac-dinh", no)).is_redirect
    await desk.set_time("2026-08-05T15:00+07:00")
    late = {"row": "divided_opinion", "answer": "yes", "made_at": "2026-08-05T14:00"}
    refused = await coordinator.post(f"{path}/xac-dinh", late)
    assert refused.status_code == 409
    assert "muộn hơn hạn sàng lọc" in refused.text
    assert 'value="2026-08-05T14:00"' in refused.text
    told = late | {"reason": "Dư luận lan rộng buổi chiều"}
    assert (await coordinator.post(f"{path}/xac-dinh", told)).is_redirect
    shown = (await coordinator.get(path)).text
    assert "Dư luận lan rộng buổi chiều" in shown
    assert "khoản 4 Điều 7 Nghị định 244/2026" in shown


@pytest.mark.parametrize("sent", [{"row": "rumour", "answer": "yes"}, {"row": "major_event"}])
async def test_a_determination_is_yes_or_no_to_one_question(
    coordinator: Any, path: str, sent: dict[str, str]
) -> None:
    assert (await coordinator.post(f"{path}/xac-dinh", sent)).status_code == 422


async def test_a_fact_starts_a_clock_that_is_extended_and_done(
    desk: Any, coordinator: Any, path: str
) -> None:
    fact = {"rule": "ati_complex_in_person", "at": "2026-08-04T09:00"}
    assert (await coordinator.post(f"{path}/thoi-han/ghi-moc", fact)).is_redirect
    shown = (await coordinator.get(path)).text
    assert "24:00 ngày 18/08/2026" in shown
    assert "khoản 2 Điều 29 Luật Tiếp cận thông tin" in shown
    key = await key_of(desk, path, "ati_complex_in_person")
    more = {"row": key, "reason": "Cần hỏi hai sở"}
    assert "/thoi-han/gia-han" in shown
    assert (await coordinator.post(f"{path}/thoi-han/gia-han", more)).is_redirect
    assert "/thoi-han/gia-han" not in (await coordinator.get(path)).text
    assert (await coordinator.post(f"{path}/thoi-han/gia-han", more)).status_code == 409
    done = {"row": key, "at": "2026-08-05T08:15"}
    assert (await coordinator.post(f"{path}/thoi-han/xong", done)).is_redirect
    shown = (await coordinator.get(path)).text
    assert "Gia hạn" in shown
    assert re.search(r"Hoàn thành đúng hạn</span> 08:15 ngày 05/08/2026", shown)


async def test_a_limit_that_ended_before_the_facts_is_not_in_the_list(
    coordinator: Any, path: str
) -> None:
    shown = (await coordinator.get(path)).text
    assert 'value="delegation_publish"' not in shown
    assert 'value="reply_forwarded_opinion"' not in shown  # a press request starts it
    assert 'value="outlet_answers_agency"' in shown


async def test_a_target_is_paused_with_a_reason_and_runs_on(
    desk: Any, coordinator: Any, path: str
) -> None:
    key = await key_of(desk, path, "playbook.draft")
    assert (await coordinator.post(f"{path}/thoi-han/tam-dung", {"target": key})).status_code == 422
    sent = {"target": key, "reason": "Chờ kết quả xét nghiệm"}
    assert (await coordinator.post(f"{path}/thoi-han/tam-dung", sent)).is_redirect
    assert "Chờ kết quả xét nghiệm" in (await coordinator.get(path)).text
    assert (await coordinator.post(f"{path}/thoi-han/tinh-tiep", {"row": key})).is_redirect


async def test_wrong_addresses_facts_and_readers_change_nothing(
    desk: Any, coordinator: Any, path: str
) -> None:
    assert (await coordinator.post(f"{path}/thoi-han/xoa", {})).status_code == 404
    assert (await coordinator.post(f"{path}/thoi-han/xong", {"row": "x"})).status_code == 404
    old = {"rule": "outlet_answers_agency", "at": "2026-06-30T09:00"}
    refused = await coordinator.post(f"{path}/thoi-han/ghi-moc", old)
    assert refused.status_code == 404
    assert "không có hiệu lực" in refused.text
    reader = await desk.as_("auditor")
    assert (await reader.post(f"{path}/thoi-han/ghi-moc", old)).status_code == 403
    assert "Ghi một mốc" not in (await reader.get(path)).text
