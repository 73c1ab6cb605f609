"""Other systems that all hand in reports at once, through the real API."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

import httpx

from crisis.clock import Clock
from crisis.model.errors import OutsideFailure
from crisis.model.report import ReportIn
from crisis.model.words import words
from crisis.office.office import Office
from crisis.records import api_key
from desk.bench.crowd import just_now
from desk.parts.setup import OPERATOR

CALLS_OF_A_KEY = 25
"""Fewer than one key may send at once: the limit of a key is no property of the desk's speed."""

SPELT = ("", "?utm_source=zalo", "?fbclid={n}", "#binh-luan")
"""One article, as several systems may send its address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Burst:
    """So many `reports` of so many `stories`; `number` tells bursts of one run apart."""

    number: int
    reports: int
    stories: int

    def bodies(self, told: ReportIn) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each report with the number of its story, in an order that is always the same."""
        stories = [n % self.stories for n in range(self.reports)]
        Random(self.number).shuffle(stories)  # noqa: S311  (an order, no secret)
        told = just_now(told)
        for n, story in enumerate(stories):
            link = f"https://bao-{story % 40}.vi-du.example/{self.number}/{story}.html"
            title = f"{told.title} ({self.number}-{story})"
            update: dict[str, Any] = {
                "title": title,
                "link": link + SPELT[n % len(SPELT)].format(n=n),
            }
            body = told.model_copy(update=update).model_dump(mode="json", exclude_none=True)
            yield story, body


@dataclass(kw_only=True)
class Callers:
    """Clients of the desk at `url`; what they were told is kept."""

    url: str
    clients: int
    keys: Sequence[str] = ()
    took: float = 0.0
    seconds: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    codes: dict[int, set[str]] = field(default_factory=dict)

    async def send(self, bodies: Sequence[tuple[int, dict[str, Any]]]) -> None:
        """Hand all in; `took` is how many seconds passed until the last was answered."""
        calls = iter(enumerate(bodies))

        async def caller(web: httpx.AsyncClient) -> None:
            for n, (story, body) in calls:
                head = {
                    "Authorization": f"Bearer {self.keys[n // CALLS_OF_A_KEY]}",
                    "Idempotency-Key": str(uuid4()),
                }
                began = Clock.real().monotonic()
                answer = await web.post("/api/reports", json=body, headers=head)
                self.seconds.append(Clock.real().monotonic() - began)
                self._take(story, answer)

        self.took = await self._all(caller)

    def _take(self, story: int, answer: httpx.Response) -> None:
        if answer.status_code == httpx.codes.CREATED:
            self.codes.setdefault(story, set()).add(str(answer.json()["code"]))
        else:
            self.refused.append(f"{answer.status_code} {answer.text[:200]}")

    async def read(self, count: int) -> float:
        """The floor: as many calls of the API that read nothing; seconds until the last answer."""
        left = iter(range(count))

        async def caller(web: httpx.AsyncClient) -> None:
            for _ in left:
                (await web.get("/api/report-schema.json")).raise_for_status()

        return await self._all(caller)

    async def _all(self, caller: Any) -> float:
        async with httpx.AsyncClient(base_url=self.url, trust_env=False, timeout=120) as web:
            began = Clock.real().monotonic()
            await asyncio.gather(*(caller(web) for _ in range(self.clients)))
            return Clock.real().monotonic() - began


async def keys_for(office: Office, calls: int) -> list[str]:
    """As many keys as the calls need."""
    async with office.records.act(OPERATOR) as act:
        until = act.real + timedelta(days=1)
        names = [f"bench {n}" for n in range(-(-calls // CALLS_OF_A_KEY))]
        return [await api_key.add_key(act, name, ["reports:write"], until) for name in names]


def must_be_taken(callers: Callers) -> None:
    """Raises OutsideFailure where nothing was taken: then there is nothing to measure."""
    if not callers.codes:
        told = callers.refused[:1]
        raise OutsideFailure(
            words(f"Không tin nào được nhận: {told}", f"No report was taken: {told}"),
            permanent=True,
        )
