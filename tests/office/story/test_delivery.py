"""Deliveries to outlets that are down, slow to come back, or show something else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from crisis.model.breaker import FAILURES_TO_OPEN
from crisis.model.outlook import Wait
from crisis.records import delivery, publication_list, way_out
from crisis.records.schema.publication import Delivery, OutletRow
from crisis.records.way_out import NewOutlet
from desk.mail_sink import Fault, FaultMode
from tasks import dispatch, reconciliation

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"
DOWN = Fault(mode=FaultMode.REPLY, code=451)


async def approved(story: Any, **given: Any) -> str:
    """An incident whose statement is approved and goes out with the next run."""
    code = await story.report(**({"severity": "S2"} | given))
    await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "accurate")
    await story.play(code)
    await story.decide("approver", code)
    return code


async def hours(story: Any, rest: bool = True) -> None:
    """Two hours of real time pass; with `rest` the outlets' breakers have rested too."""
    past = timedelta(hours=2)
    async with story.office.records.act() as act:
        for row in await act.session.scalars(select(Delivery)):
            row.next_at = row.next_at and row.next_at - past
            row.claimed_until = row.claimed_until and row.claimed_until - past
        for outlet in await act.session.scalars(select(OutletRow)):
            if rest:
                outlet.open_until = outlet.open_until and outlet.open_until - past


async def states(story: Any, code: str, outlet: str = "") -> list[str]:
    """The states of an incident's deliveries, the first publication's first."""
    async with story.office.records.look() as session:
        row = (await story.standing(code)).incident
        made = await publication_list.of_incident(session, row.id)
        owed = [d for one in made for d in await delivery.of_publication(session, one.id)]
    return [d.state for d in owed if outlet in {"", d.outlet}]


async def test_an_outlet_that_is_down_is_tried_again_and_then_settled(story: Any) -> None:
    code = await approved(story)
    story.house.sink.misbehave(DOWN)
    assert (await story.play(code)).outlook.wait is Wait.DELIVERY
    assert await states(story, code) == ["retrying"] * 3 + ["accepted"]
    assert await story.stage(code) == "publishing"
    story.house.sink.misbehave(Fault())
    await hours(story)
    await dispatch.deliver_all.fn()
    await reconciliation.wake_settled.fn()
    assert (await story.play(code)).outlook.wait is Wait.CLOSING
    assert await states(story, code) == ["accepted"] * 4


async def test_one_newsroom_that_refuses_for_good_does_not_hold_the_others(story: Any) -> None:
    code = await approved(story)
    story.house.sink.misbehave(Fault(mode=FaultMode.REFUSE_RECIPIENT, code=550, times=1))
    assert (await story.play(code)).outlook.wait is Wait.CLOSING
    assert sorted(await states(story, code)) == ["accepted"] * 3 + ["failed"]
    assert "delivery.refused" in await story.actions(code)


async def test_what_no_outlet_took_is_not_called_published(story: Any) -> None:
    code = await approved(story, severity="S1")
    story.house.sink.misbehave(Fault(mode=FaultMode.REFUSE_RECIPIENT, code=550))
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    assert (await story.lifecycles(code))[-1][1] == "publishing"
    assert "statement.published" not in await story.actions(code)


async def test_a_disk_that_refuses_is_tried_again(story: Any) -> None:
    code = await approved(story)
    blocked = story.office.settings.site_dir
    blocked.write_text("no folder")
    assert (await story.play(code)).outlook.wait is Wait.DELIVERY
    assert await states(story, code, "site") == ["retrying"]
    blocked.unlink()
    await hours(story)
    assert (await story.play(code)).outlook.wait is Wait.CLOSING


@asynccontextmanager
async def served(address: str, *answers: tuple[int, bytes]) -> AsyncIterator[list[bytes]]:
    """A web server at `address` that answers these in turn, the last for ever; what it was sent."""
    seen: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (
                int(line[15:])
                for line in head.lower().split(b"\r\n")
                if line[:15] == b"content-length:"
            ),
            0,
        )
        seen.append(head + await reader.readexactly(length))
        code, body = answers[min(len(seen), len(answers)) - 1]
        told = f"HTTP/1.1 {code} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(told.encode() + body)
        await writer.drain()
        writer.close()

    place = urlsplit(address)
    async with await asyncio.start_server(answer, place.hostname, place.port):
        yield seen


