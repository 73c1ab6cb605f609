"""`bench watch`: judging, grouping, polling and recording, each beside a baseline of one run."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from crisis.intake.address import LOOPBACK
from crisis.intake.feed import read_feed
from crisis.intake.fetch import Fetcher, Limits, Wanted
from crisis.model.errors import OutsideFailure
from crisis.model.words import words
from crisis.watch.group import Item, load_grouper
from crisis.watch.judge import load_judge
from crisis.watch.lexicon import load_cues
from crisis.watch.wording import tokens_of
from desk.bench.item import BEGAN, feed, invented
from desk.bench.scan import ITEMS, Scanned, scans

SIDE_BY_SIDE = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One measurement in `unit`, the baseline's of the same run, and their ratio."""

    bench: str
    value: float
    unit: str
    baseline: float
    against: str
    ratio: float

    def as_json(self) -> dict[str, Any]:
        """The figure as one JSON object."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """How much is measured: titles judged, items in the window and new ones, feeds polled."""

    titles: int = 20_000
    window: int = 2_000
    grouped: int = 1_500
    feeds: int = 300


def figures(playbooks: Path, templates: Path, size: Size) -> Iterator[Figure]:
    """Every measurement, one after the other."""
    folder = playbooks / "watch"
    items = invented(folder, max(size.titles, size.grouped + 10 * size.window))
    yield asyncio.run(polling(items[:ITEMS], size.feeds))
    yield from recording(asyncio.run(scans(playbooks, templates, size.feeds)))
    yield judging(folder, items[: size.titles])
    yield from grouping(folder, items, size)


def judging(folder: Path, items: Sequence[Item]) -> Figure:
    """Titles judged in a second of processor time, beside a plain search for the same phrases."""
    judge = load_judge(folder)
    plain = [p.lower() for cue in load_cues(folder) for p in cue.phrases]
    ours = _per_second(lambda: [judge.judge(item.title) for item in items], len(items))
    some = items[:200]
    base = _per_second(
        lambda: [any(p in item.title.lower() for p in reversed(plain)) for item in some], len(some)
    )
    return _figure("judge titles", ours, "titles/s", (base, "any phrase of the lists in the title"))


def grouping(folder: Path, items: Sequence[Item], size: Size) -> Iterator[Figure]:
    """Items grouped in a second beside word overlap with all; and with ten times the window."""
    small = _grouped(folder, items, size.window, size.grouped)
    large = _grouped(folder, items, 10 * size.window, size.grouped)
    window = [frozenset(tokens_of(item.title)) for item in items[: size.window]]
    some = items[size.window : size.window + 100]
    base = _per_second(lambda: [_most_alike(item, window) for item in some], len(some))
    yield _figure("group items", small, "items/s", (base, f"overlap with all {size.window}"))
    yield _figure(
        "group in a window ten times as large",
        large,
        "items/s",
        (small, f"the same with {size.window} items in the window"),
    )


def _grouped(folder: Path, items: Sequence[Item], window: int, count: int) -> float:
    grouper = load_grouper(folder)
    for item in items[:window]:
        grouper.group(item)
    fresh = items[window : window + count]
    return _per_second(lambda: [grouper.group(item) for item in fresh], len(fresh))


def _most_alike(item: Item, window: Sequence[frozenset[str]]) -> float:
    mine = frozenset(tokens_of(item.title))
    return max(len(mine & other) / len(mine | other) for other in window)


async def polling(items: Sequence[Item], feeds: int) -> Figure:
    """Feeds fetched and read by one process, beside the bare requests; all must be read whole."""
    page = feed(items)
    server = await asyncio.start_server(lambda r, w: _answer(r, w, page), "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    turn = asyncio.Semaphore(SIDE_BY_SIDE)
    async with server:
        began = time.perf_counter()
        async with Fetcher(policy=LOOPBACK, limits=Limits()) as fetcher:
            read = await asyncio.gather(*(_read(fetcher, f"{url}/{n}", turn) for n in range(feeds)))
        ours = time.perf_counter() - began
        began = time.perf_counter()
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            await asyncio.gather(*(_get(client, f"{url}/{n}", turn) for n in range(feeds)))
        base = time.perf_counter() - began
    if sum(read) != feeds * len(items):
        raise OutsideFailure(
            words("Có nguồn đọc không trọn.", "Some feeds were not read whole."), permanent=True
        )
    return _figure(f"poll {feeds} feeds", ours, "s", (base, "the requests alone, nothing read"))


async def _read(fetcher: Fetcher, url: str, turn: asyncio.Semaphore) -> int:
    async with turn:
        found = await fetcher.fetch(Wanted(url=url))
    return len(read_feed(found.body, now=BEGAN + timedelta(days=4)).items)


async def _get(client: httpx.AsyncClient, url: str, turn: asyncio.Semaphore) -> None:
    async with turn:
        await client.get(url)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, page: bytes) -> None:
    await reader.readuntil(b"\r\n\r\n")
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(page)}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode() + page)
    await writer.drain()
    writer.close()


def recording(rounds: Sequence[Scanned]) -> Iterator[Figure]:
    """The whole way into the records by `watch scan`, and what that one process held and used."""
    for one in rounds:
        bench = f"scan {one.feeds} feeds into the records, {one.new} items new"
        base = one.requests_seconds, "the requests alone, without pauses, nothing read"
        yield _figure(bench, one.cost.seconds, "s", base)
        floor = 60.0, "a minute of one core"
        yield _figure(f"{bench}: processor time", one.cost.cpu_seconds, "s", floor)
    held = max(one.cost.mebibytes for one in rounds)
    yield _figure("memory of the scanning process", held, "MiB", (300.0, "the most allowed"))


def _per_second(work: Callable[[], object], count: int) -> float:
    began = time.process_time()
    work()
    return count / max(time.process_time() - began, 1e-9)


def _figure(bench: str, value: float, unit: str, base: tuple[float, str]) -> Figure:
    return Figure(
        bench=bench,
        value=round(value, 2),
        unit=unit,
        baseline=round(base[0], 2),
        against=base[1],
        ratio=round(value / base[0], 3) if base[0] else 0.0,
    )
