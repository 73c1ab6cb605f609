"""Answering a task claim by claim: drafts, the answer, its versions, and who was first."""

from typing import Any

import pytest
from sqlalchemy import func, select

from crisis.records import answer_version, claim
from crisis.records.schema.assignment import Answer
from crisis.records.schema.engine import WakeUp

HTML = "<script>alert(1)</script><b>đậm</b>"


async def sent(agency: Any) -> list[Any]:
    """The versions of the answer as recorded, newest first."""
    async with agency.office.records.look() as session:
        return list(await answer_version.of_task(session, (await agency.task()).id))


async def test_an_answer_is_recorded_shown_and_calls_for_the_next_steps(
    agency: Any, form: Any
) -> None:
    fields = form.filled(await agency.form())
    first = form.claims(fields)[0]
    fields |= {
        f"fact_en-{first}": "It is so.",
        f"what_vi-{first}": "Nâng cốt sân",
        f"by-{first}": "2025-11-15",
    }
    answer = await agency.post("tra-loi", fields)
    assert answer.status_code == 303
    (version,) = await sent(agency)
    assert version.answer.by_name == "Nguyễn Văn Ví Dụ"
    assert version.findings[first].remedy == {"what_vi": "Nâng cốt sân", "by": "2025-11-15"}
    page = await agency.page()
    assert "Câu trả lời đã gửi" in page
    assert "Nâng cốt sân" in page
    async with agency.office.records.look() as session:
        because = list(await session.scalars(select(WakeUp.because)))
    assert "verification answered" in because


async def test_a_second_click_on_send_makes_no_second_version(agency: Any, form: Any) -> None:
    fields = form.filled(await agency.form())
    for _ in range(2):
        answer = await agency.post("tra-loi", fields)
        assert answer.status_code == 303
    assert len(await sent(agency)) == 1


async def test_an_answer_is_amended_as_a_new_version(agency: Any, form: Any) -> None:
    await agency.post("tra-loi", form.filled(await agency.form()))
    again = form.filled(await agency.form(), fact="Chỉ đúng một lần trong tháng 9.")
    assert (await agency.post("tra-loi", again)).status_code == 303
    assert [one.answer.version for one in await sent(agency)] == [2, 1]
    assert "Các bản trước" in await agency.page()


async def test_what_is_missing_is_named_and_nothing_typed_is_lost(agency: Any, form: Any) -> None:
    fields = await agency.form()
    one, other = form.claims(fields)
    fields |= {"do": "answer", "name": "", f"fact_vi-{one}": "Đang kiểm tra hiện trường"}
    answer = await agency.post("tra-loi", fields)
    assert answer.status_code == 422
    assert "Đang kiểm tra hiện trường" in answer.text
    for field in (f"verdict-{one}", f"fact_vi-{other}", "name"):
        assert f'href="#{field}"' in answer.text
    assert await sent(agency) == []
    assert "Đang kiểm tra hiện trường" in await agency.page()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("by-{}", "hôm qua", "Xin ghi ngày"),
        ("fact_vi-{}", "Bí mật \u202e đảo chữ", "ký tự điều khiển"),
        ("fact_vi-{}", "Công văn số 12\nTUYỆT MẬT\nSân trường", "dấu độ mật"),
        ("who_vi-{}", "x" * 201, "dài quá 200"),
        ("verdict-{}", "invented", "Xin chọn một kết luận"),
    ],
)
async def test_what_cannot_stand_in_an_answer_is_refused(
    agency: Any, form: Any, field: str, value: str, told: str
) -> None:
    fields = form.filled(await agency.form())
    first = form.claims(fields)[0]
    answer = await agency.post(
        "tra-loi", fields | {f"what_vi-{first}": "Sửa rãnh", field.format(first): value}
    )
    assert answer.status_code == 422
    assert told in answer.text
    assert await sent(agency) == []


