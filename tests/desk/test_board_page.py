"""The board: what needs whom, which clock comes first, filters and pages."""

import re
from typing import Any

import pytest

from crisis.office.attention.waiting import SORT_WORDS, Sort
from crisis.records import board


def codes(page: str) -> list[str]:
    """The incidents of the lower list in order."""
    return re.findall(r'class="case-link" href="/vu-viec/([^"]+)"', page)


async def test_an_empty_board_says_so(coordinator: Any) -> None:
    page = (await coordinator.get("/")).text
    assert "Hiện không có việc nào chờ ông/bà" in page
    assert "Không có vụ việc nào phù hợp" in page


async def test_the_incident_whose_clock_runs_out_first_stands_first(
    desk: Any, coordinator: Any
) -> None:
    slow = await desk.report(title="Việc thường", severity="S1")
    unconfirmed = await desk.report(title="Tin chưa xác nhận", confirmed=False)
    urgent = await desk.report(title="Việc gấp", severity="S3")
    page = (await coordinator.get("/")).text
    assert codes(page) == [urgent, slow, unconfirmed]


async def test_a_clock_tells_the_time_left_and_the_exact_time(desk: Any, coordinator: Any) -> None:
    await desk.report(severity="S3")
    await desk.set_time("2025-10-19T10:20+07:00")
    page = (await coordinator.get("/")).text
    assert "còn 40 phút" in page
    assert "11:00 ngày 19/10/2025" in page
    await desk.set_time("2025-10-19T12:00+07:00")
    late = (await coordinator.get("/")).text
    assert "quá hạn 1 giờ" in late
    english = (await coordinator.get("/?lang=en")).text
    assert "1 h overdue" in english


async def test_an_approver_sees_their_approvals_and_a_reader_nothing(
    desk: Any, coordinator: Any
) -> None:
    await desk.report(confirmed=False)
    asked = SORT_WORDS[Sort.CONFIRM].vi
    assert asked in (await coordinator.get("/")).text
    for who in ("approver", "auditor", "leader"):
        page = (await (await desk.as_(who)).get("/")).text
        assert asked not in page
        assert "Hiện không có việc nào" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tim=ngap+san", True),
        ("tim=NGẬP", True),
        ("tim=dt-2025-0001", True),
        ("tim=ngap+cau", False),
        ("tim=phap+luat+%25", False),
        ("giai-doan=open", True),
        ("giai-doan=closed", False),
        ("muc=S2", True),
        ("muc=S4", False),
        ("xem=ket-thuc", False),
        ("giai-doan=nonsense&muc=S9&sau=broken", True),
        ("sau=2025-01-01T00:00~00000000-0000-0000-0000-000000000000", True),
    ],
)
async def test_filters_find_without_marks_and_ignore_what_they_do_not_know(
    desk: Any, coordinator: Any, query: str, *, found: bool
) -> None:
    code = await desk.report(
        title="Bài của báo", subject={"vi": "Ngập sân trường", "en": "Flooded yard"}
    )
    page = await coordinator.get(f"/?{query}")
    assert page.status_code == 200
    assert codes(page.text) == ([code] if found else [])


async def test_the_title_of_any_report_finds_its_incident(desk: Any, coordinator: Any) -> None:
    code = await desk.report(
        title="Ao tù trong trường", subject={"vi": "Việc thứ nhất", "en": "One"}
    )
    assert codes((await coordinator.get("/?tim=ao+tu")).text) == [code]


async def test_a_long_board_is_read_page_by_page_without_losing_any(
    desk: Any, coordinator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "PAGE", 2)
    made = [
        await desk.report(title=f"Việc {n}", severity=severity, confirmed=confirmed)
        for n, (severity, confirmed) in enumerate(
            [("S1", True), ("S1", True), ("S3", True), ("S2", False), ("S2", False)]
        )
    ]
    seen: list[str] = []
    path = "/"
    while path:
        page = (await coordinator.get(path)).text
        seen += codes(page)
        more = re.search(r'class="button second" href="(/\?[^"]*sau=[^"]+)"', page)
        path = more[1].replace("&amp;", "&") if more else ""
    assert sorted(seen) == sorted(made)
    assert len(set(seen)) == len(made)


async def test_counts_tell_how_many_stand_where(desk: Any, coordinator: Any) -> None:
    await desk.report(title="Một")
    await desk.report(title="Hai", confirmed=False)
    page = (await coordinator.get("/")).text
    assert "Đang xử lý (2)" in page
    assert "Chờ sàng lọc (1)" in page


async def test_an_agency_that_is_recalled_or_missing_asks_for_another(
    desk: Any, coordinator: Any
) -> None:
    await desk.report(title="Không rõ cơ quan", topics=[], places=[])
    page = (await coordinator.get("/")).text
    assert SORT_WORDS[Sort.NAME_AGENCY].vi in page


def test_every_sort_of_wish_has_words_in_both_languages() -> None:
    assert set(SORT_WORDS) == set(Sort)
    assert all(told.vi and told.en for told in SORT_WORDS.values())
