"""What an agency does besides answering: ask back, ask for time, pass on, decline."""

import unicodedata
from email import message_from_bytes, policy
from typing import Any

import pytest

from crisis.office.agency import steering
from crisis.office.case import read_case
from crisis.records import mail, task_message
from crisis.records.act import SYSTEM
from crisis.records.task_message import Reply

COORDINATOR = "dieuphoi@vanphong.example"
BY = {"by": "Nguyễn Văn Ví Dụ"}


async def said(agency: Any) -> list[Any]:
    """Everything said about the task."""
    task = await agency.task()
    async with agency.office.records.look() as session:
        return list(await task_message.of_assignment(session, task.id))


async def test_a_question_reaches_the_coordinator_once_however_often_it_is_clicked(
    agency: Any, mails_to: Any
) -> None:
    for _ in range(2):
        answer = await agency.post("hoi", BY | {"text": "Trường nào, ở xã nào?"})
        assert answer.status_code == 303
    assert [m.text for m in await said(agency)] == ["Trường nào, ở xã nào?"]
    letters = [row.letter for row, _ in await mails_to(COORDINATOR)]
    assert letters == ["question_to_office"]
    assert "Chưa có trả lời của văn phòng" in await agency.page()


async def test_the_reply_of_the_office_stands_on_the_page(agency: Any) -> None:
    await agency.post("hoi", BY | {"text": "Trường nào?"})
    (message,) = await said(agency)
    async with agency.office.records.act(SYSTEM) as act:
        held = await agency.held(act)
        standing = await read_case(agency.office, act, held.incident)
        row = await act.session.get_one(type(message), message.id)
        await steering.answer_message(
            agency.office, act, standing, row, Reply(text="Trường ở xã Triệu Bình <b>")
        )
    page = await agency.page()
    assert "Trường ở xã Triệu Bình &lt;b&gt;" in page


async def test_more_time_is_asked_with_a_reason_and_until_when(agency: Any, mails_to: Any) -> None:
    form = BY | {"text": "Chờ kết quả đo", "until": "2025-10-25T16:30"}
    for _ in range(2):
        assert (await agency.post("gia-han", form)).status_code == 303
    (message,) = await said(agency)
    assert message.wants == {"until": "2025-10-25T09:30:00.000000Z"}
    assert (await agency.task()).due_at.isoformat() < "2025-10-25"
    ((letter, text),) = await mails_to(COORDINATOR)
    assert letter.letter == "extension_request"
    assert "đề nghị gia hạn trả lời đến 16 giờ 30 ngày 25/10/2025" in text
    assert "Lý do: Chờ kết quả đo." in text
    assert f"/vu-viec/{letter.subject.split(']')[1][2:]}" in text
    assert "hỏi lại" not in text + letter.subject


@pytest.mark.parametrize("until", ["", "mai", "2025-10-19T10:01", "2027-01-01T00:00"])
async def test_a_time_that_is_none_past_or_too_far_is_refused(agency: Any, until: str) -> None:
    answer = await agency.post("gia-han", BY | {"text": "Chờ kết quả đo", "until": until})
    assert answer.status_code == 422
    assert "Chờ kết quả đo" in answer.text
    assert await said(agency) == []


async def test_a_colleague_gets_a_link_of_their_own_once(
    agency: Any, mails_to: Any, token_for: Any
) -> None:
    form = {"name": "Phan Văn Mẫu", "title": "Chuyên viên", "email": "mau@bqlda.example"}
    for _ in range(2):
        assert (await agency.post("chuyen", form)).status_code == 303
    ((letter, text),) = await mails_to("mau@bqlda.example")
    assert letter.letter == "task_passed_on"
    assert "Kính gửi: Phan Văn Mẫu, Chuyên viên" in text
    assert "Sân trường ngập nước mỗi khi mưa" in text
    assert "1. Sân trường bị ngập" in text
    mine, agency.token = agency.token, await token_for("mau@bqlda.example")
    assert "Phan Văn Mẫu" in await agency.page()
    assert agency.token != mine
    agency.token = mine
    assert "Sân trường bị ngập" in await agency.page()