async def test_markup_in_any_field_is_shown_as_text(agency: Any, form: Any) -> None:
    fields = form.filled(await agency.form())
    for name in list(fields):
        if name.startswith(("fact_", "what_", "who_")) or name in {"name", "title", "note"}:
            fields[name] = HTML
    assert (await agency.post("tra-loi", fields | {"do": "draft"})).status_code == 303
    drafted = await agency.page()
    assert (await agency.post("tra-loi", fields)).status_code == 303
    for page in (drafted, await agency.page()):
        assert "<script>alert" not in page
        assert "<b>đậm" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


async def test_a_draft_saves_itself_and_comes_back(agency: Any, form: Any) -> None:
    fields = await agency.form()
    first = form.claims(fields)[0]
    answer = await agency.post("nhap", fields | {f"fact_vi-{first}": "Mới viết một nửa"})
    assert answer.json() == {"number": 1}
    assert "Mới viết một nửa" in await agency.page()
    assert await sent(agency) == []


async def test_a_colleagues_draft_is_not_overwritten_unseen(agency: Any, form: Any) -> None:
    mine, theirs = await agency.form(), await agency.form()
    field = f"fact_vi-{form.claims(mine)[0]}"
    assert (await agency.post("nhap", theirs | {field: "Bản của đồng nghiệp"})).status_code == 200
    quiet = await agency.post("nhap", mine | {field: "Bản của tôi"})
    assert (quiet.status_code, quiet.json()["error"]) == (409, "stale")
    loud = await agency.post("tra-loi", mine | {field: "Bản của tôi", "do": "draft"})
    assert loud.status_code == 409
    assert "Bản của tôi" in loud.text
    assert "Bản của đồng nghiệp" in await agency.page()
    shown = form.fields(loud.text, "form-tra-loi") | {"do": "draft"}
    assert (await agency.post("tra-loi", shown)).status_code == 303
    assert "Bản của tôi" in await agency.page()


async def test_the_same_page_may_save_again_and_again(agency: Any, form: Any) -> None:
    fields = await agency.form()
    field = f"fact_vi-{form.claims(fields)[0]}"
    for text in ("M", "Mộ", "Một"):
        assert (await agency.post("nhap", fields | {field: text})).status_code == 200
    assert (await agency.post("tra-loi", fields | {field: "Một", "do": "draft"})).status_code == 303


async def test_a_late_autosave_does_not_lie_over_an_answer(agency: Any, form: Any) -> None:
    fields = form.filled(await agency.form())
    await agency.post("tra-loi", fields)
    same = await agency.post("nhap", fields)
    assert same.status_code == 200
    other = await agency.post("nhap", fields | {"note": "gõ thêm"})
    assert other.status_code == 409
    assert (await agency.task()).draft is None


async def test_two_colleagues_who_answer_at_once_both_keep_their_words(
    agency: Any, form: Any
) -> None:
    mine, theirs = await agency.form(), await agency.form()
    await agency.post("tra-loi", form.filled(theirs, fact="Đồng nghiệp đã trả lời"))
    answer = await agency.post("tra-loi", form.filled(mine, fact="Tôi cũng trả lời"))
    assert answer.status_code == 409
    assert "Tôi cũng trả lời" in answer.text
    async with agency.office.records.look() as session:
        assert await session.scalar(select(func.count()).select_from(Answer)) == 1


async def test_a_contested_claim_without_evidence_is_said_to_carry_nothing(
    agency: Any, form: Any
) -> None:
    await agency.post("tra-loi", form.filled(await agency.form(), verdict="inaccurate"))
    assert "chưa có chứng cứ, nên chưa dùng để phát ngôn được" in await agency.page()
    async with agency.office.records.look() as session:
        rows = await claim.of_incident(session, (await agency.task()).incident_id)
    assert {row.verdict for row in rows} == {"unverified_yet"}


async def test_a_supporting_agency_may_leave_out_what_it_does_not_know(
    opened: Any, form: Any
) -> None:
    support = await opened("daumoi@sgddt.example")
    fields = await support.form()
    one, other = form.claims(fields)
    fields |= {"do": "answer", f"verdict-{one}": "accurate", f"fact_vi-{one}": "Trường xác nhận."}
    assert "phối hợp trả lời" in await support.page()
    assert (await support.post("tra-loi", fields)).status_code == 303
    (version,) = await sent(support)
    assert other not in version.findings
