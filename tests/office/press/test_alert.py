"""Alerts by mail: grave ones at once, the rest gathered at set hours, each told once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from crisis.office.press import alert as press_alert
from crisis.records import mail, office_clock
from crisis.records.act import SYSTEM
from crisis.records.schema.mail import Mail
from crisis.records.schema.story import PressStory
from tests.office.press.conftest import PRINTED, Told
from tests.office.press.test_scan import CALM, FLOOD, RETOLD
from tests.office.press.test_trigger import DEATHS


async def tell(watch: Any) -> list[str]:
    """Tell what is ripe; the subjects of all alerts so far."""
    async with watch.office.records.act(SYSTEM) as act:
        await press_alert.tell(watch.office, act)
    rows = await watch.rows(select(Mail).where(Mail.letter == "press_alert"))
    return [row.subject for row in rows]


async def text_of(watch: Any) -> str:
    (row,) = await watch.rows(select(Mail).where(Mail.letter == "press_alert"))
    async with watch.office.records.look() as session:
        return (await mail.content(session, row)).decode()


async def set_time(watch: Any, hours: float) -> None:
    async with watch.office.records.act(SYSTEM) as act:
        at = PRINTED + timedelta(hours=hours)
        await office_clock.set_clock(act, at, rate=0, exercise=True)


async def test_a_grave_story_is_told_at_once_and_once(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    watch.prints("/a", DEATHS, CALM)
    await watch.scan()
    told = await tell(watch)
    assert told == await tell(watch)
    assert len(told) == 1
    assert "3 học sinh tử vong" in told[0]
    (story,) = await watch.rows(select(PressStory).where(PressStory.alert))
    text = await text_of(watch)
    assert f"/bao-chi/{story.id}" in text.replace("=\r\n", "")
    assert "DT-2025-0001" in text


async def test_a_lesser_story_waits_for_the_next_hour_of_the_digest(watch: Any) -> None:
    how = Told(
        title="Quảng Trị: người dân phàn nàn chợ Hải Lăng xuống cấp, UBND xã chậm sửa",
        lead="Tiểu thương phản ánh.",
        link="https://a.example/cho-1.htm",
    )
    await watch.source("bao-a", "/a", weight=2)
    watch.prints("/a", how)
    await watch.scan()
    (story,) = await watch.rows(select(PressStory))
    if story.severity >= 2:
        pytest.fail("the example was meant to be of low gravity")
    assert await tell(watch) == []
    await set_time(watch, 4)
    assert len(await tell(watch)) == 1


async def test_the_subject_tells_that_there_is_more_than_the_first_story(watch: Any) -> None:
    other = Told(
        title="Quảng Trị: Sập cầu Cam Lộ khi thi công, 2 công nhân tử vong",
        lead="UBND xã Cam Lộ xác nhận 2 công nhân tử vong.",
        link="https://a.example/sap-cau.htm",
    )
    await watch.source("bao-a", "/a", weight=2)
    watch.prints("/a", DEATHS, other)
    await watch.scan()
    [subject] = await tell(watch)
    assert subject.endswith("(và 1 nội dung khác)")


async def test_two_stories_stand_in_one_mail(watch: Any) -> None:
    await watch.source("bao-a", "/a", weight=2)
    watch.prints("/a", DEATHS, FLOOD)
    await watch.source("bao-b", "/b")
    watch.prints("/b", RETOLD)
    await watch.scan()
    await set_time(watch, 30)
    assert 1 <= len(await tell(watch)) <= 2
