"""What was entered wrongly is set right by the page: with a reason, and the old value stays."""

from typing import Any

from crisis.records import deadline, ledger, report_list


async def report(case: Any) -> Any:
    async with case.desk.office.records.look() as session:
        return (await report_list.of_incident(session, (await case.standing()).incident.id))[0]


async def entries(case: Any, action: str) -> list[dict[str, Any]]:
    async with case.desk.office.records.look() as session:
        found = await ledger.entries(session, case.code)
    return [one["data"] for one in found if one["action"] == action]


async def legal_start(case: Any) -> Any:
    async with case.desk.office.records.look() as session:
        rows = await deadline.of_incident(session, (await case.standing()).incident.id)
        return next(row.starts_at for row in rows if row.legal)


def as_entered(row: Any) -> dict[str, str]:
    """The report's form as the page holds it."""
    return {
        "row": row.id,
        "title": row.title,
        "outlet": row.outlet,
        "link": row.link or "",
        "quotation": row.quotation,
        "published_at": "2025-10-19T07:00",
    }


async def test_a_report_is_amended_with_a_reason_and_its_clock_moves(
    desk: Any, coordinator: Any, case: Any
) -> None:
    await desk.set_time("2025-10-19T10:00+07:00")
    case.code = await desk.report(severity="S3")
    before, row = await legal_start(case), await report(case)
    sent = as_entered(row) | {"title": "Tiêu đề đúng", "published_at": "2025-10-19T06:00"}
    refused = await coordinator.post(f"{case.path}/sua-tin", sent)
    assert refused.status_code == 422
    assert "Tiêu đề đúng" in refused.text
    done = await coordinator.post(f"{case.path}/sua-tin", sent | {"reason": "Chép nhầm"})
    assert done.status_code == 303, done.text
    assert await legal_start(case) < before
    page = (await coordinator.get(case.path)).text
    assert f"<del>{row.title}</del> → <ins>Tiêu đề đúng</ins>" in page
    assert "Chép nhầm" in page
    told = await entries(case, "report.amended")
    assert {one["field"] for one in told} == {"report.title", "report.published_at"}
    assert "Tiêu đề đúng" not in str(told)


async def test_a_publication_after_its_receipt_is_refused(coordinator: Any, case: Any) -> None:
    sent = as_entered(await report(case)) | {"published_at": "2025-10-19T09:30", "reason": "Nhầm"}
    refused = await coordinator.post(f"{case.path}/sua-tin", sent)
    assert refused.status_code == 422
    assert "không thể trước thời điểm tin, bài được đăng" in refused.text


async def test_an_amended_claim_is_asked_again_of_who_answered_it(
    coordinator: Any, drafted: Any
) -> None:
    row = (await drafted.standing()).claims[0]
    sent = {"row": row.id, "vi": "Sân trường ngập sâu 30 cm", "en": "30 cm deep"}
    assert (await coordinator.post(f"{drafted.path}/sua-noi-dung", sent)).status_code == 422
    done = await coordinator.post(f"{drafted.path}/sua-noi-dung", sent | {"reason": "Nghe nhầm"})
    assert done.status_code == 303, done.text
    standing = await drafted.standing()
    assert standing.claims[0].text_vi == "Sân trường ngập sâu 30 cm"
    assert {task.status for task in standing.assignments} == {"acknowledged"}
    assert standing.conclusions[0].block is not None
    assert [row.lifecycle for row in standing.statements] == ["expired"]
    assert "Nghe nhầm" in (await coordinator.get(drafted.path)).text
    assert "30 cm" not in str(await entries(drafted, "claim.amended"))
