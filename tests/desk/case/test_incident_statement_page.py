"""Statements by the page: edited over what was seen, submitted, returned, corrected, withdrawn."""

import re
from typing import Any

import pytest

from crisis.model.approval import Decision
from crisis.records import wording


async def fields(case: Any, *, title: str = "", body: str = "") -> dict[str, str]:
    """The edit form of the newest statement as the page holds it."""
    row = (await case.standing()).statements[-1]
    async with case.desk.office.records.look() as session:
        _, variants = await wording.version_of(session, row.id, row.current)
    told = {"row": row.id, "seen": str(row.current), "note": "Sửa lời"}
    for one in variants:
        key = f"{one.outlet}-{one.language.value}"
        told |= {f"title-{key}": title or one.title, f"body-{key}": body or one.body}
    return told


async def version(case: Any) -> int:
    current: int = (await case.standing()).statements[-1].current
    return current


async def test_the_page_shows_texts_approvals_and_who_is_asked(
    coordinator: Any, drafted: Any
) -> None:
    page = (await coordinator.get(f"{drafted.path}/phat-ngon")).text
    assert "Chờ phê duyệt" in page
    assert "Lê Văn Giả Định" in page
    assert page.index("Trang thông tin chính thức – tiếng Việt") < page.index("– tiếng Anh")


async def test_an_edit_is_a_new_version_shown_with_what_changed(
    coordinator: Any, drafted: Any
) -> None:
    sent = await fields(drafted, title="Tiêu đề khác hẳn")
    done = await coordinator.post(f"{drafted.path}/phat-ngon/sua", sent)
    assert done.status_code == 303, done.text
    assert await version(drafted) == 2
    page = (await coordinator.get(f"{drafted.path}/phat-ngon")).text
    assert "<ins>" in page
    assert "Tiêu đề" in page
    assert "Sửa lời" in page


async def test_an_edit_over_a_newer_version_keeps_what_was_typed(
    coordinator: Any, drafted: Any
) -> None:
    sent = await fields(drafted, title="Bản của người thứ nhất")
    late = sent | {key: "Bản của người thứ hai" for key in sent if key.startswith("title-")}
    assert (await coordinator.post(f"{drafted.path}/phat-ngon/sua", sent)).is_redirect
    stale = await coordinator.post(f"{drafted.path}/phat-ngon/sua", late)
    assert stale.status_code == 409
    assert "Bản của người thứ hai" in stale.text
    assert "Bản của người thứ nhất" in stale.text
    assert 'name="seen" value="2"' in stale.text
    assert await version(drafted) == 2
    again = await coordinator.post(f"{drafted.path}/phat-ngon/sua", late | {"seen": "2"})
    assert again.status_code == 303
    assert await version(drafted) == 3


@pytest.mark.parametrize("body", ["   ", "x" * 20_001])
async def test_a_text_that_is_empty_or_endless_is_refused(
    coordinator: Any, drafted: Any, body: str
) -> None:
    sent = await fields(drafted, body=body)
    refused = await coordinator.post(f"{drafted.path}/phat-ngon/sua", sent)
    assert refused.status_code == 422
    assert await version(drafted) == 1


async def test_a_returned_draft_says_why_and_is_submitted_once_it_is_revised(
    coordinator: Any, drafted: Any
) -> None:
    await drafted.decide("approver", Decision.RETURN, "Nêu rõ <thời hạn>")
    page = (await coordinator.get(f"{drafted.path}/phat-ngon")).text
    assert "Nêu rõ &lt;thời hạn&gt;" in page
    assert "/phat-ngon/trinh" not in page
    assert "Chỉnh sửa, trình lại dự thảo" in (await coordinator.get("/")).text
    sent = await fields(drafted, title="Có thời hạn")
    same = await coordinator.post(f"{drafted.path}/phat-ngon/trinh", sent)
    assert same.status_code == 409
    assert "đã bị trả lại" in same.text
    done = await coordinator.post(f"{drafted.path}/phat-ngon/sua", sent | {"then": "submit"})
    assert done.status_code == 303, done.text
    row = (await drafted.standing()).statements[-1]
    assert (row.lifecycle, row.current) == ("pending", 2)


@pytest.mark.parametrize("place", ["title", "body"])
async def test_an_edit_that_denies_a_true_report_is_not_submitted(
    coordinator: Any, drafted: Any, place: str
) -> None:
    said = "Đây là tin giả, hoàn toàn sai sự thật"
    sent = await fields(drafted, **{place: said})
    refused = await coordinator.post(f"{drafted.path}/phat-ngon/sua", sent | {"then": "submit"})
    assert refused.status_code == 409
    assert refused.text.count(said) > 1, "the sentence is named, and what was typed is kept"
    row = (await drafted.standing()).statements[-1]
    assert (row.lifecycle, row.current) == ("pending", 1)


