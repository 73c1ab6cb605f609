"""A candidate that may be a running incident again is entered there from its page."""

from typing import Any

from crisis.model.report import ReportIn
from crisis.office.intake.reporting import Filing, file_report
from crisis.records.act import SYSTEM

TOLD = {
    "title": "Sân trường ngập nước",
    "outlet": "Báo Ví Dụ",
    "link": "https://bao.example/san-truong",
    "published_at": "2025-10-19T07:00",
    "topics": ["provincial_works"],
    "claims": [{"text": {"vi": "Sân trường bị ngập", "en": "The yard floods"}}],
}


async def filed(desk: Any, actor: Any, *, confirmed: bool) -> str:
    async with desk.office.records.act(actor) as act:
        report = ReportIn.model_validate(TOLD)
        return (await file_report(desk.office, act, report, Filing(confirmed=confirmed))).code


async def test_a_candidate_is_merged_into_the_incident_that_it_repeats(
    desk: Any, coordinator: Any
) -> None:
    running = await filed(desk, desk.actor("coordinator"), confirmed=True)
    code = await filed(desk, SYSTEM, confirmed=False)
    page = (await coordinator.get(f"/vu-viec/{code}")).text
    assert f'name="into" type="text" required maxlength="40" value="{running}"' in page
    refused = await coordinator.post(f"/vu-viec/{code}/nhap-vao", {"into": code, "reason": "x"})
    assert refused.status_code == 422
    assert "mã của một vụ việc khác đang xử lý" in refused.text
    sent = {"into": running, "reason": "Cùng một bài báo"}
    done = await coordinator.post(f"/vu-viec/{code}/nhap-vao", sent)
    assert done.headers["location"] == f"/vu-viec/{code}?da=merge"
    ended = (await coordinator.get(done.headers["location"])).text
    assert "Đã nhập vào vụ việc khác; tin, bài" in ended
    assert f'Cùng một bài báo <a href="/vu-viec/{running}">' in ended
    assert "nhap-vao" not in (await coordinator.get(f"/vu-viec/{running}")).text
