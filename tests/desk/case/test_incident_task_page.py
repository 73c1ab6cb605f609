"""Answering agencies, granting time, recalling tasks and naming others, by the page."""

from datetime import datetime
from typing import Any

import pytest

from crisis.office.agency import verification
from crisis.records import handover, mail
from crisis.records.act import Act

UNTIL = datetime.fromisoformat("2025-10-22T17:00+07:00")


@pytest.fixture
async def assigned(case: Any) -> Any:
    """An incident whose agencies have their tasks."""
    await case.play()
    return case


async def ask(case: Any, kind: str) -> str:
    """The lead agency asks; the id of its message."""

    async def asks(act: Act, standing: Any) -> str:
        held = await case.held(act, standing.assignments[0])
        if kind == "question":
            told = await verification.ask(case.desk.office, act, held, "Ví Dụ", "Thôn <nào>?")
        else:
            wants = ("Chờ xét nghiệm", UNTIL)
            told = await verification.ask_time(case.desk.office, act, held, "Ví Dụ", wants)
        return told.id

    found: str = await case.do(asks)
    return found


async def letters(case: Any, name: str) -> int:
    async with case.desk.office.records.look() as session:
        row = (await case.standing()).incident
        return sum(one.letter == name for one in await mail.of_incident(session, row.id))


async def test_a_question_is_answered_once_by_letter(coordinator: Any, assigned: Any) -> None:
    message = await ask(assigned, "question")
    page = (await coordinator.get(assigned.path)).text
    assert "Thôn &lt;nào&gt;?" in page
    assert (await coordinator.post(f"{assigned.path}/tra-loi", {"row": message})).status_code == 422
    sent = {"row": message, "text": "Thôn Ví Dụ."}
    assert (await coordinator.post(f"{assigned.path}/tra-loi", sent)).status_code == 303
    assert "Thôn Ví Dụ." in (await coordinator.get(assigned.path)).text
    again = await coordinator.post(f"{assigned.path}/tra-loi", sent | {"text": "Khác"})
    assert again.status_code == 409
    assert await letters(assigned, "office_answer") == 1


async def test_granted_time_moves_the_due_time(coordinator: Any, assigned: Any) -> None:
    message = await ask(assigned, "extension")
    unsaid = await coordinator.post(f"{assigned.path}/tra-loi", {"row": message, "text": "x"})
    assert unsaid.status_code == 422
    sent = {"row": message, "ruling": "grant", "due_at": "2025-10-22T17:00"}
    assert (await coordinator.post(f"{assigned.path}/tra-loi", sent)).status_code == 422
    sent["text"] = "Cần kết quả xét nghiệm"
    assert (await coordinator.post(f"{assigned.path}/tra-loi", sent)).status_code == 303
    assert (await assigned.standing()).assignments[0].due_at == UNTIL


async def test_time_is_refused_only_with_a_reason(coordinator: Any, assigned: Any) -> None:
    message = await ask(assigned, "extension")
    before = (await assigned.standing()).assignments[0].due_at
    sent = {"row": message, "ruling": "refuse"}
    assert (await coordinator.post(f"{assigned.path}/tra-loi", sent)).status_code == 422
    done = await coordinator.post(f"{assigned.path}/tra-loi", sent | {"text": "Việc gấp"})
    assert done.status_code == 303
    assert (await assigned.standing()).assignments[0].due_at == before
    assert "Không đồng ý" in (await coordinator.get(assigned.path)).text


async def test_a_task_is_recalled_by_letter_with_a_reason(coordinator: Any, assigned: Any) -> None:
    task = (await assigned.standing()).assignments[0]
    unsaid = await coordinator.post(f"{assigned.path}/thu-hoi", {"row": task.id, "reason": ""})
    assert unsaid.status_code == 422
    sent = {"row": task.id, "reason": "Giao nhầm cơ quan"}
    assert (await coordinator.post(f"{assigned.path}/thu-hoi", sent)).status_code == 303
    assert await letters(assigned, "recall") == 1
    page = (await coordinator.get(assigned.path)).text
    assert "Đã thu hồi" in page
    assert "Giao cơ quan khác" in page


async def test_another_agency_is_named_by_its_name_or_from_the_list(
    coordinator: Any, assigned: Any
) -> None:
    standing = await assigned.standing()
    claims = [row.id for row in standing.claims]
    for written in ("Sở Xây dựng", "qt-sxd – Sở Xây dựng"):
        sent = {"agency": written, "claims": claims}
        assert (await coordinator.post(f"{assigned.path}/giao-co-quan", sent)).is_redirect
    assert [a.agency for a in (await assigned.standing()).assignments].count("qt-sxd") == 2


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"agency": ""}, 422),
        ({"agency": "Sở"}, 422),
        ({"agency": "qt-sxd"}, 422),
        ({"agency": "qt-sxd", "claims": ["not-a-claim"]}, 422),
    ],
)
async def test_a_naming_that_is_not_clear_is_refused(
    coordinator: Any, assigned: Any, sent: dict[str, Any], status: int
) -> None:
    refused = await coordinator.post(f"{assigned.path}/giao-co-quan", sent)
    assert refused.status_code == status


@pytest.mark.parametrize("row", ["", "not-an-id", "00000000-0000-0000-0000-000000000000"])
async def test_a_message_that_is_not_this_incidents_is_not_answered(
    coordinator: Any, assigned: Any, row: str
) -> None:
    for act in ("tra-loi", "thu-hoi"):
        refused = await coordinator.post(
            f"{assigned.path}/{act}", {"row": row, "text": "x", "reason": "x"}
        )
        assert refused.status_code == 404


async def test_a_message_of_another_incident_is_not_answered_from_here(
    desk: Any, coordinator: Any, assigned: Any
) -> None:
    message = await ask(assigned, "question")
    other = await desk.report(title="Việc khác")
    refused = await coordinator.post(f"/vu-viec/{other}/tra-loi", {"row": message, "text": "x"})
    assert refused.status_code == 404


async def test_a_task_that_nobody_received_is_shown_and_handed_over_by_the_page(
    coordinator: Any, assigned: Any
) -> None:
    task = (await assigned.standing()).assignments[0]

    async def refuse(act: Act, standing: Any) -> None:
        row = standing.assignments[0]
        await handover.refused(act, standing.incident, row, "m")

    await assigned.do(refuse)
    page = (await coordinator.get(assigned.path)).text
    assert "Thư bị từ chối, cơ quan chưa nhận được việc" in page
    board = (await coordinator.get("/")).text
    assert "sửa địa chỉ, gửi lại hoặc gọi điện" in board
    path, sent = f"{assigned.path}/giao-truc-tiep", {"row": task.id, "way": "phone"}
    assert (await coordinator.post(path, sent)).status_code == 422
    done = await coordinator.post(path, sent | {"told": "Bà Ví Dụ, 9 giờ"})
    assert done.status_code == 303
    assert "Bà Ví Dụ, 9 giờ" in (await coordinator.get(assigned.path)).text
    wrong = {"row": task.id, "name": "Mẫu", "email": "không phải thư"}
    refused = await coordinator.post(f"{assigned.path}/gui-lai-viec", wrong)
    assert refused.status_code == 422
    assert "Địa chỉ thư không đúng" in refused.text
    right = wrong | {"email": "moi@bqlda.example"}
    assert (await coordinator.post(f"{assigned.path}/gui-lai-viec", right)).status_code == 303
    assert "moi@bqlda.example" in (await coordinator.get(assigned.path)).text
