"""One round of the press watch: due addresses claimed, fetched politely, taken in one by one."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from crisis.intake.feed import FeedReading, FeedState, read_feed
from crisis.intake.fetch import Fetcher, Limits
from crisis.intake.fetched import Fetched, FetchState
from crisis.intake.page_list import ListRule, read_page_list
from crisis.model.errors import Stale
from crisis.model.words import words
from crisis.office.office import Office
from crisis.office.press import reader as press_reader
from crisis.office.press.asking import Answer, ask, policy_of
from crisis.office.press.outcome import failed, taken_in
from crisis.office.press.raising import raise_stories, raise_volume
from crisis.office.press.reader import Reader
from crisis.office.press.taking import Taken, take
from crisis.records import leader, press_feed
from crisis.records.act import SYSTEM, Act
from crisis.records.press_feed import Reading
from crisis.records.schema.press import PressFeed

DUTY = "press watch"
LEASE_SECONDS = 300.0
AT_ONCE = 300
"""So many addresses are claimed by one round; what is over waits for the next."""
ANSWERS_WAITING = 16
"""So many answers wait to be recorded, up to 10 MB each, before no more are asked for."""
BETWEEN = timedelta(seconds=1)
"""Pause between two requests to one host, unless its robots.txt asks for more."""


@dataclass(kw_only=True)
class Scan:
    """What a round did: each address with its state, and what was taken in."""

    holder: str = ""
    reader: Reader | None = None
    feeds: list[tuple[str, str, Reading]] = field(default_factory=list)
    taken: Taken = field(default_factory=Taken)
    raised: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """How a round goes: all wanted addresses or only due ones, under which limits."""

    every: bool = False
    limits: Limits = field(default_factory=Limits)
    between: timedelta = BETWEEN


async def scan(office: Office, round_: Round, *, holder: str, run: str | None = None) -> Scan:
    """Read what is due. Raises Stale where another round is under way."""
    async with office.records.act(SYSTEM, run) as act:
        await _hold(act, holder)
        claimed = await press_feed.claim_due(act, limit=AT_ONCE, every=round_.every)
        reader = await press_reader.reader_of(office, act) if claimed else None
    done = Scan(holder=holder, reader=reader)
    try:
        async with Fetcher(policy_of(office), round_.limits) as fetcher:
            answers: asyncio.Queue[Answer] = asyncio.Queue(ANSWERS_WAITING)
            # A failure of ours on either side ends the other side too.
            async with asyncio.TaskGroup() as both:
                both.create_task(ask(fetcher, claimed, round_.between, answers))
                for _ in claimed:
                    await _settle(office, await answers.get(), done, run)
        if done.taken.fresh:
            async with office.records.act(SYSTEM, run) as act:
                done.raised += await raise_volume(office, act)
    finally:
        async with office.records.act(SYSTEM, run) as act:
            await leader.release(act, DUTY, holder)
    return done


UNDER_WAY = words(
    "Một lượt rà quét khác đang chạy; xin chờ lượt đó xong.",
    "Another scan is under way; please wait until it ends.",
)


async def _hold(act: Act, holder: str) -> None:
    """Prove that this round has the watch to itself. Raises Stale."""
    if not await leader.hold(act, DUTY, holder, LEASE_SECONDS):
        raise Stale(UNDER_WAY)


async def _settle(
    office: Office,
    answer: Answer,
    done: Scan,
    run: str | None,
) -> None:
    """Record one answer in a transaction of its own: what fails here spoils no other source."""
    feed, source, found = answer
    now = (await office.records.clock()).real_now()
    read = None
    if found.state in {FetchState.FETCHED, FetchState.TOO_LARGE}:
        read = await asyncio.to_thread(reading_of, feed, found, now)
    try:
        async with office.records.act(SYSTEM, run) as act:
            await _hold(act, done.holder)
            if read is None:
                outcome = failed(act, feed, found)
            else:
                reader = done.reader or await press_reader.reader_of(office, act)
                taken = await take(act, reader, feed, read.items)
                outcome = taken_in(act, feed, found, read, taken)
                done.raised += await raise_stories(office, act, taken.live)
                done.taken.add(taken)
            await press_feed.record(act, feed.id, outcome)
    except BaseException:
        # The reader may know items that were rolled back.
        press_reader.forget(office)
        raise
    done.feeds.append((source.name, feed.url, outcome))


def reading_of(feed: PressFeed, found: Fetched, now: datetime) -> FeedReading:
    """The items of an answer, by the rule of its list page where there is one; of one too large
    those before the limit.
    """
    body, base, kind = found.body, found.url, found.content_type
    if feed.rule is None:
        read = read_feed(body, content_type=kind, base=base, now=now)
    else:
        rule = ListRule.model_validate(feed.rule)
        read = read_page_list(body, rule, base=base, content_type=kind, now=now)
    large = found.state is FetchState.TOO_LARGE
    return replace(read, state=FeedState.TOO_LARGE) if large else read
