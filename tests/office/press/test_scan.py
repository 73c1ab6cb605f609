"""A round of the press watch: what papers list stands in the records once, judged, in stories."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from crisis.office.press import folder as press_folder
from crisis.records import press_judgement, press_source, press_story_list
from crisis.records.act import SYSTEM
from crisis.records.press_source import NewSource
from crisis.records.press_story_list import Wanted
from crisis.records.schema.press import PressEdit, PressItem, PressJudgement
from crisis.records.schema.story import PressStory
from tests.office.press.conftest import PRINTED, Told, rss

FLOOD = Told(
    title="Quảng Trị: Sân trường Tiểu học Hải Lăng ngập nước, phụ huynh bức xúc",
    lead="Phụ huynh phản ánh UBND xã Hải Lăng chậm xử lý, sân trường ngập sâu suốt 3 tháng.",
    link="https://a.example/san-truong-1.htm",
)
RETOLD = Told(
    title="Sân trường Tiểu học Hải Lăng ở Quảng Trị ngập nước, phụ huynh bức xúc",
    lead="Suốt 3 tháng sân trường ngập sâu, phụ huynh phản ánh UBND xã Hải Lăng chậm xử lý.",
    link="https://b.example/ngap-2.htm",
)
CALM = Told(
    title="Đồng Hới khai mạc tuần lễ ẩm thực biển",
    lead="Hàng nghìn du khách dự lễ khai mạc tại quảng trường.",
    link="https://a.example/am-thuc-3.htm",
)


async def test_one_event_in_two_papers_is_one_story_with_two_sources(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    await watch.source("bao-b", "/b")
    watch.prints("/a", FLOOD, CALM)
    watch.prints("/b", RETOLD)
    done = await watch.scan()
    assert (done.taken.fresh, sorted(one[2].state for one in done.feeds)) == (3, ["ok", "ok"])
    async with watch.office.records.look() as session:
        alerting = await press_story_list.page(session, Wanted())
        everything = await press_story_list.page(session, Wanted(alerts=False))
    assert [(one.sources, one.items, one.gov, one.tone) for one in alerting] == [
        (2, 2, True, "neg")
    ]
    assert len(everything) == 2


async def test_what_was_read_before_is_not_taken_again(watch: Any) -> None:
    await watch.source("bao-a", "/a", "/moi")
    watch.prints("/a", FLOOD)
    watch.prints(
        "/moi", FLOOD, Told(title=FLOOD.title, lead=FLOOD.lead, link="https://a.example/x")
    )
    await watch.scan()
    again = await watch.scan()
    assert again.taken.fresh == 0
    assert len(await watch.rows(select(PressItem))) == 1


async def test_a_body_that_is_named_is_told_of_in_good_news_and_bad(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    good = Told(title="Quảng Trị: Sở Y tế khánh thành phòng khám mới", link="https://a.example/y-1")
    bad = Told(title="Quảng Trị: Giám đốc Sở Tư pháp bị khởi tố", link="https://a.example/t-2")
    watch.prints("/a", good, bad)
    await watch.scan()
    told = await watch.rows(select(PressJudgement).order_by(PressJudgement.tone))
    assert {one.tone: one.agencies for one in told} == {"neg": ["qt-stp"], "pos": ["qt-syt"]}


async def test_an_address_that_is_none_is_a_state_and_the_others_are_read(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    broken = NewSource(id="bao-b", name="Báo B", weight=1, addresses={"http://[::1": None})
    async with watch.office.records.act(SYSTEM) as act:
        await press_source.put_source(act, broken)
        await press_source.read_it(act, "bao-b", wanted=True)
    watch.prints("/a", FLOOD)
    done = await watch.scan()
    assert done.taken.fresh == 1
    assert sorted(one[2].state for one in done.feeds) == ["ok", "refused"]


async def test_an_edited_headline_is_kept_as_a_version(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    watch.prints("/a", FLOOD)
    await watch.scan()
    watch.prints("/a", Told(title="Sân trường ngập: xã đã xử lý", lead=FLOOD.lead, link=FLOOD.link))
    done = await watch.scan()
    (edit,) = await watch.rows(select(PressEdit))
    assert (done.taken.edited, edit.field) == (1, "title")
    assert (edit.old, edit.new) == (FLOOD.title, "Sân trường ngập: xã đã xử lý")
    (story,) = await watch.rows(select(PressStory))
    assert story.title == edit.new


async def test_judgements_are_found_by_period_with_their_reasons(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    watch.prints("/a", FLOOD)
    await watch.scan()
    async with watch.office.records.look() as session:
        start = PRINTED.replace(hour=0)
        (seen,) = await press_judgement.of_period(session, start, PRINTED.replace(hour=23))
        nothing = await press_judgement.of_period(session, PRINTED.replace(hour=23), PRINTED)
    assert seen.judgement.alert
    assert {"cue", "meaning", "sentence", "points"} <= seen.judgement.why[0].keys()
    assert (seen.source.id, seen.at, nothing) == ("bao-a", PRINTED, [])


async def test_a_folder_of_saved_feeds_needs_no_network(watch: Any, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "bao-a.xml").write_bytes(rss(FLOOD, CALM))
    (folder / "bao-b.xml").write_bytes(rss(RETOLD))
    (folder / "trang.xml").write_bytes(b"<html><body>404</body></html>")
    done = await press_folder.scan_folder(watch.office, folder, holder="test")
    assert [(one[1], one[2].state, one[2].fresh) for one in done.feeds] == [
        ("file:bao-a.xml", "ok", 2),
        ("file:bao-b.xml", "ok", 1),
        ("file:trang.xml", "not_a_feed", 0),
    ]
    assert watch.papers.heads == []
    again = await press_folder.scan_folder(watch.office, folder, holder="test")
    assert again.taken.fresh == 0
