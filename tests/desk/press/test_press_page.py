"""The press watch on the desk: cards with reasons, decisions by people, sources and health."""

import re
from typing import Any

import pytest
from sqlalchemy import delete, select

from crisis.records.act import SYSTEM
from crisis.records.schema.lesson import PressLabel
from crisis.records.schema.press import PressFeed, PressItem, PressPoll, PressSource
from crisis.records.schema.story import PressMute, PressStory, PressTrigger

OPML = b"""<opml version="2.0"><body>
<outline text="B&#225;o V&#237; D&#7909;" xmlUrl="https://vidu.example/rss"/>
<outline text="X" xmlUrl="javascript:alert(1)"/></body></opml>"""


async def rows(desk: Any, query: Any) -> list[Any]:
    async with desk.office.records.look() as session:
        return list(await session.scalars(query))


async def alerting(desk: Any) -> PressStory:
    (story,) = await rows(desk, select(PressStory).where(PressStory.alert))
    return story


async def test_a_card_shows_each_source_once_and_why(read: Any) -> None:
    web = await read.as_("coordinator")
    page = (await web.get("/bao-chi")).text
    assert page.count('class="panel story"') == 1
    assert "bao-a" in page
    assert "bao-b" in page
    assert re.search(r"<strong>2</strong> nguồn", page)
    assert "chậm xử lý" in page
    assert "<rect" in page
    assert "Chờ quyết định" in page
    (story,) = await rows(read, select(PressStory).where(PressStory.alert))
    assert "Chờ quyết định" in (await web.get(f"/bao-chi/{story.id}")).text
    assert "Đồng Hới khai mạc" in (await web.get("/bao-chi?xem=tat-ca")).text


async def test_every_page_speaks_english_too(read: Any) -> None:
    web = await read.as_("coordinator")
    story = await alerting(read)
    for path in ("/bao-chi", f"/bao-chi/{story.id}", "/bao-chi/nguon"):
        page = (await web.get(f"{path}?lang=en")).text
        body = re.sub(r"<[^>]*>", " ", page[page.index("<main") :])
        assert not re.search(r"\b(nguồn|Nguồn|câu chuyện|vụ việc|Tạm dừng|Vì sao)\b", body), path


async def test_one_tap_opens_the_incident(read: Any) -> None:
    web = await read.as_("coordinator")
    story = await alerting(read)
    answer = await web.post(f"/bao-chi/{story.id}/mo")
    assert (answer.status_code, answer.headers["location"][:12]) == (303, "/vu-viec/DT-")
    page = (await web.get(answer.headers["location"].split("?")[0])).text
    assert page.count("<li><p><strong>") >= 2
    assert "Bài báo đang theo dõi" in page
    again = await web.post(f"/bao-chi/{story.id}/mo")
    assert again.status_code == 409


async def test_not_about_us_leaves_the_list_and_comes_back(read: Any) -> None:
    web = await read.as_("coordinator")
    story = await alerting(read)
    await web.post(f"/bao-chi/{story.id}/khong-lien-quan", {"reason": "tỉnh khác"})
    assert 'class="panel story"' not in (await web.get("/bao-chi")).text
    assert "tỉnh khác" in (await web.get(f"/bao-chi/{story.id}")).text
    (raised,) = await rows(read, select(PressTrigger))
    assert (raised.state, raised.decided_by) == ("dismissed", web.user)
    labels = await rows(read, select(PressLabel))
    assert {(one.said, one.by) for one in labels} == {("not_us", web.user)}
    assert len(labels) == story.items
    assert f"không liên quan đến tỉnh {story.items}," in (await web.get("/diem-bao/bo-loc")).text
    await web.post(f"/bao-chi/{story.id}/xem-lai")
    assert 'class="panel story"' in (await web.get("/bao-chi")).text
    assert await rows(read, select(PressLabel)) == []


async def test_a_dismissal_taken_back_leaves_what_was_said_on_another_occasion(read: Any) -> None:
    web = await read.as_("coordinator")
    story = await alerting(read)
    first, second = await rows(read, select(PressItem).where(PressItem.story_id == story.id))
    await web.post("/diem-bao/bo-loc", {"item": first.id, "said": "not_us"})
    await read.set_time("2025-10-19T10:05+07:00")
    await web.post(f"/bao-chi/{story.id}/khong-lien-quan")
    assert len(await rows(read, select(PressLabel))) == 2
    await web.post(f"/bao-chi/{story.id}/xem-lai")
    (left,) = await rows(read, select(PressLabel))
    assert left.item_id == first.id != second.id


