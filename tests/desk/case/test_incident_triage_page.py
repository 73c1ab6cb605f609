"""What a coordinator does with an incident by its page, and who is refused."""

from typing import Any

import pytest

from crisis.model.severity import Floor
from crisis.records import deadline, incident, ledger
from desk.case.triage_page import seen_judgement

ACTS = [
    "xac-nhan",
    "muc-do",
    "kich-ban",
    "noi-dung",
    "phan-loai",
    "chua-phat-ngon",
    "ket-thuc",
    "mo-lai",
    "moc-thoi-gian",
    "du-kien",
    "thong-nhat",
    "ten-can-bao-ve",
    "tra-loi",
    "thu-hoi",
    "giao-co-quan",
    "giao-truc-tiep",
    "gui-lai-viec",
    "huy-duong-dan",
    "sua-tin",
    "sua-noi-dung",
    "phat-ngon/sua",
    "phat-ngon/trinh",
    "phat-ngon/soan-moi",
    "phat-ngon/dinh-chinh",
    "phat-ngon/rut-lai",
    "phat-ngon/gui-lai",
]
READERS = ["approver", "spokesperson", "leader", "auditor"]


@pytest.mark.parametrize("who", READERS)
async def test_whoever_only_reads_is_refused_every_act(desk: Any, case: Any, who: str) -> None:
    browser = await desk.as_(who)
    for act in ACTS:
        refused = await browser.post(f"{case.path}/{act}", {"reason": "thử"})
        assert refused.status_code == 403, act
        assert "điều phối viên" in refused.text


async def test_a_form_without_the_sessions_token_does_nothing(coordinator: Any, case: Any) -> None:
    before = (await case.standing()).incident.version
    for act in ACTS:
        for sent in ({}, {"csrf": "x" * 43}):
            refused = await coordinator.web.post(f"{case.path}/{act}", data=sent | {"reason": "a"})
            assert refused.status_code == 403, act
    assert (await case.standing()).incident.version == before


async def test_a_confirmed_candidate_is_open_and_its_clocks_run(
    coordinator: Any, candidate: Any
) -> None:
    page = await coordinator.get(candidate.path)
    assert "Chưa tính thời hạn nào" in page.text
    done = await coordinator.post(f"{candidate.path}/xac-nhan")
    assert done.status_code == 303
    assert await candidate.stage == "open"
    after = await coordinator.get(done.headers["location"])
    assert "Đã xác nhận vụ việc" in after.text
    assert "Giao cơ quan xác minh" in after.text


async def test_confirming_twice_is_said_and_changes_nothing(
    coordinator: Any, candidate: Any
) -> None:
    await coordinator.post(f"{candidate.path}/xac-nhan")
    again = await coordinator.post(f"{candidate.path}/xac-nhan")
    assert again.status_code == 409
    assert "không chuyển sang" in again.text


async def test_a_determination_raises_severity_and_starts_the_legal_clock(
    desk: Any, coordinator: Any
) -> None:
    await desk.set_time("2026-11-12T10:00+07:00")
    code = await desk.report(received_at="2026-11-12T09:00", published_at="2026-11-12T07:00")
    path = f"/vu-viec/{code}"
    assert "Luật định" not in (await coordinator.get(path)).text
    sent = {"row": Floor.DIVIDED_OPINION.value, "answer": "yes", "made_at": "2026-11-12T10:00"}
    assert (await coordinator.post(f"{path}/xac-dinh", sent)).status_code == 303
    page = (await coordinator.get(path)).text
    assert "Luật định" in page
    assert 'class="severity s3"' in page
    assert "còn 1 ngày" in page


async def test_judging_over_somebody_elses_judgement_is_stale(coordinator: Any, case: Any) -> None:
    refused = await coordinator.post(f"{case.path}/muc-do", {"severity": "S1", "seen": "S4"})
    assert refused.status_code == 409
    assert "vừa được người khác xác định lại" in refused.text
    assert (await case.standing()).incident.severity == "S2"


