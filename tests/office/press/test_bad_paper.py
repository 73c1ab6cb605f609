"""Whatever one paper sends is a recorded state of its address; the others do not notice."""

import gzip
import random
import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from crisis.records import press_feed
from crisis.records.schema.press import PressFeed, PressItem
from tests.office.press.conftest import PRINTED, Told, answer, rss
from tests.office.press.test_scan import CALM, FLOOD, RETOLD

TONES = "\u0300\u0301\u0303\u0309\u0323"


def one_byte(text: str) -> bytes:
    """Vietnamese in windows-1258: each letter with its shape, then its tone mark."""
    told = ""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        shape = "".join(part for part in parts if part not in TONES)
        told += unicodedata.normalize("NFC", shape)
        told += "".join(part for part in parts if part in TONES)
    return told.encode("cp1258")


GOOD = rss(FLOOD)
TEXT = GOOD.decode()
LARGE = rss(
    *(Told(title=f"Tin {n}", lead="x" * 900, link=f"https://c.example/{n}") for n in range(11_500))
)
YEAR = timedelta(days=365)
SAME_GUID = rss(
    Told(title="Tin một", guid="https://d.example/tin"),
    Told(title="Tin hai", guid="https://d.example/tin"),
)

MOVED = "302 Found"
BOMB = gzip.compress(b"<rss>" + b"0" * 40_000_000)
NEXT_YEAR = rss(Told(title="Tin A", link="https://f.example/1", at=PRINTED + YEAR))
LAST_YEAR = rss(Told(title="Tin B", link="https://f.example/2", at=PRINTED - YEAR))

SMALL = {
    "/html": (answer(b"<!doctype html><html><body>404</body></html>"), "not_a_feed", 0),
    "/truncated": (answer(rss(FLOOD, CALM)[:-130]), "truncated", 1),
    "/empty": (answer(b""), "empty", 0),
    "/nul": (answer(GOOD.replace(b"<title>Qu", b"<title>\0Q\0u\0")), "ok", 1),
    "/wrong-charset": (answer(GOOD, "Content-Type: text/xml; charset=iso-8859-1"), "ok", 1),
    "/utf-16": (answer(TEXT.encode("utf-16")), "ok", 1),
    "/1258": (answer(one_byte(TEXT), "Content-Type: text/xml; charset=windows-1258"), "ok", 1),
    "/endless": (answer(b"", "Location: /endless", status=MOVED), "redirects", 0),
    "/forbidden": (answer(b"", status="403 Forbidden"), "forbidden", 0),
    "/same-guid": (answer(SAME_GUID), "ok", 2),
    "/future": (answer(NEXT_YEAR), "odd_dates", 1),
    "/past": (answer(LAST_YEAR), "odd_dates", 1),
    "/rubbish": (b"SSH-2.0-OpenSSH\r\n", "bad_answer", 0),
    "/inside": (answer(b"", "Location: http://10.0.0.1/", status=MOVED), "refused", 0),
    "/drip": (b"", "too_slow", 0),
    "/bomb": (answer(BOMB, "Content-Encoding: gzip"), "too_large", 0),
}
"""What is served, the state that is recorded, and how many articles are kept."""


async def test_each_bad_paper_is_a_state_and_the_good_one_is_read(watch: Any) -> None:
    for path, (page, _, _) in SMALL.items():
        watch.papers.pages[path] = page
        await watch.source(f"bao-{path[1:]}", path)
    await watch.source("bao-tot", "/tot")
    watch.prints("/tot", RETOLD)
    await watch.scan()
    found = {path: await watch.feed(path) for path in [*SMALL, "/tot"]}
    assert {path: (feed.state, feed.items) for path, feed in found.items()} == {
        path: (state, kept) for path, (_, state, kept) in SMALL.items()
    } | {"/tot": ("ok", 1)}
    readable = ("/nul", "/wrong-charset", "/utf-16", "/1258")
    kept = await watch.rows(
        select(PressItem).where(PressItem.source_id.in_([f"bao-{path[1:]}" for path in readable]))
    )
    assert {item.title for item in kept} == {FLOOD.title}
    assert {item.lead for item in kept} == {FLOOD.lead}