async def test_what_a_person_opens_is_a_label_too_but_never_over_another_answer(read: Any) -> None:
    web = await read.as_("coordinator")
    story = await alerting(read)
    first, second = await rows(read, select(PressItem).where(PressItem.story_id == story.id))
    await web.post("/diem-bao/bo-loc", {"item": first.id, "said": "wrong_tone"})
    await web.post(f"/bao-chi/{story.id}/mo")
    labels = {one.item_id: one.said for one in await rows(read, select(PressLabel))}
    assert labels == {first.id: "wrong_tone", second.id: "yes"}


async def test_people_merge_and_split_back(read: Any) -> None:
    web = await read.as_("coordinator")
    story = await alerting(read)
    (other,) = await rows(read, select(PressStory).where(PressStory.id != story.id))
    await web.post(f"/bao-chi/{other.id}/gop", {"into": story.id})
    assert (await alerting(read)).items == 3
    page = (await web.get(f"/bao-chi/{other.id}")).text
    moved = re.findall(r'<input type="hidden" name="items" value="([^"]+)"', page)
    assert len(moved) == 1
    await web.post(f"/bao-chi/{story.id}/tach", {"items": moved})
    assert (await alerting(read)).items == 2
    (back,) = await rows(read, select(PressItem).where(PressItem.id == moved[0]))
    assert back.story_id not in {story.id, other.id}


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("tach", {"items": []}),
        ("gop", {"into": "x"}),
        ("tam-dung", {"what": "source:bao-a", "until": "2025-10-20T08:00", "reason": ""}),
        ("tam-dung", {"what": "source:bao-a", "until": "hôm nào đó", "reason": "vì"}),
        ("tam-dung", {"what": "source:bao-a", "until": "2027-10-20T08:00", "reason": "vì"}),
        ("them-vao", {"code": "DT-2025-9999"}),
        ("nothing", {}),
    ],
)
async def test_a_wrong_form_is_told_in_one_sentence(read: Any, path: str, form: Any) -> None:
    web = await read.as_("coordinator")
    story = await alerting(read)
    answer = await web.post(f"/bao-chi/{story.id}/{path}", form)
    assert answer.status_code in {404, 422}
    assert 'class="panel story"' in (await web.get("/bao-chi")).text


async def test_a_mute_stands_with_its_reason_until_it_is_ended(read: Any) -> None:
    web = await read.as_("coordinator")
    story = await alerting(read)
    form = {"what": "source:bao-a", "until": "2025-10-21T08:00", "reason": "đăng lại tin cũ"}
    await web.post(f"/bao-chi/{story.id}/tam-dung", form)
    shown = (await web.get(f"/bao-chi/{story.id}")).text
    assert "Nguồn bao-a, đến 08:00 ngày 21/10/2025 (đăng lại tin cũ)" in shown
    page = (await web.get("/bao-chi/nguon")).text
    assert "đăng lại tin cũ" in page
    (muted,) = await rows(read, select(PressMute))
    await web.post("/bao-chi/nguon/thoi-tam-dung", {"mute": muted.id})
    assert "đăng lại tin cũ" not in (await web.get("/bao-chi/nguon")).text


async def test_nothing_is_read_until_somebody_turns_it_on(desk: Any) -> None:
    web = await desk.as_("coordinator")
    assert "Thêm danh sách mẫu" in (await web.get("/bao-chi/nguon")).text
    await web.post("/bao-chi/nguon/mau")
    feeds = await rows(desk, select(PressFeed))
    assert len(feeds) > 30
    assert all(feed.next_at is None for feed in feeds)
    await web.post("/bao-chi/nguon/doc", {"source": "plo", "wanted": "1"})
    read = await rows(desk, select(PressFeed.source_id).where(PressFeed.next_at.is_not(None)))
    assert set(read) == {"plo"}
    await web.post("/bao-chi/nguon/doc", {"source": "", "wanted": "0"})
    assert not await rows(desk, select(PressFeed).where(PressFeed.next_at.is_not(None)))