async def test_a_new_claim_is_numbered_and_a_repeated_one_refused_with_its_text(
    coordinator: Any, case: Any
) -> None:
    told = {"vi": "Phụ huynh đã kiến nghị nhiều lần", "en": "Parents complained", "kind": "fact"}
    assert (await coordinator.post(f"{case.path}/noi-dung", told)).status_code == 303
    again = await coordinator.post(f"{case.path}/noi-dung", told)
    assert again.status_code == 422
    assert "Parents complained" in again.text
    assert [row.number for row in (await case.standing()).claims] == [1, 2, 3]


async def test_an_unknown_agency_is_named_in_the_refusal(coordinator: Any, case: Any) -> None:
    told = {"vi": "Điều mới", "about": "Sở Không Có Thật", "conduct": "1"}
    refused = await coordinator.post(f"{case.path}/noi-dung", told)
    assert refused.status_code == 422
    assert "Sở Không Có Thật" in refused.text


async def test_classifying_a_claim_needs_a_reason_and_concludes_anew(
    coordinator: Any, case: Any
) -> None:
    row = (await case.standing()).claims[0]
    sent = {"row": row.id, "kind": "opinion"}
    refused = await coordinator.post(f"{case.path}/phan-loai", sent)
    assert refused.status_code == 422
    done = await coordinator.post(f"{case.path}/phan-loai", sent | {"reason": "Là nhận xét"})
    assert done.status_code == 303
    assert (await case.standing()).conclusions[0].verdict.value == "opinion"


async def test_deciding_not_to_respond_needs_a_reason_and_a_time_to_look_again(
    coordinator: Any, case: Any
) -> None:
    past = {"reason": "Ít lan truyền", "recheck_at": "2025-10-18T08:00"}
    seen = seen_judgement(await case.standing())
    assert (
        await coordinator.post(f"{case.path}/muc-do", {"severity": "S1", "seen": seen})
    ).is_redirect
    page = (await coordinator.get(case.path)).text
    assert 'name="outlets" type="number" min="1" max="99" value="3"' in page
    assert 'name="recheck_at" type="datetime-local" required value="2025-10-20T17:30"' in page
    refused = await coordinator.post(f"{case.path}/chua-phat-ngon", past)
    assert refused.status_code == 422
    assert "Ít lan truyền" in refused.text
    soon = past | {"recheck_at": "2025-10-21T08:00"}
    for wrong in ({"outlets": "0"}, {"outlets": "nhiều"}, {"recheck_at": "9999-12-31T08:00"}):
        answer = await coordinator.post(f"{case.path}/chua-phat-ngon", soon | wrong)
        assert answer.status_code == 422
    assert await case.stage != "monitoring"
    done = await coordinator.post(f"{case.path}/chua-phat-ngon", soon)
    assert done.status_code == 303
    assert await case.stage == "monitoring"
    assert "Ít lan truyền" in (await coordinator.get(case.path)).text


async def test_a_newspaper_that_asked_cannot_be_left_without_an_answer(
    desk: Any, coordinator: Any
) -> None:
    code = await desk.report(asks_for_answer=True)
    sent = {"reason": "Ít lan truyền", "recheck_at": "2025-10-21T08:00"}
    refused = await coordinator.post(f"/vu-viec/{code}/chua-phat-ngon", sent)
    assert refused.status_code == 409


@pytest.mark.parametrize("there", ["dismissed", "referred"])
async def test_an_incident_ends_with_a_reason_and_is_reopened_with_one(
    coordinator: Any, case: Any, there: str
) -> None:
    refused = await coordinator.post(f"{case.path}/ket-thuc", {"stage": there, "reason": " "})
    assert refused.status_code == 409
    ended = await coordinator.post(f"{case.path}/ket-thuc", {"stage": there, "reason": "Đã rõ"})
    assert ended.status_code == 303
    assert await case.stage == there
    assert "Đã rõ" in (await coordinator.get(case.path)).text
    assert (await coordinator.post(f"{case.path}/mo-lai", {"reason": ""})).status_code == 409
    assert (await coordinator.post(f"{case.path}/mo-lai", {"reason": "Có tin mới"})).is_redirect
    assert await case.stage in {"open", "verifying"}


