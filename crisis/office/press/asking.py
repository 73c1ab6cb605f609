"""Asking the papers: hosts side by side, one host's addresses one after the other, as robots.txt
allows.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from crisis.clock import Clock
from crisis.intake.address import LOOPBACK, PUBLIC, AddressPolicy
from crisis.intake.fetch import USER_AGENT, Fetcher, Wanted
from crisis.intake.fetched import Fetched, FetchState
from crisis.intake.robots import Robots, read_robots, robots_url
from crisis.office.office import Office
from crisis.records.schema.press import PressFeed, PressSource

HOSTS_AT_ONCE = 16
ROBOTS_SECONDS = 24 * 3600.0
"""How long a site's rules are remembered (RFC 9309, 2.4)."""

Claimed = tuple[PressFeed, PressSource]
Answer = tuple[PressFeed, PressSource, Fetched]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What a site allows, how it answered when it was asked, and when that was (monotonic)."""

    robots: Robots
    state: FetchState
    at: float


_RULES: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[tuple[str, str], Rules]] = (
    WeakKeyDictionary()
)


def policy_of(office: Office) -> AddressPolicy:
    """Where this office may fetch from; an exercise never leaves the machine."""
    inside = office.settings.exercise or office.settings.outward_networks == "loopback"
    return LOOPBACK if inside else PUBLIC


async def ask(
    fetcher: Fetcher,
    claimed: Sequence[Claimed],
    between: timedelta,
    answers: "asyncio.Queue[Answer]",
) -> None:
    """Fetch every address and put the answers into the queue, each as soon as it is there and the
    queue has room.
    """
    by_host: dict[str, list[Claimed]] = defaultdict(list)
    for feed, source in claimed:
        try:
            by_host[urlsplit(feed.url).netloc.lower()].append((feed, source))
        except ValueError as error:
            answer = Fetched(state=FetchState.REFUSED, url=feed.url, note=str(error))
            await answers.put((feed, source, answer))
    places = asyncio.Semaphore(HOSTS_AT_ONCE)

    async def host(mine: Sequence[Claimed]) -> None:
        async with places:
            for number, (feed, source) in enumerate(mine):
                agent = source.user_agent or USER_AGENT
                rules = await rules_of(fetcher, feed.url, agent)
                if number:
                    pause = max(between, rules.robots.pause())
                    await asyncio.sleep(pause.total_seconds())
                await answers.put((feed, source, await _fetch(fetcher, feed, agent, rules)))

    await asyncio.gather(*(host(mine) for mine in by_host.values()))


async def rules_of(fetcher: Fetcher, url: str, agent: str) -> Rules:
    """The site's rules, asked for once a day; while it does not answer they are asked again."""
    book = _RULES.setdefault(asyncio.get_running_loop(), {})
    key, now = (urlsplit(url).netloc.lower(), agent), Clock.real().monotonic()
    known = book.get(key)
    if known is None or known.robots.closed or now - known.at > ROBOTS_SECONDS:
        answer = await fetcher.fetch(Wanted(url=robots_url(url), user_agent=agent))
        known = book[key] = Rules(robots=read_robots(answer), state=answer.state, at=now)
    return known


async def _fetch(fetcher: Fetcher, feed: PressFeed, agent: str, rules: Rules) -> Fetched:
    if rules.robots.closed:
        return Fetched(state=rules.state, url=feed.url, note="robots.txt")
    if not rules.robots.allows(feed.url):
        return Fetched(state=FetchState.ROBOTS, url=feed.url)
    return await fetcher.fetch(
        Wanted(url=feed.url, etag=feed.etag, last_modified=feed.last_modified, user_agent=agent)
    )