@pytest.mark.parametrize(
    "form",
    [
        {"name": "A\r\nBcc: ke-xau@bad.example", "email": "mau@bqlda.example"},
        {"name": "Mẫu", "email": "mau@bqlda.example\r\nBcc: ke-xau@bad.example"},
        {"name": "Mẫu", "email": "a@b.example, c@d.example"},
        {"name": "Mẫu", "title": "x\nSubject: khác", "email": "mau@bqlda.example"},
        {"name": "", "email": "mau@bqlda.example"},
    ],
)
async def test_a_name_or_address_that_would_bend_a_mail_header_is_refused(
    agency: Any, mails_to: Any, form: dict[str, str]
) -> None:
    answer = await agency.post("chuyen", form)
    assert answer.status_code == 422
    assert await said(agency) == []
    assert await mails_to("mau@bqlda.example") == []


async def test_markup_in_a_name_stays_a_name_in_the_mail(agency: Any, mails_to: Any) -> None:
    await agency.post("chuyen", {"name": "<b>Mẫu</b>", "email": "mau@bqlda.example"})
    ((row, _),) = await mails_to("mau@bqlda.example")
    async with agency.office.records.look() as session:
        message = message_from_bytes(await mail.content(session, row), policy=policy.default)
    assert message["To"].addresses[0].display_name == "<b>Mẫu</b>"
    html = message.get_body(("html",))
    assert html is not None
    assert "<b>Mẫu</b>" not in html.get_content()


async def test_declining_names_the_competent_agency_and_ends_the_link(
    agency: Any, mails_to: Any
) -> None:
    await agency.page()
    form = BY | {"text": "Trường do phường quản lý", "agency": "Sở Xây dựng"}
    assert (await agency.post("tu-choi", form)).status_code == 303
    ended = await agency.web.get(agency.path)
    assert ended.status_code == 410
    assert "Cơ quan đã trả lại việc này" in ended.text
    assert "Gửi lại đường dẫn" not in ended.text
    again = await agency.web.post(f"{agency.path}/tu-choi", data=form | {"nonce": nonce(agency)})
    assert again.status_code == 410
    ((letter, text),) = await mails_to(COORDINATOR)
    assert letter.letter == "task_declined"
    assert "Lý do: Trường do phường quản lý." in text
    assert "Cơ quan được nêu có thẩm quyền: Sở Xây dựng." in text
    assert "vẫn do cơ quan khác xác minh" in text
    assert "giao cơ quan xác minh tại trang vụ việc" in text
    assert "hỏi lại" not in text + letter.subject


def nonce(agency: Any) -> str:
    """The nonce of a page that is gone."""
    return agency.bound(agency.web.cookies["bieu-mau"])


async def test_an_agency_is_found_without_marks_and_chosen_where_several_match(
    agency: Any, form: Any
) -> None:
    told = BY | {"text": "Không thuộc thẩm quyền", "agency": "so"}
    several = await agency.post("tu-choi", told)
    assert several.status_code == 422
    assert several.text.count('name="agency_id"') > 1
    unknown = await agency.post("tu-choi", told | {"agency": "Cục Vũ trụ"})
    assert unknown.status_code == 422
    assert "Không tìm thấy cơ quan này" in unknown.text
    assert (await agency.task()).status == "awaiting_ack"
    chosen = await agency.post("tu-choi", told | {"agency_id": "qt-sct"})
    assert chosen.status_code == 303


@pytest.mark.parametrize(
    "own", [{"agency_id": "qt-bqlda"}, {"agency": "ban quản lý dự án đầu tư xây dựng  tỉnh"}]
)
async def test_an_agency_cannot_decline_in_favour_of_itself(
    agency: Any, own: dict[str, str]
) -> None:
    answer = await agency.post("tu-choi", BY | {"text": "Không"} | own)
    assert answer.status_code == 422
    assert "chính cơ quan đang được giao việc" in answer.text
    assert (await agency.task()).status == "awaiting_ack"


