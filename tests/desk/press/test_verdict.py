"""Which figure decided about a version, in words; and the pages of what can be answered."""

import re
from typing import Any

import pytest

from crisis.records.schema.lesson import PressModel
from desk.press import lesson_page
from desk.press.verdict import verdict


def row(trained: int, held: int, wanted: int, *fared: int) -> PressModel:
    shipped_alerts, shipped_right, model_alerts, model_right = fared
    return PressModel(
        trained_on=trained,
        held=held,
        held_wanted=wanted,
        shipped_alerts=shipped_alerts,
        shipped_right=shipped_right,
        model_alerts=model_alerts,
        model_right=model_right,
    )


@pytest.mark.parametrize(
    ("learned", "vi", "en"),
    [
        (row(20, 10, 5, 5, 5, 5, 5), "mới có 30 nhận xét, cần ít nhất 60", "30 answers so far"),
        (row(50, 20, 3, 3, 3, 3, 3), "mới có 3 tin “đúng”", "3 “right” ones"),
        (row(50, 20, 17, 9, 9, 9, 9), "mới có 3 tin “không liên quan”", "3 others"),
        (row(50, 20, 10, 14, 10, 8, 8), "giảm từ 100% xuống 80%", "fell from 100% to 80%"),
        (row(50, 20, 10, 10, 10, 14, 10), "F1 giảm từ 1.00 xuống 0.83", "from 1.00 to 0.83"),
        (row(50, 20, 10, 14, 10, 10, 10), "F1 từ 0.83 thành 1.00", "from 0.83 to 1.00"),
    ],
)
def test_a_verdict_names_the_figure_that_decided(learned: PressModel, vi: str, en: str) -> None:
    told = verdict(learned)
    assert vi in told.vi
    assert en in told.en


async def test_items_to_answer_stand_on_pages_with_their_tone_and_what_is_still_needed(
    read: Any, coordinator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lesson_page, "SHOWN", 1)
    path, seen = "/diem-bao/bo-loc", list[str]()
    while path:
        page = (await coordinator.get(path)).text
        seen += re.findall(r'<li id="(tin-[^"]+)">', page)
        assert '<span class="tone ' in page
        assert "Cần ít nhất 60 nhận xét để học, còn thiếu 60." in page
        found = re.search(r'href="(/diem-bao/bo-loc\?sau=[^"]+)">Trang sau', page)
        path = found[1] if found else ""
    assert len(seen) == len(set(seen)) == 3
    assert (await coordinator.get("/diem-bao/bo-loc?sau=0~x")).status_code == 200
