"""Outlets that are down, and what a test asks of deliveries: `story.outlets`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from crisis.records import (
    delivery,
    publication_list,
)
from crisis.records.schema.publication import Delivery, OutletRow

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"


@dataclass(kw_only=True)
class Outlets:
    """The ways out of the office under test."""

    story: Any

    async def approved(self, **given: Any) -> str:
        """An incident whose statement is approved and goes out with the next run."""
        code = await self.story.report(**({"severity": "S2"} | given))
        await self.story.play(code)
        for agency in (PROJECTS, SCHOOLS):
            await self.story.answer(agency, "accurate", "accurate")
        await self.story.play(code)
        await self.story.decide("approver", code)
        return code

    async def hours(self, rest: bool = True) -> None:
        """Two hours of real time pass; with `rest` the outlets' breakers have rested too."""
        past = timedelta(hours=2)
        async with self.story.office.records.act() as act:
            for row in await act.session.scalars(select(Delivery)):
                row.next_at = row.next_at and row.next_at - past
                row.claimed_until = row.claimed_until and row.claimed_until - past
            for outlet in await act.session.scalars(select(OutletRow)):
                if rest:
                    outlet.open_until = outlet.open_until and outlet.open_until - past

    async def states(self, code: str, outlet: str = "") -> list[str]:
        """The states of an incident's deliveries, the first publication's first."""
        async with self.story.office.records.look() as session:
            row = (await self.story.standing(code)).incident
            made = await publication_list.of_incident(session, row.id)
            owed = [d for one in made for d in await delivery.of_publication(session, one.id)]
        return [d.state for d in owed if outlet in {"", d.outlet}]

    @asynccontextmanager
    async def served(self, address: str, *answers: tuple[int, bytes]) -> AsyncIterator[list[bytes]]:
        """A web server that answers these in turn, the last for ever; what it was sent."""
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


@pytest.fixture
def story(story: Any) -> Any:
    """The office at work, with its outlets at hand."""
    story.outlets = Outlets(story=story)
    return story
