"""Before words go out: the agreed text is recorded, and protected names stand in none of them."""

from typing import Any

import pytest

from crisis.model.severity import Floor
from crisis.records import incident, ledger, wording

AGREED = {"who": "UBND thành phố Huế", "document": "12/UBND-NC", "dated": "2025-10-21"}
CHILD = "Trần Thị Bé Ví Dụ"
NAMED = f"{CHILD} bị ngã"


async def submitted(desk: Any, coordinator: Any, case: Any, body: str) -> Any:
    """The newest statement, edited to `body` by the page and laid before its approvers."""
    row = (await case.standing()).statements[-1]
    async with desk.office.records.look() as session:
        _, variants = await wording.version_of(session, row.id, row.current)
    sent = {"row": row.id, "seen": str(row.current), "then": "submit"}
    for one in variants:
        key = f"{one.outlet}-{one.language.value}"
        sent |= {f"title-{key}": one.title, f"body-{key}": body}
    return await coordinator.post(f"{case.path}/phat-ngon/sua", sent)


async def test_the_page_leads_to_the_agreed_text_and_keeps_who_agreed(
    coordinator: Any, case: Any
) -> None:
    assert "/thong-nhat" not in (await coordinator.get(case.path)).text
    sent = {"seen": "S2", "severity": "S4", "floors": Floor.SEVERAL_PROVINCES.value}
    assert (await coordinator.post(f"{case.path}/muc-do", sent)).is_redirect
    assert "Ghi nội dung đã thống nhất" in (await coordinator.get(case.path)).text
    done = await coordinator.post(f"{case.path}/thong-nhat", AGREED)
    assert done.status_code == 303, done.text
    page = (await coordinator.get(case.path)).text
    assert "12/UBND-NC, 21/10/2025 – UBND thành phố Huế" in page


@pytest.mark.parametrize("lacks", list(AGREED))
async def test_an_agreement_has_a_partner_a_number_and_a_date(
    coordinator: Any, case: Any, lacks: str
) -> None:
    refused = await coordinator.post(f"{case.path}/thong-nhat", AGREED | {lacks: " "})
    assert refused.status_code == 422
    assert (await case.standing()).incident.agreed_text is None


async def test_a_protected_name_is_masked_in_the_draft_and_refused_in_an_edit(
    desk: Any, coordinator: Any, case: Any
) -> None:
    sent = {"vi": NAMED, "kind": "fact"}
    assert (await coordinator.post(f"{case.path}/noi-dung", sent)).is_redirect
    done = await coordinator.post(f"{case.path}/ten-can-bao-ve", {"names": f"{CHILD}\n\n"})
    assert done.status_code == 303, done.text
    assert CHILD in (await coordinator.get(case.path)).text
    await case.play()
    await case.answer()
    await case.play()
    row = (await case.standing()).statements[-1]
    async with desk.office.records.look() as session:
        _, variants = await wording.version_of(session, row.id, row.current)
    assert all(CHILD not in one.body for one in variants)
    assert "T.T.B.V.D." in variants[0].body
    refused = await submitted(desk, coordinator, case, NAMED)
    assert refused.status_code == 409
    assert "tên người cần bảo vệ" in refused.text


async def test_the_ledger_knows_how_many_names_and_never_which(
    desk: Any, coordinator: Any, case: Any
) -> None:
    await coordinator.post(f"{case.path}/ten-can-bao-ve", {"names": CHILD})
    async with desk.office.records.look() as session:
        row = await incident.by_code(session, case.code)
        told = await ledger.entries(session, row.code)
    assert [e["data"]["count"] for e in told if e["action"] == "names.protected"] == [1]
    assert CHILD not in str(told)


async def test_one_word_is_no_name(coordinator: Any, case: Any) -> None:
    refused = await coordinator.post(f"{case.path}/ten-can-bao-ve", {"names": "An"})
    assert refused.status_code == 422
    assert "họ và tên" in refused.text
