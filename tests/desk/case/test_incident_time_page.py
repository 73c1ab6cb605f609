"""Times of an affair on its page: what cannot be is refused, what is unknown stays unknown."""

from typing import Any

import pytest

from crisis.office.agency import steering
from crisis.office.agency.steering import Classification


@pytest.mark.parametrize(
    ("field", "at", "sentence"),
    [
        ("received_at", "2026-12-31T10:00", "không thể ở sau thời điểm hiện tại"),
        ("received_at", "2025-10-19T06:00", "không thể trước thời điểm tin, bài được đăng"),
        ("event_at", "2025-10-19T08:00", "không thể trước thời điểm sự việc xảy ra"),
    ],
)
async def test_a_time_that_cannot_be_is_refused_with_a_sentence(
    coordinator: Any, case: Any, field: str, at: str, sentence: str
) -> None:
    seen = {"received_at": "2025-10-19T09:00", "event_at": ""}
    sent = {"field": field, "at": at, f"seen-{field}": seen[field], "reason": "Ghi nhầm"}
    refused = await coordinator.post(f"{case.path}/moc-thoi-gian", sent)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert (await case.standing()).incident.received_at.isoformat() == "2025-10-19T02:00:00+00:00"


async def test_an_event_whose_time_nobody_gave_is_unknown_and_the_old_clock_says_what_it_assumes(
    desk: Any, coordinator: Any
) -> None:
    code = await desk.report(severity="S3")
    page = (await coordinator.get(f"/vu-viec/{code}")).text
    told = page[page.index("<dt>Xảy ra</dt>") :]
    assert "chưa rõ" in told[: told.index("</dd>")]
    assert "tạm tính từ lúc báo đăng" in told[: told.index("</dd>")]


async def test_a_verdict_that_follows_from_the_sort_of_claim_is_no_agencys(
    desk: Any, coordinator: Any, case: Any
) -> None:
    await case.play()
    row = (await case.standing()).claims[0]

    async def classify(act: Any, standing: Any) -> None:
        kind = Classification(
            opinion=True, out_of_scope=False, under_investigation=False, reason="Là nhận xét"
        )
        await steering.classify(act, standing, standing.claims[0], kind)

    await case.do(classify, desk.actor("coordinator"))
    await case.answer()
    page = (await coordinator.get(f"{case.path}/dien-bien?xem=giao-viec")).text
    line = page[page.index(f"Nội dung {row.number}: Ý kiến") :]
    assert "Theo phân loại của văn phòng" in line[: line.index("</li>")]


async def test_a_candidate_that_may_be_known_already_names_the_other_incident(
    desk: Any, coordinator: Any, case: Any
) -> None:
    other = await desk.report(confirmed=False)
    page = (await coordinator.get(f"/vu-viec/{other}")).text
    assert (
        f'Có thể trùng, cùng đường dẫn hoặc tiêu đề: <a href="{case.path}">{case.code}</a>' in page
    )
