"""What the public site shows is compared with what was approved, until it is the same."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any
from urllib.parse import urlsplit

import pytest

from crisis.model.outlook import Wait
from crisis.office.attention import everything as attention_list
from crisis.office.attention.waiting import Sort
from crisis.records import (
    delivery,
)
from tasks import dispatch


async def finding(story: Any, code: str) -> tuple[str, int]:
    """What reading the site back found last, and how many looks in turn found no better."""
    async with story.office.records.look() as session:
        case = (await story.standing(code)).incident
        (site,) = [d for d in await delivery.of_incident(session, case.id) if d.outlet == "site"]
    return site.finding, site.readings


@pytest.mark.parametrize(
    ("answer", "found"),
    [((200, b"<p>something else</p>"), "different"), ((404, b""), "missing"), (None, "no_answer")],
)
async def test_what_stands_on_the_site_is_compared_with_what_was_approved(
    story: Any, answer: tuple[int, bytes] | None, found: str
) -> None:
    code = await story.outlets.approved()
    address = story.office.settings.public_url
    async with story.outlets.served(address, answer) if answer else nullcontext():
        assert (await story.play(code)).outlook.wait is Wait.CLOSING
        assert await finding(story, code) == (found, 1)
        for _ in range(2):
            await story.outlets.hours()
            await dispatch.deliver_all.fn()
    assert await finding(story, code) == (found, 3)
    assert (await story.actions(code)).count("delivery.unlike") == 3
    async with story.acting("coordinator", code) as (act, _):
        told = await attention_list.for_coordinator(story.office, act)
    assert [w.incident.code for w in told if w.sort is Sort.DELIVER] == [code]
    await story.outlets.hours()
    async with site_of(story):
        await dispatch.deliver_all.fn()
    assert (await story.outlets.states(code, "site"), await finding(story, code)) == (
        ["verified_live"],
        ("", 0),
    )


@asynccontextmanager
async def site_of(story: Any) -> AsyncIterator[None]:
    """The public site at its address, from its folder."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        body = (story.office.settings.site_dir / path.strip("/") / "index.html").read_bytes()
        told = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(told.encode() + body)
        await writer.drain()
        writer.close()

    place = urlsplit(story.office.settings.public_url)
    async with await asyncio.start_server(answer, place.hostname, place.port):
        yield


async def test_the_approved_bytes_on_the_site_are_verified_live(story: Any) -> None:
    code = await story.outlets.approved()
    async with site_of(story):
        await story.play(code)
        assert await story.outlets.states(code, "site") == ["verified_live"]
        told = await story.actions(code)
        await story.outlets.hours()
        await dispatch.deliver_all.fn()
    assert await story.actions(code) == told, "what was read back is delivered and done with"
