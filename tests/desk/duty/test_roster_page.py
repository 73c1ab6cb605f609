"""The duty roster on the desk: seen by all, kept by coordinators, nothing typed is lost."""

import re
from typing import Any

import pytest

PLACE = "/lich-truc"


@pytest.fixture
async def clerk(desk: Any) -> Any:
    await desk.set_time("2026-11-25T10:00+07:00")
    return await desk.as_("coordinator")


def own_key(page: str) -> str:
    found = re.search(r'<option value="([0-9a-f-]{36})"', page)
    assert found
    return found[1]


async def test_who_is_on_duty_is_seen_until_the_entry_is_withdrawn(desk: Any, clerk: Any) -> None:
    page = (await clerk.get(PLACE)).text
    assert "Không ai được xếp trực lúc này" in page
    sent = {
        "user": own_key(page),
        "starts_at": "2026-11-25T08:00",
        "ends_at": "2026-11-26T08:00",
        "note": "Trực mưa lũ",
    }
    assert (await clerk.post(f"{PLACE}/xep", sent)).is_redirect
    reader = await desk.as_("approver")
    board = (await reader.get("/")).text
    assert "Trực hiện nay" in board
    assert "(đến 08:00 ngày 26/11/2026)" in board
    seen = (await reader.get(f"{PLACE}?lang=en")).text
    assert "25 Nov 2026, 08:00 – 26 Nov 2026, 08:00" in seen
    assert "Coordinator, Office of the Provincial" in seen
    assert "Put on duty" not in seen
    assert (await reader.post(f"{PLACE}/xep", sent)).status_code == 403
    key = re.search(r'id="ca-([0-9a-f-]+)"', seen)
    assert key
    gone = {"shift": key[1], "reason": "Đổi người"}
    assert (await clerk.post(f"{PLACE}/huy", gone)).is_redirect
    assert "chưa xếp ai; việc mới được báo cho mọi điều phối viên" in (await clerk.get("/")).text
    after = (await clerk.get(PLACE)).text
    assert "Không ai được xếp trực lúc này" in after
    assert "Đổi người" in after


async def test_what_was_refused_is_shown_again_as_it_was_typed(clerk: Any) -> None:
    user = own_key((await clerk.get(PLACE)).text)
    sent = {"user": user, "starts_at": "2026-11-25T08:00", "ends_at": "2026-11-24T08:00"}
    refused = await clerk.post(f"{PLACE}/xep", sent | {"note": "Trực đêm"})
    assert refused.status_code == 422
    assert "Giờ kết thúc phải sau giờ bắt đầu." in refused.text
    assert 'value="Trực đêm"' in refused.text
    assert "giờ kết thúc" in (await clerk.post(f"{PLACE}/xep", sent | {"ends_at": ""})).text
    assert (await clerk.post(f"{PLACE}/la", sent)).status_code == 404
    unknown = await clerk.post(f"{PLACE}/huy", {"shift": "", "reason": "Nhầm"})
    assert unknown.status_code == 404
