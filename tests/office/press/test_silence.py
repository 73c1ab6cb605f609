"""A source that falls silent is an alarm, told once; list pages and merges live through rounds."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from crisis.model.ledger import Actor, ActorKind
from crisis.office.press import alert as press_alert
from crisis.records import press_source, press_story
from crisis.records.act import SYSTEM
from crisis.records.press_source import NewSource
from crisis.records.schema.mail import Mail
from crisis.records.schema.press import PressFeed, PressItem
from crisis.records.schema.story import PressStory
from tests.office.press.conftest import Told, answer
from tests.office.press.test_scan import CALM, FLOOD, RETOLD

PAGE = """<!doctype html><html><body><ul>
<li><a href="/tin/san-truong-1234567.htm">{title}</a></li>
<li><a href="/lien-he.htm">Liên hệ</a></li></ul></body></html>"""


async def tell(watch: Any) -> list[str]:
    async with watch.office.records.act(SYSTEM) as act:
        await press_alert.tell(watch.office, act)
    return [m.subject for m in await watch.rows(select(Mail).where(Mail.letter == "press_alert"))]


async def backdate(watch: Any, hours: float) -> None:
    """Let the watch of every address have begun, and its last article come, hours earlier."""
    async with watch.office.records.act(SYSTEM) as act:
        at = act.real - timedelta(hours=hours)
        await act.session.execute(update(PressFeed).values(watched_since=at, item_at=at))


async def test_a_silent_source_is_told_once_and_again_after_it_spoke(watch: Any) -> None:
    await watch.source("bao-a", "/a", "/b")
    watch.prints("/a", CALM)
    watch.prints("/b", CALM)
    await watch.scan()
    assert await tell(watch) == []
    await backdate(watch, 25)
    told = await tell(watch)
    assert len(told) == 1
    assert "im lặng" in told[0]
    assert await tell(watch) == told
    watch.prints("/a", FLOOD)
    await watch.scan()
    assert {feed.silent_since for feed in await watch.rows(select(PressFeed))} == {None}
    await backdate(watch, 25)
    assert len(await tell(watch)) == 2


async def test_a_paper_without_a_feed_is_read_by_its_list_page(watch: Any) -> None:
    url = f"{watch.papers.url}/"
    rule = {"link_pattern": r"-\d{7}\.htm$"}
    async with watch.office.records.act(SYSTEM) as act:
        new = NewSource(id="bao-tinh", name="Báo Tỉnh", addresses={url: rule})
        await press_source.put_source(act, new)
        await press_source.read_it(act, "bao-tinh", wanted=True)
    watch.papers.pages["/"] = answer(
        PAGE.format(title=FLOOD.title).encode(), "Content-Type: text/html"
    )
    await watch.scan()
    (item,) = await watch.rows(select(PressItem))
    assert (item.title, item.published_at) == (FLOOD.title, None)
    assert item.link == f"{watch.papers.url}/tin/san-truong-1234567.htm"


async def test_what_a_person_split_off_is_followed_by_its_own_copies(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    await watch.source("bao-b", "/b")
    watch.prints("/a", FLOOD)
    await watch.scan()
    watch.prints("/b", RETOLD)
    await watch.scan()
    (item,) = await watch.rows(select(PressItem).where(PressItem.source_id == "bao-b"))
    (story,) = await watch.rows(select(PressStory))
    person = Actor(kind=ActorKind.USER.value, id=watch.house.people["coordinator"].user)
    async with watch.office.records.act(person) as act:
        row = await act.session.get_one(PressStory, story.id)
        made = await press_story.split(act, row, [item.id])
        kept = made.id
    await watch.source("bao-c", "/c")
    watch.prints("/c", Told(title=RETOLD.title, lead=RETOLD.lead, link="https://c.example/9.htm"))
    await watch.scan()
    (copy,) = await watch.rows(select(PressItem).where(PressItem.source_id == "bao-c"))
    assert copy.story_id == kept
