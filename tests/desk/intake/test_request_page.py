"""The register of press requests on the desk: written down, answered, refused, on the board."""

from typing import Any

import pytest

from crisis.records import press_request

TOLD = {
    "kind": "reply_in_press",
    "outlet": "Báo Ví Dụ",
    "subject": "Nước thải ở chợ",
    "question": "Bao giờ khắc phục xong?",
    "received_at": "2026-08-03T09:00",
    "email": "toasoan@bao.example",
}


@pytest.fixture
async def clerk(desk: Any) -> Any:
    """A coordinator on 5 August 2026."""
    await desk.set_time("2026-08-05T10:00+07:00")
    return await desk.as_("coordinator")


async def written(browser: Any, **given: str) -> str:
    """The address of a request that was just written down."""
    sent = await browser.post("/yeu-cau-bao-chi", TOLD | given)
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"]).partition("?")[0]


async def test_a_request_stands_in_the_register_and_on_the_board_until_it_is_answered(
    clerk: Any,
) -> None:
    place = await written(clerk)
    for page in ("/", "/yeu-cau-bao-chi", place):
        shown = (await clerk.get(page)).text
        assert "Nước thải ở chợ" in shown
        assert "Luật định" in shown
    assert "khoản 1 Điều 18 Nghị định 237/2026" in (await clerk.get(place)).text
    sent = {"form": "press_release_or_email", "at": "2026-08-05T09:30", "answer": "Công văn 12"}
    assert (await clerk.post(f"{place}/tra-loi", sent)).is_redirect
    shown = (await clerk.get(place)).text
    assert "Công văn 12" in shown
    assert "Hoàn thành đúng hạn" in shown
    assert "Nước thải ở chợ" not in (await clerk.get("/")).text


async def test_what_was_refused_is_shown_again_as_it_was_typed(clerk: Any) -> None:
    refused = await clerk.post("/yeu-cau-bao-chi", TOLD | {"received_at": "2026-08-06T09:00"})
    assert refused.status_code == 422
    assert "Bao giờ khắc phục xong?" in refused.text
    assert "tương lai" in refused.text
    place = await written(clerk, kind="forwarded_opinion")
    spoken = {"form": "briefing", "at": "2026-08-05T09:30", "answer": "Đã nói tại giao ban"}
    again = await clerk.post(f"{place}/tra-loi", spoken)
    assert again.status_code == 409
    assert "Đã nói tại giao ban" in again.text


async def test_nearly_the_same_question_of_the_same_outlet_is_offered_before_it_is_written_twice(
    clerk: Any,
) -> None:
    place = await written(clerk)
    same = TOLD | {"outlet": "BÁO ví dụ", "subject": "Nước thải ở chợ Đông Hà"}
    offered = await clerk.post("/yeu-cau-bao-chi", same)
    assert offered.status_code == 200
    assert f'href="{place}"' in offered.text
    assert "Yêu cầu khác, ghi vào sổ" in offered.text
    other = await clerk.post("/yeu-cau-bao-chi", same | {"anyway": "1"})
    assert other.is_redirect
    assert f'href="{place}"' in (await clerk.get(other.headers["location"])).text
    for unlike in (
        {"outlet": "Báo Khác"},
        {"subject": "Giá vé cầu mới"},
    ):
        assert (await clerk.post("/yeu-cau-bao-chi", TOLD | unlike)).is_redirect


async def test_a_clock_of_a_rule_that_nobody_signed_says_so_in_the_register(clerk: Any) -> None:
    place = await written(clerk)
    for page in (place, "/yeu-cau-bao-chi", "/"):
        shown = (await clerk.get(page)).text
        assert 'href="/luat#reply_in_press">chưa thẩm định</a>' in shown
        assert "not yet signed</a>" in (await clerk.get(f"{page}?lang=en")).text
        await clerk.get(f"{page}?lang=vi")


@pytest.mark.parametrize(
    ("kind", "received", "said"),
    [
        ("question", "2026-08-03T09:00", "Luật không ấn định số giờ"),
        ("question", "2026-06-29T09:00", "Dữ liệu chưa có quy định pháp luật"),
        ("reply_in_press", "2026-06-29T09:00", "Dữ liệu chưa có quy định pháp luật"),
        ("complaint", "2026-08-03T09:00", "5 ngày làm việc tính từ khi ban hành kết luận"),
        ("complaint", "2026-06-29T09:00", "Dữ liệu chưa có quy định pháp luật"),
    ],
)
async def test_why_no_legal_clock_runs_is_told_as_it_is(
    clerk: Any, kind: str, received: str, said: str
) -> None:
    page = (await clerk.get(await written(clerk, kind=kind, received_at=received))).text
    assert said in page
    assert page.count("mục tiêu của cơ quan") == 1


