"""Deliveries to outlets that are down, or slow to come back."""

from typing import Any

import pytest
from sqlalchemy import select, update

from crisis.model.breaker import FAILURES_TO_OPEN
from crisis.model.outlook import Wait
from crisis.office.attention import everything as attention_list
from crisis.office.attention.waiting import Sort
from crisis.records import (
    delivery,
    delivery_outcome,
    way_out,
)
from crisis.records.schema.publication import Delivery, OutletRow
from crisis.records.way_out import NewOutlet
from desk.parts.mail_sink import Fault, FaultMode
from tasks import dispatch

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"
DOWN = Fault(mode=FaultMode.REPLY, code=451)


async def test_what_says_later_for_a_day_fails_and_the_coordinator_is_told(story: Any) -> None:
    code = await story.outlets.approved()
    story.house.sink.misbehave(DOWN)
    await story.play(code)
    await story.outlets.hours()
    async with story.office.records.act() as act:
        await act.session.execute(update(Delivery).values(expires_at=act.real))
    await dispatch.deliver_all.fn()
    assert await story.outlets.states(code) == [*["failed"] * 3, "accepted"]
    async with story.acting("coordinator", code) as (act, _):
        told = await attention_list.for_coordinator(story.office, act)
    assert [w.incident.code for w in told if w.sort is Sort.DELIVER] == [code]


async def test_an_outcome_that_comes_after_the_claim_was_lost_is_not_recorded(story: Any) -> None:
    code = await story.outlets.approved()
    story.house.sink.misbehave(DOWN)
    await story.play(code)
    await story.outlets.hours()
    async with story.office.records.act() as act:
        row = await act.session.scalar(select(Delivery).where(Delivery.state == "retrying"))
        slow = await delivery.begin(act, row.id)
    await story.outlets.hours()
    async with story.office.records.act() as act:
        fast = await delivery.begin(act, row.id)
        assert not await delivery_outcome.accepted(act, slow, "too late")
        assert await delivery_outcome.accepted(act, fast, "in time")
    async with story.office.records.look() as session:
        assert (await session.get_one(Delivery, row.id)).reference == "in time"


async def test_one_newsroom_that_refuses_for_good_does_not_hold_the_others(story: Any) -> None:
    code = await story.outlets.approved()
    story.house.sink.misbehave(Fault(mode=FaultMode.REFUSE_RECIPIENT, code=550, times=1))
    assert (await story.play(code)).outlook.wait is Wait.CLOSING
    assert sorted(await story.outlets.states(code)) == ["accepted"] * 3 + ["failed"]
    assert "delivery.refused" in await story.actions(code)


async def test_a_disk_that_refuses_is_tried_again(story: Any) -> None:
    code = await story.outlets.approved()
    blocked = story.office.settings.site_dir
    blocked.write_text("no folder")
    assert (await story.play(code)).outlook.wait is Wait.DELIVERY
    assert await story.outlets.states(code, "site") == ["retrying"]
    blocked.unlink()
    await story.outlets.hours()
    assert (await story.play(code)).outlook.wait is Wait.CLOSING


async def hook(story: Any, url: str) -> None:
    secret = story.office.seal.close_text("a secret of the receiver", "webhook")
    async with story.office.records.act() as act:
        new = NewOutlet(
            id="webhook", announced=True, real=False, config={"url": url, "secret": secret}
        )
        await way_out.add_outlet(act, new)


async def test_a_webhook_that_is_down_gets_the_same_call_later(
    story: Any, unused_tcp_port_factory: Any
) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port_factory()}/hook"
    await hook(story, url)
    code = await story.outlets.approved()
    async with story.outlets.served(url, (503, b""), (200, b'{"id": "42"}')) as seen:
        await story.play(code)
        assert await story.outlets.states(code, "webhook") == ["retrying"]
        await story.outlets.hours()
        await dispatch.deliver_all.fn()
    keys = {line for call in seen for line in call.split(b"\r\n") if b"dempotency" in line}
    assert (len(seen), len(keys)) == (2, 1)
    assert await story.outlets.states(code, "webhook") == ["accepted"]


async def attempts(story: Any, code: str) -> int:
    return (await story.actions(code)).count("delivery.attempted")


async def breaker(story: Any, outlet: str) -> OutletRow:
    async with story.office.records.look() as session:
        return await session.get_one(OutletRow, outlet)


async def test_an_outlet_that_keeps_failing_rests_and_one_try_decides(story: Any) -> None:
    code = await story.outlets.approved()
    story.house.sink.misbehave(DOWN)
    await story.play(code)
    await story.outlets.hours()
    await dispatch.deliver_all.fn()
    assert (await breaker(story, "press_list")).failures >= FAILURES_TO_OPEN
    tried = await attempts(story, code)
    await story.outlets.hours(rest=False)
    await dispatch.deliver_all.fn()
    assert await attempts(story, code) == tried
    await story.outlets.hours()
    story.house.sink.misbehave(Fault())
    await dispatch.deliver_all.fn()
    await story.outlets.hours()
    await dispatch.deliver_all.fn()
    assert await story.outlets.states(code) == ["accepted"] * 4
    row = await breaker(story, "press_list")
    assert (row.failures, row.open_until) == (0, None)


async def test_a_run_killed_while_delivering_leaves_it_to_the_next(story: Any) -> None:
    code = await story.outlets.approved()
    story.house.sink.misbehave(DOWN)
    await story.play(code)
    await story.outlets.hours()
    async with story.office.records.act() as act:
        first = await act.session.scalar(select(Delivery).where(Delivery.state == "retrying"))
        assert await delivery.begin(act, first.id) is not None
    story.house.sink.misbehave(Fault())
    await dispatch.deliver_all.fn()
    assert sorted(await story.outlets.states(code)) == ["accepted"] * 3 + ["sending"]
    await story.outlets.hours()
    await dispatch.deliver_all.fn()
    assert await story.outlets.states(code) == ["accepted"] * 4


async def test_a_later_statement_never_overtakes_an_earlier_one_at_the_same_place(
    story: Any,
) -> None:
    code = await story.report(severity="S3")
    await story.play(code)
    await story.decide("approver", code)
    story.house.sink.misbehave(DOWN)
    await story.play(code)
    story.house.sink.misbehave(Fault())
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "accurate")
    await story.play(code)
    for who in ("approver", "leader"):
        await story.decide(who, code)
        await story.play(code)
    newsrooms = await story.outlets.states(code, "press_list")
    assert newsrooms == ["retrying"] * 3 + ["pending"] * 3
    for _ in range(2):
        await story.outlets.hours()
        await dispatch.deliver_all.fn()
    assert await story.outlets.states(code, "press_list") == ["accepted"] * 6


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_each_newsroom_reads_it_in_its_own_language(story: Any, language: str) -> None:
    code = await story.outlets.approved()
    await story.play(code)
    to = {"vi": "toasoan@plo.example", "en": "desk@paper.example"}[language]
    (name,) = story.house.folder.names(to)
    assert {"vi": "Kết quả xác minh", "en": "What was found"}[language] in story.text(name)
