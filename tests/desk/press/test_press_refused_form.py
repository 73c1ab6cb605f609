"""A refused form of the press pages comes back with its sentence and what was typed."""

import re
from typing import Any

import pytest

TYPED = {"what": "source:bao-b", "until": "2025-10-21T08:00", "reason": "đăng lại tin cũ"}
WANTED = "một thời điểm sau lúc này và trong vòng 90 ngày tới"
SOURCES = "/bao-chi/nguon"


def field(page: str, name: str) -> str:
    """The tag of a field that people fill; of the last form that has one of this name."""
    return re.findall(rf'<(?:input|select|textarea) id="[^"]*" name="{name}"[^>]*>', page)[-1]


@pytest.fixture(params=["story", "sources"])
def muting(request: Any, story: Any) -> str:
    """The pages that have a form to mute."""
    return f"/bao-chi/{story.id}" if request.param == "story" else SOURCES


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"until": ""}, WANTED),
        ({"until": "2025-10-19T09:59"}, WANTED),
        ({"until": "2026-10-19T09:59"}, WANTED),
        ({"until": "hôm nào đó"}, "không phải thời điểm"),
        ({"reason": " "}, "Xin ghi lý do."),
        ({"what": ""}, "Xin chọn tạm dừng với nguồn, lĩnh vực hay câu chuyện nào"),
        ({"what": "source:khong-co"}, "Xin chọn tạm dừng với nguồn, lĩnh vực hay câu chuyện nào"),
        ({"what": "story:khong-co"}, "Xin chọn tạm dừng với nguồn, lĩnh vực hay câu chuyện nào"),
    ],
)
async def test_a_mute_that_is_refused_says_what_is_wanted_at_its_own_field(
    coordinator: Any, muting: str, wrong: dict[str, str], sentence: str
) -> None:
    sent = TYPED | wrong
    shown = await coordinator.post(f"{muting}/tam-dung", sent)
    assert shown.status_code == 422
    assert shown.text.count(sentence) == 2
    (name,) = wrong
    assert 'aria-invalid="true"' in field(shown.text, name)
    assert shown.text.count("aria-invalid") == 1
    if name != "until":
        assert f'value="{sent["until"]}"' in field(shown.text, "until")
    if name != "reason":
        assert "đăng lại tin cũ</textarea>" in shown.text
    if name != "what":
        assert '<option value="source:bao-b" selected>' in shown.text


@pytest.mark.parametrize(
    "written", ["2025-10-21T08:00", "21/10/2025 08:00", "08:00 ngày 21/10/2025", "8h00, 21/10/2025"]
)
async def test_a_time_is_taken_as_people_write_it_where_the_browser_has_no_field_for_it(
    read: Any, coordinator: Any, muting: str, written: str
) -> None:
    sent = await coordinator.post(f"{muting}/tam-dung", TYPED | {"until": written})
    assert sent.status_code == 303
    assert "đến 08:00 ngày 21/10/2025" in (await coordinator.get(SOURCES)).text


@pytest.mark.parametrize(
    "written", ["31/02/2025 08:00", "21/10/2025 25:00", "08:00 21/10/2025 9:00"]
)
async def test_a_time_that_is_none_is_told_how_people_write_one(
    coordinator: Any, muting: str, written: str
) -> None:
    shown = await coordinator.post(f"{muting}/tam-dung", TYPED | {"until": written})
    assert shown.status_code == 422
    assert "xin ghi ngày và giờ Việt Nam, ví dụ 19/10/2025 08:15." in shown.text


async def test_after_a_refusal_the_navigation_still_marks_the_section_one_is_in(
    coordinator: Any, muting: str
) -> None:
    shown = await coordinator.post(f"{muting}/tam-dung", TYPED | {"until": ""})
    nav = shown.text[shown.text.index('class="main-nav"') :]
    marked = re.findall(r'<a href="([^"]*)" aria-current', nav[: nav.index("</nav>")])
    assert marked == ["/bao-chi"]


async def test_the_sentence_of_a_mute_is_said_in_english_too(coordinator: Any, muting: str) -> None:
    shown = await coordinator.post(f"{muting}/tam-dung?lang=en", TYPED | {"until": ""})
    assert "Please say until when alerts are muted" in shown.text


@pytest.mark.parametrize(
    ("path", "typed", "status", "again"),
    [
        ("them-vao", {"code": "DT-2025-9999"}, 404, 'value="DT-2025-9999"'),
        ("gop", {"into": "x"}, 404, 'name="into"'),
    ],
)
async def test_a_refused_decision_about_a_story_is_told_on_its_page(
    coordinator: Any, story: Any, path: str, typed: Any, status: int, again: str
) -> None:
    shown = await coordinator.post(f"/bao-chi/{story.id}/{path}", typed)
    assert shown.status_code == status
    assert story.title in shown.text
    assert f'id="f-{path}" open' in shown.text
    assert again in shown.text