async def test_a_mistyped_incident_code_is_told_and_nothing_typed_is_lost(clerk: Any) -> None:
    typed = TOLD | {"kind": "question", "incident": "QT-9999-1"}
    refused = await clerk.post("/yeu-cau-bao-chi", typed)
    assert refused.status_code == 404
    assert "Không có vụ việc mã QT-9999-1" in refused.text
    for text in (TOLD["outlet"], TOLD["subject"], TOLD["question"], TOLD["email"]):
        assert text in refused.text
    assert 'value="QT-9999-1"' in refused.text
    assert 'value="question" required checked' in refused.text


async def test_a_refusal_names_its_ground_and_is_mailed(desk: Any, clerk: Any) -> None:
    place = await written(clerk)
    sent = {"ground": "investigation", "reason": "Vụ án đang điều tra", "email": TOLD["email"]}
    assert (await clerk.post(f"{place}/tu-choi", sent | {"ground": ""})).status_code == 409
    assert (await clerk.post(f"{place}/tu-choi", sent)).is_redirect
    shown = (await clerk.get(place)).text
    assert "Vụ án đang điều tra" in shown
    assert TOLD["email"] in shown


async def test_a_due_time_in_an_unpublished_year_says_so(desk: Any) -> None:
    await desk.set_time("2026-12-10T10:00+07:00")
    browser = await desk.as_("coordinator")
    place = await written(browser, received_at="2026-12-08T09:00")
    assert "Lịch nghỉ năm 2027 chưa được công bố" in (await browser.get(place)).text


async def test_a_request_is_written_down_in_its_incident_or_joined_later(
    desk: Any, clerk: Any
) -> None:
    code = await desk.report()
    place = await written(clerk, incident=code)
    shown = (await clerk.get(f"/vu-viec/{code}")).text
    assert place in shown
    other = await written(clerk, subject="Việc khác")
    assert (await clerk.post(f"{other}/gan", {"incident": "QT-1999-0001"})).status_code == 404
    assert (await clerk.post(f"{other}/gan", {"incident": code})).is_redirect
    async with desk.office.records.look() as session:
        row = await press_request.by_code(session, other.rpartition("/")[2])
        assert row.incident_id is not None
    assert other in (await clerk.get(f"/vu-viec/{code}")).text


async def test_whoever_ends_an_incident_is_told_of_requests_that_wait_for_an_answer(
    desk: Any, clerk: Any
) -> None:
    code = await desk.report()
    warns = "Kết thúc vụ việc không thay cho trả lời"
    assert warns not in (await clerk.get(f"/vu-viec/{code}")).text
    place = await written(clerk, incident=code)
    page = (await clerk.get(f"/vu-viec/{code}")).text
    assert warns in page
    told = page[: page.index(warns)].rpartition("Còn yêu cầu của báo chí chưa trả lời:")[2]
    assert place in told


async def test_only_who_steers_writes_and_everybody_reads(desk: Any, clerk: Any) -> None:
    place = await written(clerk)
    reader = await desk.as_("auditor")
    assert (await reader.get(place)).status_code == 200
    assert (await reader.post("/yeu-cau-bao-chi", TOLD)).status_code == 403
    assert (await reader.post(f"{place}/tra-loi", {})).status_code == 403
    assert (await clerk.get("/yeu-cau-bao-chi/BC-1999-0001")).status_code == 404
    assert (await clerk.post(f"{place}/xoa", {})).status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_every_page_of_the_register_is_in_both_languages(clerk: Any, language: str) -> None:
    place = await written(clerk)
    for page in ("/yeu-cau-bao-chi", "/yeu-cau-bao-chi/moi", place):
        shown = await clerk.get(f"{page}?lang={language}")
        assert shown.status_code == 200
        assert ("Register of press requests" in shown.text) is (language == "en")


@pytest.mark.parametrize(
    ("sent", "vi", "en"),
    [
        ({"outlet": ""}, "Xin ghi cơ quan báo chí.", "Please write the newspaper."),
        ({"received_at": ""}, "Xin ghi thời điểm nhận.", "Please write when it was received."),
        ({"link": "ftp://x"}, "Đường dẫn bài báo: ", "The link: "),
        ({"kind": "poem"}, "Loại yêu cầu: ", "The kind of request: "),
    ],
)
async def test_a_fault_names_the_field_as_a_person_calls_it(
    clerk: Any, sent: dict[str, str], vi: str, en: str
) -> None:
    assert vi in (await clerk.post("/yeu-cau-bao-chi", TOLD | sent)).text
    assert en in (await clerk.post("/yeu-cau-bao-chi?lang=en", TOLD | sent)).text