async def test_part_of_a_name_is_never_taken_for_an_agency(agency: Any) -> None:
    """“Phường Đông Hà” is in the directory twice over: once as it stands, once within a name."""
    told = BY | {"text": "Trường do phường quản lý", "agency": "phường Nam Đông Hà"}
    shown = await agency.post("tu-choi", told)
    assert shown.status_code == 422
    assert "xin chọn cơ quan được nói tới" in shown.text
    assert "UBND phường Nam Đông Hà" in shown.text[shown.text.index('name="agency_id"') :]
    assert (await agency.task()).status == "awaiting_ack"


async def test_a_whole_name_means_that_agency_however_its_letters_are_sent(
    agency: Any, mails_to: Any
) -> None:
    typed = unicodedata.normalize("NFD", " ubnd Phường  Đông Hà")
    done = await agency.post("tu-choi", BY | {"text": "Phường quản lý", "agency": typed})
    assert done.status_code == 303
    ((_, text),) = await mails_to(COORDINATOR)
    assert "Cơ quan được nêu có thẩm quyền: UBND phường Đông Hà." in text


async def test_a_recalled_task_takes_nothing_any_more(agency: Any) -> None:
    await agency.page()
    async with agency.office.records.act(SYSTEM) as act:
        held = await agency.held(act)
        standing = await read_case(agency.office, act, held.incident)
        await steering.recall(agency.office, act, standing, held.assignment, "Giao nhầm cơ quan")
    ended = await agency.web.get(agency.path)
    assert ended.status_code == 410
    assert "thu hồi" in ended.text
    answer = await agency.web.post(
        f"{agency.path}/hoi", data=BY | {"text": "Sao vậy?", "nonce": nonce(agency)}
    )
    assert answer.status_code == 410


async def test_who_has_answered_amends_instead_of_asking(agency: Any, form: Any) -> None:
    sent = form.filled(await agency.form())
    assert (await agency.post("tra-loi", sent)).status_code == 303
    assert "Hỏi lại điều phối viên" not in await agency.page()
    late = await agency.post("hoi", BY | {"text": "Trường nào?"})
    assert late.status_code == 422
    assert "thì sửa câu trả lời" in late.text
    assert "Trường nào?" in late.text
    assert await said(agency) == []


async def test_the_headers_of_a_task_can_be_asked_for(agency: Any) -> None:
    assert (await agency.web.head(agency.path)).status_code == 200


async def test_an_address_outside_the_agencys_mail_domain_is_confirmed(
    agency: Any, mails_to: Any
) -> None:
    form = {"name": "Phan Văn Mẫu", "email": "mau@thu-rieng.example"}
    asked = await agency.post("chuyen", form)
    assert asked.status_code == 422
    assert "ngoài tên miền thư của cơ quan" in asked.text
    assert 'name="outside"' in asked.text
    assert await mails_to("mau@thu-rieng.example") == []
    assert (await agency.post("chuyen", form | {"outside": "1"})).status_code == 303
    assert len(await mails_to("mau@thu-rieng.example")) == 1


async def test_the_coordinator_sees_and_revokes_a_colleagues_link(
    agency: Any, coordinator: Any, token_for: Any
) -> None:
    await agency.post("chuyen", {"name": "Phan Văn Mẫu", "email": "mau@bqlda.example"})
    path = f"/vu-viec/{agency.code}"
    assert "Phan Văn Mẫu (mau@bqlda.example)" in (await coordinator.get(path)).text
    task = await agency.task()
    sent = {"row": task.id, "email": "mau@bqlda.example"}
    assert (await coordinator.post(f"{path}/huy-duong-dan", sent)).status_code == 303
    theirs = await token_for("mau@bqlda.example")
    assert (await agency.web.get(f"/viec/{theirs}")).status_code == 410
    assert (await agency.web.get(agency.path)).status_code == 200