async def test_splitting_everything_off_keeps_the_ticks(coordinator: Any, story: Any) -> None:
    page = (await coordinator.get(f"/bao-chi/{story.id}")).text
    every = re.findall(r'name="items" value="([^"]+)"', page)
    shown = await coordinator.post(f"/bao-chi/{story.id}/tach", {"items": every})
    assert shown.status_code == 422
    assert shown.text.count(" checked>") == len(every) == 2
    assert "Xin chọn một phần số bài" in shown.text


async def test_opening_twice_shows_the_story_as_it_is_now(coordinator: Any, story: Any) -> None:
    await coordinator.post(f"/bao-chi/{story.id}/mo")
    shown = await coordinator.post(f"/bao-chi/{story.id}/mo")
    assert shown.status_code == 409
    assert "Câu chuyện này vừa được xử lý" in shown.text
    assert "DT-2025-0001" in shown.text


@pytest.mark.parametrize(
    ("name", "value"), [("name", ""), ("url", "javascript:alert(1)"), ("pattern", "(")]
)
async def test_a_source_that_is_not_taken_is_there_to_mend(
    coordinator: Any, name: str, value: str
) -> None:
    typed = {"name": "Báo Tỉnh", "url": "https://tinh.example/", "pattern": r"-\d{7}\.htm$"}
    shown = await coordinator.post(f"{SOURCES}/moi", typed | {name: value})
    assert shown.status_code == 422
    assert 'aria-invalid="true"' in field(shown.text, name)
    for other, kept in (typed | {name: value}).items():
        assert f'value="{kept}"' in field(shown.text, other)


@pytest.mark.parametrize("content", [b"", b"<html>", b"<opml><body/></opml>"])
async def test_an_opml_file_that_is_none_is_told_at_its_field(
    coordinator: Any, content: bytes
) -> None:
    files = {"file": ("x.opml", content, "text/x-opml")}
    shown = await coordinator.post(f"{SOURCES}/opml", files=files)
    assert shown.status_code == 422
    assert 'aria-invalid="true"' in field(shown.text, "file")


async def test_an_unknown_act_of_the_sources_is_not_found(coordinator: Any) -> None:
    assert (await coordinator.post(f"{SOURCES}/khac")).status_code == 404


@pytest.mark.parametrize("ask", ["get", "post"])
async def test_a_day_that_is_none_is_told_on_the_brief(coordinator: Any, ask: str) -> None:
    shown = (
        await coordinator.get("/diem-bao?ngay=hom-qua")
        if ask == "get"
        else await coordinator.post("/diem-bao/gui", {"ngay": "hom-qua"})
    )
    assert shown.status_code == 422
    assert "Xin chọn ngày của điểm báo." in shown.text
    assert 'value="hom-qua"' in field(shown.text, "ngay")
    assert "Điểm báo ngày 19/10/2025" in shown.text


async def test_an_older_brief_stays_in_front_after_it_was_sent(coordinator: Any) -> None:
    sent = await coordinator.post("/diem-bao/gui", {"ngay": "2025-10-17"})
    assert sent.headers["location"] == "/diem-bao?ngay=2025-10-17&da=gui"
    page = (await coordinator.get(sent.headers["location"])).text
    assert "Điểm báo ngày 17/10/2025" in page
    assert "Đã đưa điểm báo vào hàng chờ" in page


PAGES = {
    "/bao-chi": "Tin, bài",
    "/bao-chi?xem=da-mo": "Tin, bài",
    "/diem-bao": "Điểm báo",
    "/diem-bao/xu-huong": "Xu hướng báo chí",
    "/diem-bao/bo-loc": "Bộ lọc tin",
    "/bao-chi/nguon": "Nguồn, tạm dừng",
}


async def test_every_press_page_has_the_same_row_with_itself_marked(
    coordinator: Any, story: Any
) -> None:
    for path, title in (PAGES | {f"/bao-chi/{story.id}": "Tin, bài"}).items():
        page = (await coordinator.get(path)).text
        (row,) = re.findall(r'<nav class="tabs".*?</nav>', page, re.DOTALL)
        assert re.findall(r'href="([^"]+)"', row) == [
            "/bao-chi",
            "/diem-bao",
            "/diem-bao/xu-huong",
            "/diem-bao/bo-loc",
            "/bao-chi/nguon",
        ]
        assert re.findall(r'aria-current="(?:page|true)">([^<]+)<', row) == [title], path