async def test_a_feed_of_ten_megabytes_keeps_what_lies_within_the_limit(watch: Any) -> None:
    assert len(LARGE) > 10 * 2**20
    await watch.source("bao-lon", "/lon")
    await watch.source("bao-tot", "/tot")
    watch.papers.pages["/lon"] = answer(LARGE)
    watch.prints("/tot", FLOOD)
    await watch.scan()
    assert await watch.states(["/lon", "/tot"]) == {"/lon": "too_large", "/tot": "ok"}


async def test_a_body_over_the_limit_of_the_fetch_keeps_the_whole_items_before_it(
    watch: Any,
) -> None:
    heavy = [Told(title=f"Tin {n}", lead="x " * 10_000, link=f"/{n}") for n in range(700)]
    await watch.source("bao-nang", "/nang")
    watch.papers.pages["/nang"] = answer(rss(*heavy))
    await watch.scan()
    feed = await watch.feed("/nang")
    assert feed.state == "too_large"
    assert 400 <= feed.items < 700


async def test_a_source_with_its_own_user_agent_passes_a_picky_server(watch: Any) -> None:
    watch.papers.pages["/kho-tinh"] = lambda head: (
        answer(GOOD)
        if "User-Agent: Mozilla/5.0\r\n" in head
        else answer(b"", status="403 Forbidden")
    )
    watch.papers.pages["/kho-tinh-2"] = watch.papers.pages["/kho-tinh"]
    await watch.source("bao-a", "/kho-tinh")
    await watch.source("bao-b", "/kho-tinh-2", user_agent="Mozilla/5.0")
    await watch.scan()
    assert await watch.states(["/kho-tinh", "/kho-tinh-2"]) == {
        "/kho-tinh": "forbidden",
        "/kho-tinh-2": "ok",
    }


async def test_a_paper_that_fails_is_asked_less_often_and_recovers(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    watch.papers.pages["/a"] = answer(b"", status="503 Service Unavailable")
    pauses = []
    for _ in range(3):
        await watch.scan()
        pauses.append((await watch.feed("/a")).pause_seconds)
    watch.prints("/a", FLOOD)
    await watch.scan()
    feed = await watch.feed("/a")
    assert pauses == [1200, 2400, 4800]
    assert (feed.state, feed.failures, feed.items) == ("ok", 0, 1)
    async with watch.office.records.look() as session:
        told = await press_feed.readings(session, feed.id)
    assert [one.state for one in told] == ["ok", *["server_error"] * 3]


async def test_what_is_not_due_is_not_asked(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    watch.prints("/a", FLOOD)
    await watch.scan()
    await watch.scan(every=False)
    assert watch.papers.asked("/a") == 1


async def test_an_unchanged_feed_is_asked_with_its_validators(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    watch.papers.pages["/a"] = lambda head: (
        answer(b"", status="304 Not Modified")
        if 'if-none-match: "v1"' in head.lower()
        else answer(GOOD, 'ETag: "v1"')
    )
    await watch.scan()
    await watch.scan()
    assert (await watch.feed("/a")).state == "not_modified"


async def test_robots_is_asked_once_and_obeyed(watch: Any) -> None:
    watch.papers.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /rieng")
    await watch.source("bao-a", "/rieng", "/chung")
    watch.prints("/rieng", FLOOD)
    watch.prints("/chung", CALM)
    await watch.scan()
    await watch.scan()
    assert await watch.states(["/rieng", "/chung"]) == {"/rieng": "robots", "/chung": "ok"}
    assert (watch.papers.asked("/rieng"), watch.papers.asked("/robots.txt")) == (0, 1)


@pytest.mark.parametrize("seed", range(6))
async def test_no_bytes_stop_a_round(watch: Any, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  (a repeatable mess, no secret)
    paths = [f"/{n}" for n in range(12)]
    for path in paths:
        body = bytearray(rss(FLOOD, CALM, RETOLD))
        for _ in range(dice.randrange(1, 60)):
            where = dice.randrange(len(body))
            body[where : where + dice.randrange(4)] = dice.randbytes(dice.randrange(5))
        watch.papers.pages[path] = answer(bytes(body))
    await watch.source("bao-a", *paths)
    done = await watch.scan()
    assert len(done.feeds) == len(paths)
    left = select(PressFeed).where(PressFeed.claimed_until.is_not(None))
    assert await watch.rows(left) == []