async def test_an_amended_time_of_receipt_moves_its_clocks_and_keeps_the_old_value(
    desk: Any, coordinator: Any, case: Any
) -> None:
    async def due() -> list[Any]:
        async with desk.office.records.look() as session:
            row = await incident.by_code(session, case.code)
            found = await deadline.of_incident(session, row.id)
            return [one.due_at for one in found if one.rule == "playbook.draft"]

    case.code = await desk.report(published_at="2025-10-17T07:00")
    before = await due()
    sent = {
        "field": "received_at",
        "at": "2025-10-17T14:00",
        "seen-received_at": "2025-10-19T09:00",
    }
    refused = await coordinator.post(f"{case.path}/moc-thoi-gian", sent)
    assert refused.status_code == 422
    done = await coordinator.post(f"{case.path}/moc-thoi-gian", sent | {"reason": "Ghi nhầm giờ"})
    assert done.status_code == 303, done.text
    assert await due() < before
    page = (await coordinator.get(case.path)).text
    assert "<del>09:00 ngày 19/10/2025</del> → <ins>14:00 ngày 17/10/2025</ins>" in page
    assert "Ghi nhầm giờ" in page
    stale = await coordinator.post(f"{case.path}/moc-thoi-gian", sent | {"reason": "Lần nữa"})
    assert stale.status_code == 409
    assert "Lần nữa" in stale.text


async def test_what_is_no_time_is_said_in_plain_words(coordinator: Any, case: Any) -> None:
    sent = {"field": "received_at", "at": "hôm qua", "reason": "x"}
    refused = await coordinator.post(f"{case.path}/moc-thoi-gian", sent)
    assert refused.status_code == 422
    assert "hôm qua" in refused.text


async def test_the_matter_is_amended_with_a_reason(coordinator: Any, case: Any) -> None:
    sent = {
        "vi": "Ngập sân trường",
        "en": "Flooded yard",
        "topic": "schools",
        "places": "xã A\nxã B",
    }
    assert (await coordinator.post(f"{case.path}/du-kien", sent)).status_code == 422
    done = await coordinator.post(f"{case.path}/du-kien", sent | {"reason": "Đặt tên trung tính"})
    assert done.status_code == 303, done.text
    row = (await case.standing()).incident
    assert (row.title, row.topics, row.places) == ("Ngập sân trường", ["schools"], ["xã A", "xã B"])
    assert "Đặt tên trung tính" in (await coordinator.get(case.path)).text


async def test_the_playbook_is_proposed_by_kind_severity_and_topic_and_can_be_changed(
    desk: Any, coordinator: Any
) -> None:
    code = await desk.report(topics=["epidemics"], severity="S3")
    page = (await coordinator.get(f"/vu-viec/{code}")).text
    assert "sự cố y tế, dịch bệnh" in page
    sent = await coordinator.post(
        f"/vu-viec/{code}/kich-ban", {"playbook": "press-report", "reason": "chỉ là bài bình luận"}
    )
    assert sent.status_code == 303
    page = (await coordinator.get(f"/vu-viec/{code}")).text
    assert "kịch bản phù hợp nhất là" in page
    assert "public-health" in page
    async with desk.office.records.look() as session:
        entries = await ledger.entries(session, code)
    assert "playbook.chosen" in {entry["action"] for entry in entries}


async def test_a_playbook_is_not_changed_without_a_reason(desk: Any, coordinator: Any) -> None:
    code = await desk.report()
    sent = await coordinator.post(f"/vu-viec/{code}/kich-ban", {"playbook": "disaster"})
    assert sent.status_code == 422
    assert "ghi lý do" in sent.text
