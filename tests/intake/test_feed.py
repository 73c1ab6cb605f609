"""Feeds as they come: good, careless, cut off, hostile."""

import gzip
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis.intake.feed import SIZE_LIMIT, FeedState, read_feed
from crisis.intake.saved_feed import read_folder, read_saved, rows
from crisis.model.errors import NotFound

ITEM = (
    "<item><title>{title}</title><description>{lead}</description>"
    "<link>{link}</link><guid>{guid}</guid><pubDate>{date}</pubDate></item>"
)


def item(
    title: str = "Cầu treo hỏng",
    *,
    lead: str = "",
    link: str = "https://bao.example/1",
    guid: str = "1",
    date: str = "Thu, 28 May 2026 17:00:00 GMT+7",
) -> str:
    return ITEM.format(title=title, lead=lead, link=link, guid=guid, date=date)


def rss(*items: str) -> bytes:
    body = "".join(items)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo</title>'
        f"<link>https://bao.example/</link>{body}</channel></rss>"
    ).encode()


def watch_read(source: bytes | Path) -> list[dict[str, str | None]]:
    """What `phatngon watch read` prints of a file."""
    return rows(read_saved(source))


def test_a_careless_feed_gives_clean_items() -> None:
    title = "<![CDATA[Cầu &amp;quot;treo&amp;quot; <b>hỏng</b>]]>"
    lead = "&lt;a href='javascript:x'&gt;&lt;/a&gt;(Dân trí) - D&amp;acirc;n lo &nbsp; lắng & sợ"
    [row] = watch_read(rss(item(title, lead=lead, link="/1.html?a=1&b=2")))
    assert row == {
        "title": 'Cầu "treo" hỏng',
        "summary": "Dân lo lắng & sợ",
        "link": "https://bao.example/1.html?a=1&b=2",
        "published_utc": "2026-05-28T10:00:00Z",
    }


def test_an_unknown_time_is_null_and_never_now() -> None:
    [row] = watch_read(rss(item(date="hôm qua")))
    assert row["published_utc"] is None


def test_atom_rdf_and_json_feeds_are_read_too() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">A &amp;amp; B</title>'
        '<link href="https://bao.example/a"/><updated>2026-05-28T10:00:00Z</updated>'
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>Dẫn <b>nhập</b></div>"
        "</content></entry></feed>"
    )
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<item><title>A &amp;amp; B</title><link>https://bao.example/a</link>"
        "<description>Dẫn nhập</description><dc:date>2026-05-28T17:00:00+07:00</dc:date></item>"
        "</rdf:RDF>"
    )
    feed = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [
                {
                    "id": "1",
                    "title": "A & B",
                    "url": "https://bao.example/a",
                    "content_html": "<p>Dẫn nhập</p>",
                    "date_published": "2026-05-28T10:00:00Z",
                }
            ],
        }
    )
    told = [watch_read(text.encode()) for text in (atom, rdf, feed)]
    assert told[0] == told[1] == told[2]
    assert told[0][0]["summary"] == "Dẫn nhập"


@pytest.mark.parametrize(
    ("data", "state", "count"),
    [
        (b"", FeedState.EMPTY, 0),
        (b" \n\t", FeedState.EMPTY, 0),
        (b"\0\0\0\0\0\0\0\0\0\0", FeedState.EMPTY, 0),
        (b"<!doctype html><html><body>404 <rss></body></html>", FeedState.NOT_A_FEED, 0),
        (b"just words", FeedState.NOT_A_FEED, 0),
        (b"\x89PNG\r\n\x1a\n\0\0", FeedState.NOT_A_FEED, 0),
        (b'{"items": [', FeedState.BROKEN, 0),
        (rss(), FeedState.NO_ITEMS, 0),
        (rss(item(), item("Hai", link="https://b.example/2"))[:-60], FeedState.TRUNCATED, 1),
        (rss(item())[:100], FeedState.TRUNCATED, 0),
        (rss(item()).replace(b"treo", b"t\0r\0e\0o\0"), FeedState.OK, 1),
        (rss(item()).decode().encode("utf-16"), FeedState.OK, 1),
        (rss(item(), item("Tin <b>hở", link="https://b.example/2")), FeedState.OK, 2),
    ],
)
def test_bad_input_is_a_state_and_whole_items_are_kept(
    data: bytes, state: FeedState, count: int
) -> None:
    found = read_feed(data)
    assert (found.state, len(found.items)) == (state, count)


def test_a_duplicate_guid_loses_no_item_and_a_true_repeat_is_one() -> None:
    told = watch_read(rss(item("Một"), item("Hai", link="https://b.example/2"), item("Một")))
    assert [row["title"] for row in told] == ["Một", "Hai"]


