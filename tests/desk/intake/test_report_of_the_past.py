"""A report whose facts lie in 2024 names the agencies of 2024, and is handled by today's."""

from typing import Any

import pytest

from crisis.records import claim, incident

TOLD = {
    "kind": "press",
    "title": "Cầu xây năm 2024 đã nứt",
    "outlet": "Pháp Luật TP.HCM",
    "link": "https://plo.example/cau-nut",
    "occurred_at": "2024-05-02T07:00",
    "published_at": "2025-10-19T07:00",
    "received_at": "2025-10-19T09:00",
    "topic": "roads",
    "places": "huyện Lệ Thủy",
    "rows": "3",
    "claim-0-vi": "Sở nghiệm thu cầu sai quy định",
    "claim-0-kind": "fact",
    "claim-0-conduct": "1",
    "act": "send",
    "key": "a1",
}


@pytest.mark.parametrize(
    "about", ["qb-sgtvt – Sở Giao thông vận tải", "Sở Giao thông vận tải", "so giao thong van tai"]
)
async def test_the_incident_page_names_the_agencies_of_the_day_of_the_facts(
    desk: Any, coordinator: Any, about: str
) -> None:
    done = await coordinator.post("/tin-bao", TOLD | {"claim-0-about": about})
    assert done.status_code == 303, done.text
    page = (await coordinator.get("/vu-viec/DT-2025-0001")).text
    assert "vào ngày xảy ra sự việc, 02/05/2024" in page
    assert "Sở Giao thông vận tải (qb-sgtvt) – chủ trì, đến hết ngày 28/02/2025" in page
    assert "UBND huyện Lệ Thủy (qb-h-le-thuy), đến hết ngày 30/06/2025" in page
    assert "chỉ còn đến hết ngày 30/06/2025; đơn vị có thể liên quan từ sau đó: xã" in page
    async with desk.office.records.look() as session:
        row = await incident.by_code(session, "DT-2025-0001")
        (only,) = await claim.of_incident(session, row.id)
    assert only.about == "qb-sgtvt"


async def test_an_agency_of_2024_is_not_named_in_a_matter_of_today(coordinator: Any) -> None:
    sent = TOLD | {"occurred_at": "2025-10-18T07:00", "claim-0-about": "qb-sgtvt"}
    done = await coordinator.post("/tin-bao", sent)
    assert done.status_code == 422
    assert "danh bạ không có cơ quan (ngày 19/10/2025, 18/10/2025)" in done.text


async def test_a_matter_of_today_s_agencies_says_nothing_of_former_ones(coordinator: Any) -> None:
    sent = TOLD | {"occurred_at": "2025-10-18T07:00", "claim-0-conduct": ""}
    assert (await coordinator.post("/tin-bao", sent)).status_code == 303
    assert "ngày xảy ra sự việc," not in (await coordinator.get("/vu-viec/DT-2025-0001")).text
