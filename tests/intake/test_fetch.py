"""Safe fetching, against a real server on loopback."""

import asyncio
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest

from crisis.intake.address import LOOPBACK, PUBLIC, AddressPolicy
from crisis.intake.feed import FeedState, read_feed
from crisis.intake.fetch import Fetcher, Limits, Wanted
from crisis.intake.fetched import Fetched, FetchState
from crisis.intake.politeness import retry_pause
from crisis.model.network import Reach
from tests.intake.conftest import Paper

SHORT = Limits(size=1_000_000, seconds=1.0, redirects=3)


async def get(url: str, policy: AddressPolicy = LOOPBACK, **more: str) -> Fetched:
    async with Fetcher(policy, SHORT) as fetcher:
        return await fetcher.fetch(Wanted(url=url, **more))


async def test_a_feed_is_fetched_with_what_the_next_poll_needs(paper: Paper) -> None:
    found = await get(f"{paper.url}/feed")
    assert (found.state, found.etag) == (FetchState.FETCHED, '"v1"')
    assert found.last_modified == "Mon, 23 Nov 2026 01:00:00 GMT"
    assert read_feed(found.body, content_type=found.content_type).state is FeedState.OK


async def test_an_unchanged_feed_costs_no_body(paper: Paper) -> None:
    found = await get(
        f"{paper.url}/feed", etag='"v1"', last_modified="Mon, 23 Nov 2026 01:00:00 GMT"
    )
    assert (found.state, found.body) == (FetchState.NOT_MODIFIED, b"")
    assert "if-modified-since: mon, 23 nov 2026" in paper.heads[0].lower()


async def test_a_redirect_is_followed_and_the_last_address_is_told(paper: Paper) -> None:
    found = await get(f"{paper.url}/moved")
    assert (found.state, found.url) == (FetchState.FETCHED, f"{paper.url}/feed")


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/zipped", FetchState.FETCHED),
        ("/cut", FetchState.BAD_ANSWER),
        ("/bomb", FetchState.TOO_LARGE),
        ("/brotli", FetchState.BAD_ANSWER),
        ("/large", FetchState.TOO_LARGE),
        ("/endless", FetchState.REDIRECTS),
        ("/inside", FetchState.REFUSED),
        ("/file", FetchState.REFUSED),
        ("/crooked", FetchState.BAD_ANSWER),
        ("/forbidden", FetchState.FORBIDDEN),
        ("/gone", FetchState.GONE),
        ("/busy", FetchState.TOO_MANY),
        ("/failing", FetchState.SERVER_ERROR),
        ("/rubbish", FetchState.BAD_ANSWER),
        ("/half", FetchState.BAD_ANSWER),
        ("/teapot", FetchState.BAD_ANSWER),
        ("/drip", FetchState.TOO_SLOW),
        ("/hang", FetchState.TOO_SLOW),
    ],
)
async def test_each_misbehaviour_is_a_state(paper: Paper, path: str, state: FetchState) -> None:
    found = await get(f"{paper.url}{path}")
    assert found.state is state
    assert bool(found.body) is (state in {FetchState.FETCHED, FetchState.TOO_LARGE})


async def test_a_decompression_bomb_does_not_fill_the_memory(paper: Paper) -> None:
    tracemalloc.start()
    try:
        await get(f"{paper.url}/bomb")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert SHORT.size < peak < 5 * SHORT.size


async def test_a_slow_paper_holds_nobody_else_up(paper: Paper) -> None:
    async with Fetcher(LOOPBACK, SHORT) as fetcher:
        paths = ["/drip", "/hang", *["/feed"] * 20]
        found = await asyncio.gather(*(fetcher.fetch(Wanted(url=paper.url + p)) for p in paths))
    assert [answer.state.good for answer in found] == [False, False, *[True] * 20]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0", "224.0.0.1", "255.255.255.255", "2130706433", "0x7f.1", "localhost", "[::1]", "[::]",
        "[fe80::1]", "[fc00::1]", "[ff02::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]",
        "[64:ff9b:1::1]", "[2002:7f00:1::]", "[::127.0.0.1]",
    ],
)  # fmt: skip
async def test_the_public_policy_reaches_nothing_inside(host: str) -> None:
    assert (await get(f"http://{host}/", PUBLIC)).state is FetchState.REFUSED


@pytest.mark.parametrize(
    "url",
    [
        "ftp://bao.example/",
        "file:///etc/hostname",
        "http://ten:mat@bao.example/",
        "http://bao.example:22/",
        "http://bao.example:99999/",
        "http://",
        "http://[",
        "không phải địa chỉ",
    ],
)
async def test_only_plain_web_addresses_are_fetched(url: str) -> None:
    assert (await get(url, PUBLIC)).state is FetchState.REFUSED


async def test_the_loopback_policy_reaches_nothing_outside() -> None:
    assert (await get("http://192.0.2.1/")).state is FetchState.REFUSED


async def test_proxies_of_the_environment_are_not_used(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert (await get(f"{paper.url}/feed")).state is FetchState.FETCHED


async def test_a_name_that_does_not_exist_is_unreachable() -> None:
    policy = AddressPolicy(reach=Reach.LOOPBACK)
    assert (await get("http://khong-co.invalid/", policy)).state is FetchState.UNREACHABLE


async def test_the_pause_a_busy_paper_asks_for_is_told(paper: Paper) -> None:
    found = await get(f"{paper.url}/busy")
    now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    assert retry_pause(found.retry_after, now=now) == timedelta(hours=1)