async def test_only_the_version_that_was_read_is_submitted(coordinator: Any, drafted: Any) -> None:
    sent = await fields(drafted, title="Lời khác")
    assert (await coordinator.post(f"{drafted.path}/phat-ngon/sua", sent)).is_redirect
    old = {"row": sent["row"], "seen": "1"}
    assert (await coordinator.post(f"{drafted.path}/phat-ngon/trinh", old)).status_code == 409
    new = old | {"seen": "2"}
    assert (await coordinator.post(f"{drafted.path}/phat-ngon/trinh", new)).is_redirect
    assert (await drafted.standing()).statements[-1].lifecycle == "pending"


async def test_after_a_rejection_a_new_draft_is_written(coordinator: Any, drafted: Any) -> None:
    await drafted.decide("approver", Decision.REJECT, "Không dùng được")
    page = (await coordinator.get(f"{drafted.path}/phat-ngon")).text
    assert "Soạn dự thảo mới" in page
    assert (await coordinator.post(f"{drafted.path}/phat-ngon/soan-moi")).is_redirect
    states = [row.lifecycle for row in (await drafted.standing()).statements]
    assert states == ["rejected", "pending"]


async def test_no_draft_is_written_before_anything_was_found(coordinator: Any, case: Any) -> None:
    refused = await coordinator.post(f"{case.path}/phat-ngon/soan-moi")
    assert refused.status_code == 409
    assert "Chưa đủ kết luận" in refused.text


@pytest.mark.parametrize(
    ("act", "relation"), [("dinh-chinh", "correction"), ("rut-lai", "withdrawal")]
)
async def test_a_published_statement_is_corrected_or_withdrawn_with_a_reason(
    coordinator: Any, drafted: Any, act: str, relation: str
) -> None:
    await drafted.publish()
    page = (await coordinator.get(f"{drafted.path}/phat-ngon")).text
    assert "Thư tới các cơ quan báo chí" in page
    assert "toasoan@plo.example" in page
    sent = await fields(drafted, title="Nội dung đúng")
    unsaid = await coordinator.post(f"{drafted.path}/phat-ngon/{act}", sent | {"reason": ""})
    assert unsaid.status_code == 409
    assert "Nội dung đúng" in unsaid.text
    told = sent | {"reason": "Số liệu chưa đúng"}
    assert (await coordinator.post(f"{drafted.path}/phat-ngon/{act}", told)).is_redirect
    made = (await drafted.standing()).statements[-1]
    assert (made.relation, made.lifecycle) == (relation, "pending")


async def test_markup_in_a_statement_is_shown_as_letters(coordinator: Any, drafted: Any) -> None:
    sent = await fields(drafted, title="<img src=x onerror=alert(1)>", body="</textarea><script>")
    assert (await coordinator.post(f"{drafted.path}/phat-ngon/sua", sent)).is_redirect
    page = (await coordinator.get(f"{drafted.path}/phat-ngon")).text
    assert "<img src=x" not in page
    assert not re.search(r"<script", page)


async def test_one_statement_has_an_address_of_its_own(coordinator: Any, drafted: Any) -> None:
    row = (await drafted.standing()).statements[-1]
    assert (await coordinator.get(f"{drafted.path}/phat-ngon/{row.id}")).status_code == 200
    missing = await coordinator.get(f"{drafted.path}/phat-ngon/khong-co")
    assert missing.status_code == 404


async def test_an_unknown_act_is_not_found(coordinator: Any, drafted: Any) -> None:
    assert (await coordinator.post(f"{drafted.path}/phat-ngon/xoa")).status_code == 404


async def test_words_that_have_not_changed_make_no_version(coordinator: Any, drafted: Any) -> None:
    same = await coordinator.post(f"{drafted.path}/phat-ngon/sua", await fields(drafted))
    assert same.status_code == 422
    assert "không lập bản mới" in same.text
    assert await version(drafted) == 1


async def test_a_withdrawal_is_not_prefilled_with_what_it_withdraws(
    coordinator: Any, drafted: Any
) -> None:
    await drafted.publish()
    page = (await coordinator.get(f"{drafted.path}/phat-ngon")).text
    form = page[page.index("phat-ngon/rut-lai") :]
    form = form[: form.index("</form>")]
    assert re.findall(r"<textarea[^>]*name=.body-[^>]*>([^<]*)<", form) != []
    assert set(re.findall(r"<textarea[^>]*name=.body-[^>]*>([^<]*)<", form)) == {""}
