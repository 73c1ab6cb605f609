"""The annual report on the desk: what people do is counted, and each number opens its list."""

import csv
import io
import re
from typing import Any

import pytest

TOLD = {
    "kind": "question",
    "outlet": "Báo Ví Dụ",
    "subject": "=2+5 nước thải ở chợ",
    "received_at": "2026-08-03T09:00",
    "email": "toasoan@bao.example",
}


@pytest.fixture
async def clerk(desk: Any) -> Any:
    """A coordinator on 5 August 2026."""
    await desk.set_time("2026-08-05T10:00+07:00")
    return await desk.as_("coordinator")


async def filed(clerk: Any, **given: str) -> str:
    sent = await clerk.post("/yeu-cau-bao-chi", TOLD | given)
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"]).partition("?")[0]


async def answered(clerk: Any, place: str) -> None:
    said = {"form": "briefing", "at": "2026-08-05T09:30", "answer": "Đã nói tại giao ban"}
    assert (await clerk.post(f"{place}/tra-loi", said)).is_redirect


def rows(sent: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))


async def test_what_newspapers_asked_and_what_was_answered_is_counted(clerk: Any) -> None:
    first, second = await filed(clerk), await filed(clerk, subject="Học phí")
    await answered(clerk, first)
    shown = (await clerk.get("/bao-cao-nam")).text
    assert "15/12/2025" in shown
    assert "20/12/2026" in shown
    assert "1/2</strong>" in shown
    behind = (await clerk.get("/bao-cao-nam/2026/press_requests_answered")).text
    assert first in behind
    assert second in behind
    missing = (await clerk.get("/bao-cao-nam/2026/press_requests_answered?xem=chua")).text
    assert first not in missing
    assert second in missing


async def test_a_matter_with_a_determination_counts_as_extraordinary_and_as_limited(
    desk: Any, clerk: Any
) -> None:
    code = await desk.report(
        published_at="2026-08-05T07:00", received_at="2026-08-05T09:00", title="Cầu sập"
    )
    made = {"row": "divided_opinion", "answer": "yes", "made_at": "2026-08-05T09:30"}
    sent = await clerk.post(f"/vu-viec/{code}/xac-dinh", made)
    assert sent.is_redirect, sent.text
    for metric in ("extraordinary_spoken", "on_time"):
        behind = (await clerk.get(f"/bao-cao-nam/2026/{metric}")).text
        assert f"/vu-viec/{code}" in behind
        assert "0/1" in behind


async def test_the_files_hold_the_figures_and_no_formula_runs_in_them(clerk: Any) -> None:
    place = await filed(clerk)
    figures = rows(await clerk.get("/bao-cao-nam/2026/so-lieu.csv"))
    assert len(figures) == 7
    assert figures[3][1:] == ["0", "1"]
    await answered(clerk, place)
    lists = rows(await clerk.get("/bao-cao-nam/2026/danh-sach.csv"))
    assert lists[0] == ["Chỉ tiêu", "Mã", "Nội dung", "Thời điểm", "Được tính"]
    assert not [cell for row in lists for cell in row if cell.startswith(("=", "+", "-", "@"))]
    times = [row[3] for row in lists[1:] if row[3]]
    assert times
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d", one) for one in times)
    printed = await clerk.get("/bao-cao-nam/2026/ban-in?lang=vi")
    assert "Kính gửi: Bộ Văn hóa, Thể thao và Du lịch" in printed.text
    assert "=2+5 nước thải ở chợ" in printed.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("?nam=hai", 422, "không phải một năm"),
        ("/2019/on_time", 404, "Không có quy định nào yêu cầu báo cáo năm 2019"),
        ("/2026/unheard_of", 404, "Không có chỉ tiêu này"),
        ("?nam=9999", 422, "Năm báo cáo phải từ"),
    ],
)
async def test_a_year_or_figure_that_is_none_is_told_so(
    clerk: Any, path: str, status: int, said: str
) -> None:
    sent = await clerk.get(f"/bao-cao-nam{path}")
    assert sent.status_code == status
    assert said in sent.text


async def test_the_report_reads_in_english(clerk: Any) -> None:
    shown = (await clerk.get("/bao-cao-nam?nam=2026&lang=en")).text
    assert "Press conferences held in the year" in shown
    assert "exercise" in shown


async def test_a_restricted_incident_is_counted_and_named_to_its_people_only(
    desk: Any, clerk: Any
) -> None:
    code = await desk.report(published_at="2026-08-05T07:00", received_at="2026-08-05T09:00")
    made = {"row": "divided_opinion", "answer": "yes", "made_at": "2026-08-05T09:30"}
    assert (await clerk.post(f"/vu-viec/{code}/xac-dinh", made)).is_redirect
    closing = {"restricted": "1", "reason": "Trẻ em"}
    assert (await clerk.post(f"/vu-viec/{code}/han-che", closing)).is_redirect
    for tail in ("/on_time", "/danh-sach.csv", "/ban-in"):
        there = f"/bao-cao-nam/2026{tail}"
        assert code in (await clerk.get(there)).text
        leader = (await (await desk.as_("leader")).get(there)).text
        assert code not in leader
        assert "Chỉ người được chỉ định mới xem được" in leader
    shown = (await (await desk.as_("leader")).get("/bao-cao-nam/2026/on_time")).text
    assert "0/1" in shown