async def test_what_stands_on_the_site_is_compared_with_what_was_approved(story: Any) -> None:
    code = await approved(story)
    async with served(story.office.settings.public_url, (200, b"<p>something else</p>")):
        assert (await story.play(code)).outlook.wait is Wait.CLOSING
    assert await states(story, code, "site") == ["accepted"]
    assert "delivery.verified" not in await story.actions(code)


async def test_the_approved_bytes_on_the_site_are_verified_live(story: Any) -> None:
    code = await approved(story)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        body = (story.office.settings.site_dir / path.strip("/") / "index.html").read_bytes()
        told = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(told.encode() + body)
        await writer.drain()
        writer.close()

    place = urlsplit(story.office.settings.public_url)
    async with await asyncio.start_server(answer, place.hostname, place.port):
        await story.play(code)
        assert await states(story, code, "site") == ["verified_live"]
        tried = await attempts(story, code)
        await hours(story)
        await dispatch.deliver_all.fn()
    assert await attempts(story, code) == tried, "what was read back is delivered and done with"


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
    code = await approved(story)
    async with served(url, (503, b""), (200, b'{"id": "42"}')) as seen:
        await story.play(code)
        assert await states(story, code, "webhook") == ["retrying"]
        await hours(story)
        assert (await story.play(code)).outlook.wait is Wait.CLOSING
    keys = {line for call in seen for line in call.split(b"\r\n") if b"dempotency" in line}
    assert (len(seen), len(keys)) == (2, 1)
    assert await states(story, code, "webhook") == ["accepted"]


async def attempts(story: Any, code: str) -> int:
    return (await story.actions(code)).count("delivery.attempted")


async def breaker(story: Any, outlet: str) -> OutletRow:
    async with story.office.records.look() as session:
        return await session.get_one(OutletRow, outlet)


async def test_an_outlet_that_keeps_failing_rests_and_one_try_decides(story: Any) -> None:
    code = await approved(story)
    story.house.sink.misbehave(DOWN)
    await story.play(code)
    await hours(story)
    await dispatch.deliver_all.fn()
    assert (await breaker(story, "press_list")).failures >= FAILURES_TO_OPEN
    tried = await attempts(story, code)
    await hours(story, rest=False)
    await dispatch.deliver_all.fn()
    assert await attempts(story, code) == tried
    await hours(story)
    story.house.sink.misbehave(Fault())
    await dispatch.deliver_all.fn()
    await hours(story)
    assert (await story.play(code)).outlook.wait is Wait.CLOSING
    row = await breaker(story, "press_list")
    assert (row.failures, row.open_until) == (0, None)


async def test_a_run_killed_while_delivering_leaves_it_to_the_next(story: Any) -> None:
    code = await approved(story)
    story.house.sink.misbehave(DOWN)
    await story.play(code)
    await hours(story)
    async with story.office.records.act() as act:
        clock = await story.office.records.clock()
        (first, *_) = await delivery.due(act.session, clock.real_now())
        assert await delivery.begin(act, first.id) is not None
    story.house.sink.misbehave(Fault())
    await story.play(code)
    assert sorted(await states(story, code)) == ["accepted"] * 3 + ["sending"]
    await hours(story)
    assert (await story.play(code)).outlook.wait is Wait.CLOSING


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
    newsrooms = await states(story, code, "press_list")
    assert newsrooms == ["retrying"] * 3 + ["pending"] * 3
    await hours(story)
    await story.play(code)
    await hours(story)
    await story.play(code)
    assert await states(story, code, "press_list") == ["accepted"] * 6


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_each_newsroom_reads_it_in_its_own_language(story: Any, language: str) -> None:
    code = await approved(story)
    await story.play(code)
    to = {"vi": "toasoan@plo.example", "en": "desk@paper.example"}[language]
    (name,) = story.house.folder.names(to)
    assert {"vi": "Kết quả xác minh", "en": "What was found"}[language] in story.text(name)
