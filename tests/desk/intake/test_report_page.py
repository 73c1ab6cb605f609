"""Taking in a report by the form: faults, claims, duplicates, and the incident that follows."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from crisis.records import claim, incident
from crisis.records.schema.incident import Incident, Report

TOLD = {
    "kind": "press",
    "title": "Một trường tiểu học cứ mưa là ngập",
    "outlet": "Pháp Luật TP.HCM",
    "link": "https://plo.example/bai?utm_source=x",
    "published_at": "2025-10-19T07:00",
    "received_at": "2025-10-19T09:00",
    "topic": "provincial_works",
    "topics": ["schools"],
    "places": "tỉnh Quảng Trị\n\n",
    "rows": "3",
    "claim-0-vi": "Sân trường bị ngập",
    "claim-0-en": "The yard floods",
    "claim-0-kind": "fact",
    "claim-2-vi": "Sở đã biết mà không xử lý",
    "claim-2-kind": "fact",
    "claim-2-about": "qt-sgddt – Sở Giáo dục và Đào tạo",
    "claim-2-conduct": "1",
    "act": "send",
}


async def count(desk: Any, table: type) -> int:
    async with desk.office.records.look() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_a_coordinators_report_opens_a_confirmed_incident(
    desk: Any, coordinator: Any
) -> None:
    done = await coordinator.post("/tin-bao", TOLD | {"key": "a1"})
    assert done.status_code == 303, done.text
    assert done.headers["location"] == "/vu-viec/DT-2025-0001?da=opened"
    async with desk.office.records.look() as session:
        row = await incident.by_code(session, "DT-2025-0001")
        claims = await claim.of_incident(session, row.id)
    assert (row.stage, row.topics, row.places) == (
        "open",
        ["provincial_works", "schools"],
        ["tỉnh Quảng Trị"],
    )
    assert [(c.text_vi, c.text_en, c.about) for c in claims] == [
        ("Sân trường bị ngập", "The yard floods", None),
        ("Sở đã biết mà không xử lý", "Sở đã biết mà không xử lý", "qt-sgddt"),
    ]


async def test_a_double_click_opens_one_incident(desk: Any, coordinator: Any) -> None:
    sent = TOLD | {"key": "a1", "into": "new"}
    first = await coordinator.post("/tin-bao", sent)
    again = await coordinator.post("/tin-bao", sent)
    assert again.headers["location"] == first.headers["location"].replace("opened", "known")
    assert await count(desk, Incident) == 1


async def test_a_known_link_is_offered_before_anything_is_opened(
    desk: Any, coordinator: Any
) -> None:
    await coordinator.post("/tin-bao", TOLD | {"key": "a1"})
    twin = TOLD | {"key": "a2", "title": "Tiêu đề khác", "link": "https://m.plo.example/bai"}
    offered = await coordinator.post("/tin-bao", twin)
    assert offered.status_code == 200
    assert "Có thể vụ việc này đã được mở" in offered.text
    assert 'value="DT-2025-0001"' in offered.text
    assert "Sở đã biết mà không xử lý" in offered.text
    assert await count(desk, Incident) == 1
    added = await coordinator.post("/tin-bao", twin | {"into": "DT-2025-0001"})
    assert added.headers["location"] == "/vu-viec/DT-2025-0001?da=added"
    assert (await count(desk, Incident), await count(desk, Report)) == (1, 2)
    opened = await coordinator.post("/tin-bao", twin | {"key": "a3", "into": "new"})
    assert opened.headers["location"] == "/vu-viec/DT-2025-0002?da=opened"


@pytest.mark.parametrize(
    ("changed", "said", "field"),
    [
        ({"title": " "}, "Thiếu mục bắt buộc", "title"),
        ({"published_at": "hôm qua"}, "không phải thời điểm", "published_at"),
        ({"link": "javascript:alert(1)"}, "Đường dẫn bắt đầu bằng", "link"),
        ({"quotation": "x" * 601}, "INV7", "quotation"),
        ({"claim-2-about": "Sở Nào Đó"}, "không rõ", "claim-2-about"),
        ({"claim-2-about": ""}, "about_agency", "claim-2-about"),
        ({"kind": "telepathy"}, "không nằm trong", "kind"),
        ({"severity": "S9"}, "không nằm trong", "severity"),
        ({"topic": "Không Đúng!"}, "không đúng dạng", "topics"),
        ({"topic": "no_such_topic"}, "no_such_topic", "topics"),
        ({"places": "xã Không Có"}, "xã Không Có", "places"),
        ({"floors": ["nothing"]}, "không nằm trong", "floors"),
    ],
)
async def test_a_fault_is_said_beside_its_field_and_nothing_typed_is_lost(
    desk: Any, coordinator: Any, changed: dict[str, Any], said: str, field: str
) -> None:
    refused = await coordinator.post("/tin-bao", TOLD | {"key": "a1"} | changed)
    assert refused.status_code == 422
    assert said.casefold() in refused.text.casefold()
    assert f'href="#{field}"' in refused.text
    assert "Sân trường bị ngập" in refused.text
    assert 'value="schools" checked' in refused.text
    assert await count(desk, Incident) == 0


async def test_a_secrecy_mark_is_refused_by_name(desk: Any, coordinator: Any) -> None:
    sent = TOLD | {"key": "a1", "note": "TỐI MẬT\nVăn bản số 12"}
    refused = await coordinator.post("/tin-bao", sent)
    assert refused.status_code == 409
    assert "Sân trường bị ngập" in refused.text
    assert await count(desk, Incident) == 0


async def test_one_more_row_is_added_without_javascript(coordinator: Any) -> None:
    shown = await coordinator.post("/tin-bao", TOLD | {"act": "more", "title": ""})
    assert shown.status_code == 200
    assert 'name="claim-3-vi"' in shown.text
    assert 'name="rows" value="4"' in shown.text
    assert "Sân trường bị ngập" in shown.text
    assert 'role="alert"' not in shown.text


@pytest.mark.parametrize("rows", ["-1", "9999999", "abc", ""])
async def test_a_forged_number_of_rows_is_bounded(coordinator: Any, rows: str) -> None:
    shown = await coordinator.post("/tin-bao", TOLD | {"act": "more", "rows": rows})
    assert shown.status_code == 200
    assert len(re.findall(r'name="claim-\d+-vi"', shown.text)) <= 50


async def test_only_coordinators_take_in_reports(desk: Any, client: Any) -> None:
    for who in ("approver", "auditor", "leader", "spokesperson"):
        browser = await desk.as_(who)
        assert (await browser.get("/tin-bao")).status_code == 403
        assert (await browser.post("/tin-bao", TOLD)).status_code == 403
    assert (await client.get("/tin-bao")).status_code == 303
    assert await count(desk, Incident) == 0


async def test_a_form_without_token_opens_nothing(desk: Any, coordinator: Any) -> None:
    assert (await coordinator.web.post("/tin-bao", data=TOLD)).status_code == 403
    assert await count(desk, Incident) == 0


async def test_an_ended_session_costs_nobody_their_text(client: Any) -> None:
    lost = await client.post("/tin-bao", data=TOLD)
    assert lost.status_code == 401
    assert "Sở đã biết mà không xử lý" in lost.text
    assert "Phiên làm việc đã hết" in lost.text