def test_entities_of_a_document_type_do_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("MẬT", encoding="utf8")
    bomb = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE rss [<!ENTITY b0 "x">{bomb}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    [row] = watch_read(doctype.encode() + rss(item("Tin &b11; &f;"))[38:])
    assert "MẬT" not in str(row)
    assert len(str(row["title"])) < 100


def test_a_feed_over_the_limit_keeps_what_came_before_it() -> None:
    many = [item(f"Tin {n}", lead="dài " * 500, link=f"https://b.example/{n}") for n in range(6000)]
    data = rss(*many)
    assert len(data) > SIZE_LIMIT
    started = time.perf_counter()
    found = read_feed(data)
    assert found.state is FeedState.TOO_LARGE
    assert len(found.items) > 3000
    assert time.perf_counter() - started < 30


@pytest.mark.parametrize(
    "data",
    [
        b"<rss>" + b"<item>" * 300_000,
        b"<rss><item><title>" + b"<" * 1_000_000 + b"</title></item></rss>",
        b"<rss>" + (b"<item>" + b'<a "<a' * 30_000 + b"</item>") * 5 + b"</rss>",
        b"<rss><channel><item><title>" + b"<b></b>" * 200_000 + b"</title></item></channel></rss>",
        b"<rss>" + b"<![CDATA[" * 200_000 + b"</rss>",
        b"<rss>" + b"<!DOCTYPE [" * 200_000 + b"</rss>",
        b'{"items":' + b"[" * 1_000_000,
        b"<feed>" + b"&a" * 500_000 + b"</feed>",
    ],
)
def test_hostile_bytes_end_in_seconds(data: bytes) -> None:
    started = time.perf_counter()
    read_feed(data)
    assert time.perf_counter() - started < 10


TAGS = ["rss", "channel", "item", "title", "feed", "entry"]
PIECES = st.sampled_from(
    [f"<{tag}>".encode() for tag in TAGS]
    + [f"</{tag}>".encode() for tag in TAGS]
    + [b"<![CDATA[", b"]]>", b"&", b"&#0;", b"<!--", b"-->", b"\0", b"\xff\xfe", b"x"]
    + [b"<link>http://a.b/</link>", b"<pubDate>99/99/9999</pubDate>", b'{"items":[{}']
    + [b"<?xml version='1.0' encoding='utf-7'?>", b"<!DOCTYPE a ["]
)


@given(st.binary(max_size=400) | st.lists(PIECES, max_size=40).map(b"".join))
@settings(max_examples=300, deadline=5000)
def test_any_bytes_have_a_state(data: bytes) -> None:
    found = read_feed(data)
    assert found.state in FeedState
    assert all(entry.title or entry.link or entry.summary for entry in found.items)


def test_an_item_without_title_and_link_is_kept_by_its_words() -> None:
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [
        {"id": "1", "content_text": "Cầu treo ở xã Kim Phú đứt cáp."}, {"id": "2"},
    ]})  # fmt: skip
    (one,) = watch_read(feed.encode())
    assert one["summary"] == "Cầu treo ở xã Kim Phú đứt cáp."


def test_the_outlets_name_in_brackets_goes_from_titles_too() -> None:
    (one,) = watch_read(rss("<item><title>(Dân trí) - Đường ngập</title></item>"))
    assert one["title"] == "Đường ngập"


def test_a_compressed_feed_is_read_and_a_broken_or_boundless_one_has_a_state() -> None:
    packed = gzip.compress(rss(item()))
    assert read_feed(packed).state is FeedState.OK
    assert read_feed(b"\x1f\x8b broken").state is FeedState.NOT_A_FEED
    assert read_feed(packed[: len(packed) // 2]).state is not FeedState.OK
    bomb = gzip.compress(rss(item()) + b" " * (SIZE_LIMIT + 10))
    assert read_feed(bomb).state is FeedState.TOO_LARGE


def test_a_folder_of_saved_feeds_needs_no_network(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_bytes(rss(item()))
    (tmp_path / "a.rss").write_bytes(b"")
    (tmp_path / "note.txt").write_text("x", encoding="utf8")
    found = [(path.name, reading.state) for path, reading in read_folder(tmp_path)]
    assert found == [("a.rss", FeedState.EMPTY), ("b.xml", FeedState.OK)]
    assert len(watch_read(tmp_path / "b.xml")) == 1


def test_a_missing_file_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"not-there\.xml"):
        watch_read(tmp_path / "not-there.xml")