async def test_opml_goes_in_with_its_numbers_and_comes_out(desk: Any) -> None:
    web = await desk.as_("coordinator")
    files = {"file": ("nguon.opml", OPML, "text/x-opml")}
    page = (await web.post("/bao-chi/nguon/opml", files=files)).text
    assert "thêm 1 địa chỉ, 0 địa chỉ đã có, từ chối 1" in page
    assert "javascript:alert(1)" in page
    again = (await web.post("/bao-chi/nguon/opml", files=files)).text
    assert "thêm 0 địa chỉ, 1 địa chỉ đã có" in again
    told = (await web.get("/bao-chi/nguon/opml")).text
    assert 'text="Báo Ví Dụ" xmlUrl="https://vidu.example/rss" p:id="bao-vi-du"' in told
    bad = {"file": ("x.opml", b"<html>", "text/x-opml")}
    assert (await web.post("/bao-chi/nguon/opml", files=bad)).status_code == 422


async def test_the_whole_list_comes_back_from_its_own_opml(desk: Any) -> None:
    web = await desk.as_("coordinator")
    await web.post("/bao-chi/nguon/mau")
    told = (await web.get("/bao-chi/nguon/opml")).text
    async with desk.office.records.act(SYSTEM) as act:
        for table in (PressPoll, PressFeed, PressSource):
            await act.session.execute(delete(table))
    await web.post("/bao-chi/nguon/opml", files={"file": ("a.opml", told.encode(), "text/xml")})
    assert (await web.get("/bao-chi/nguon/opml")).text == told


async def test_a_list_page_needs_a_pattern_that_is_one(desk: Any) -> None:
    web = await desk.as_("coordinator")
    page = {"name": "Báo Tỉnh", "url": "https://tinh.example/", "pattern": r"-\d{7}\.htm$"}
    assert (await web.post("/bao-chi/nguon/moi", page)).status_code == 303
    (feed,) = await rows(desk, select(PressFeed))
    assert feed.rule["link_pattern"] == r"-\d{7}\.htm$"
    addresses = ("javascript:alert(1)", "http://[::1", "http://10.0.0.1/", "http://a:99999/")
    wrongs = [{"pattern": "("}, {"name": ""}, *({"url": one} for one in addresses)]
    for wrong in wrongs:
        assert (await web.post("/bao-chi/nguon/moi", page | wrong)).status_code == 422


async def test_a_merged_story_takes_its_incident_along(read: Any) -> None:
    web = await read.as_("coordinator")
    story = await alerting(read)
    (other,) = await rows(read, select(PressStory).where(PressStory.id != story.id))
    await web.post(f"/bao-chi/{story.id}/mo")
    (opened,) = await rows(read, select(PressStory.incident_id).where(PressStory.id == story.id))
    await web.post(f"/bao-chi/{story.id}/gop", {"into": other.id})
    (into,) = await rows(read, select(PressStory).where(PressStory.id == other.id))
    assert opened
    assert (into.incident_id, into.state, into.items) == (opened, "opened", 3)


async def test_stories_of_two_incidents_are_not_merged(read: Any) -> None:
    web = await read.as_("coordinator")
    first, second = await rows(read, select(PressStory.id))
    for one in (first, second):
        assert (await web.post(f"/bao-chi/{one}/mo")).status_code == 303
    assert (await web.post(f"/bao-chi/{first}/gop", {"into": second})).status_code == 422


async def test_who_only_reads_sees_everything_and_changes_nothing(read: Any) -> None:
    web = await read.as_("auditor")
    story = await alerting(read)
    page = (await web.get(f"/bao-chi/{story.id}")).text
    assert "Điều phối viên quyết định." in page
    for path in (f"{story.id}/mo", f"{story.id}/khong-lien-quan", "nguon/mau", "nguon/doc"):
        assert (await web.post(f"/bao-chi/{path}")).status_code == 403
    assert (await (await read.browser()).get("/bao-chi")).status_code == 303


@pytest.mark.parametrize("path", ["/bao-chi/x", "/bao-chi/00000000-0000-4000-8000-000000000000"])
async def test_an_unknown_story_is_not_found(desk: Any, path: str) -> None:
    web = await desk.as_("coordinator")
    assert (await web.get(path)).status_code == 404
