"""Articles of running incidents are read again: corrected, changed, gone; texts do not stay."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from crisis.model.incident import Stage
from crisis.model.ledger import Actor, ActorKind
from crisis.office.incident import triage
from crisis.office.press import opening as press_opening
from crisis.office.press import rereading as press_rereading
from crisis.records import incident, ledger, office_clock, press_article
from crisis.records.act import SYSTEM
from crisis.records.schema.press import PressEdit, PressItem
from crisis.records.schema.story import PressStory
from tests.office.press.conftest import PRINTED, SHORT, Told, answer
from tests.office.press.test_scan import FLOOD

FIRST = "Sân trường ngập sâu suốt ba tháng qua. Phụ huynh phản ánh xã chậm xử lý. "
SECOND = "Sân trường ngập sâu suốt ba tuần qua. Phụ huynh phản ánh xã chậm xử lý. "
REST = "Nhà trường cho biết đã nhiều lần kiến nghị lên cấp trên nhưng chưa được giải quyết. " * 3


def article(*paragraphs: str) -> bytes:
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    head = "Content-Type: text/html; charset=utf-8"
    return answer(f"<html><body><article>{body}</article></body></html>".encode(), head)


@pytest.fixture
async def opened(watch: Any) -> Any:
    """A watch with an incident that was opened from one article of the local server."""
    await watch.source("bao-a", "/a", weight=2)
    told = Told(title=FLOOD.title, lead=FLOOD.lead, link=f"{watch.papers.url}/bai-1.htm")
    watch.prints("/a", told)
    await watch.scan()
    (story,) = await watch.rows(select(PressStory))
    person = Actor(kind=ActorKind.USER.value, id=watch.house.people["coordinator"].user)
    async with watch.office.records.act(person) as act:
        row = await act.session.get_one(PressStory, story.id)
        watch.code = await press_opening.open_incident(watch.office, act, row)
    return watch


async def look(watch: Any, hours: float, *paragraphs: str) -> tuple[int, int]:
    """Read again `hours` after the beginning, with this article on the server, or none."""
    watch.papers.pages.pop("/bai-1.htm", None)
    if paragraphs:
        watch.papers.pages["/bai-1.htm"] = article(*paragraphs)
    async with watch.office.records.act(SYSTEM) as act:
        at = PRINTED + timedelta(hours=1 + hours)
        await office_clock.set_clock(act, at, rate=0, exercise=True)
    return await press_rereading.read_again(watch.office, limits=SHORT)


async def standing(watch: Any) -> str:
    (item,) = await watch.rows(select(PressItem))
    return str(item.standing)


async def test_an_unchanged_article_leaves_no_trace(opened: Any) -> None:
    assert await look(opened, 0, FIRST, REST) == (1, 0)
    assert await look(opened, 0.5, FIRST, REST) == (0, 0)
    assert await look(opened, 2, FIRST, REST) == (1, 0)
    assert await standing(opened) == "listed"


async def test_what_was_changed_is_kept_as_a_short_difference(opened: Any) -> None:
    await look(opened, 0, FIRST, REST)
    assert await look(opened, 2, SECOND, REST) == (1, 1)
    (edit,) = await opened.rows(select(PressEdit))
    assert "ba tháng" in edit.old
    assert "ba tuần" in edit.new
    assert "Nhà trường" not in edit.new
    assert await standing(opened) == "changed"


async def test_a_correction_that_says_so_is_called_one(opened: Any) -> None:
    await look(opened, 0, FIRST, REST)
    await look(opened, 2, SECOND, REST, "Báo xin lỗi bạn đọc và đính chính thời gian ngập.")
    assert await standing(opened) == "corrected"


async def test_an_article_that_is_gone_and_back_is_noted_twice(opened: Any) -> None:
    await look(opened, 0, FIRST, REST)
    assert await look(opened, 2) == (1, 1)
    assert await standing(opened) == "gone"
    assert await look(opened, 4) == (1, 0)
    assert await look(opened, 6, FIRST, REST) == (1, 1)
    assert await standing(opened) == "listed"
    async with opened.office.records.look() as session:
        entries = await ledger.entries(session, opened.code)
    told = [e["data"]["standing"] for e in entries if e["action"] == "press.article_changed"]
    assert told == ["gone", "listed"]


async def test_a_failing_server_says_nothing_about_the_article(opened: Any) -> None:
    await look(opened, 0, FIRST, REST)
    opened.papers.pages["/bai-1.htm"] = answer(b"", status="503 Service Unavailable")
    async with opened.office.records.act(SYSTEM) as act:
        at = PRINTED + timedelta(hours=4)
        await office_clock.set_clock(act, at, rate=0, exercise=True)
    assert await press_rereading.read_again(opened.office, limits=SHORT) == (1, 0)
    assert await standing(opened) == "listed"


async def test_texts_are_forgotten_and_ended_incidents_are_read_no_more(opened: Any) -> None:
    await look(opened, 0, FIRST, REST)
    person = Actor(kind=ActorKind.USER.value, id=opened.house.people["coordinator"].user)
    async with opened.office.records.act(person) as act:
        row = await incident.by_code(act.session, opened.code)
        await triage.end(act, row, Stage.DISMISSED, "tin cũ")
    assert await look(opened, 24 * 4, SECOND, REST) == (0, 0)
    (item,) = await opened.rows(select(PressItem))
    assert (item.text, item.read_next_at) == (None, None)
    assert item.quotation.startswith("Sân trường ngập sâu")


async def test_the_incident_lists_its_articles_with_their_edits(opened: Any) -> None:
    await look(opened, 0, FIRST, REST)
    await look(opened, 2, SECOND, REST)
    async with opened.office.records.look() as session:
        row = await incident.by_code(session, opened.code)
        ((item, source, edits),) = await press_article.of_incident(session, row.id)
    assert (source.id, item.standing, [one.field for one in edits]) == (
        "bao-a",
        "changed",
        ["text"],
    )
