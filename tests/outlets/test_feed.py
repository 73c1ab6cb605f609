"""The feeds: well formed, stable ids, corrections as items of their own."""

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisis.model.parcel import Act, Parcel
from crisis.model.words import Language
from crisis.outlets.frame import Frame
from crisis.outlets.page import site_files

ATOM = "{http://www.w3.org/2005/Atom}"
Files = dict[str, bytes]


def xml(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314  (our own feed)


@pytest.fixture
def family(make_parcel: Callable[..., Parcel], make_frame: Callable[..., Frame]) -> Files:
    first, other = make_parcel(1), make_parcel(2)
    correction = make_parcel(3, on=(first,))
    withdrawal = make_parcel(4, on=(other,), act=Act.WITHDRAWAL)
    return site_files([first, other, correction, withdrawal], make_frame())


def test_a_correction_is_a_new_item_that_links_to_the_old_one(family: Files) -> None:
    entries = xml(family["tin/atom.xml"]).findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles == [
        "[Thu hồi] Tiêu đề 4",
        "[Đính chính] Tiêu đề 3",
        "[Đã thu hồi] Nội dung số 2/TB-VP",
        "[Đã đính chính] Tiêu đề 1",
    ]
    related = [
        link.get("href") for link in entries[1].iter(f"{ATOM}link") if link.get("rel") == "related"
    ]
    assert related == ["https://vi.du/tin/thong-tin-1/"]


def test_a_withdrawn_text_is_gone_from_every_feed(family: Files) -> None:
    for path in ("tin/rss.xml", "tin/atom.xml", "tin/feed.json"):
        assert "Nội dung 2<" not in family[path].decode().replace("&lt;", "<")
        assert "Nội dung 4<" in family[path].decode().replace("&lt;", "<")


def test_the_three_feeds_say_the_same(family: Files) -> None:
    rss = xml(family["tin/rss.xml"]).findall("channel/item")
    atom = xml(family["tin/atom.xml"]).findall(f"{ATOM}entry")
    items = json.loads(family["tin/feed.json"])["items"]
    assert len(rss) == len(atom) == len(items) == 4
    for one, two, three in zip(rss, atom, items, strict=True):
        assert one.findtext("guid") == two.findtext(f"{ATOM}id") == three["id"]
        assert one.findtext("title") == two.findtext(f"{ATOM}title") == three["title"]
        assert one.findtext("description") == two.findtext(f"{ATOM}content")
        assert three["content_html"] == one.findtext("description")
    assert rss[0].findtext("pubDate") == "Fri, 24 Oct 2025 05:30:00 +0000"


def test_ids_depend_on_the_publication_and_the_language_alone(
    family: Files, make_parcel: Callable[..., Parcel], make_frame: Callable[..., Frame]
) -> None:
    def ids(files: Files, path: str) -> list[Any]:
        return [item["id"] for item in json.loads(files[path])["items"]]

    moved = site_files([make_parcel(1, slug="doi-cho")], make_frame("https://noi.khac"))
    assert ids(moved, "tin/feed.json") == ids(family, "tin/feed.json")[-1:]
    assert set(ids(family, "tin/feed.json")).isdisjoint(ids(family, "tin/en/feed.json"))


def test_an_item_says_when_it_last_changed(family: Files) -> None:
    items = json.loads(family["tin/feed.json"])["items"]
    assert items[-1]["date_modified"] == items[1]["date_published"]
    assert items[-1]["date_published"] < items[-1]["date_modified"]


@given(text=st.text(max_size=120))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_text_makes_well_formed_feeds(
    make_parcel: Callable[..., Parcel], make_frame: Callable[..., Frame], text: str
) -> None:
    parcel = make_parcel(number=text, texts={Language.VI: text})
    files = site_files([parcel], make_frame())
    assert len(xml(files["tin/rss.xml"]).findall("channel/item")) == 1
    assert len(xml(files["tin/atom.xml"]).findall(f"{ATOM}entry")) == 1
    assert json.loads(files["tin/feed.json"])["items"][0]["_phatngon"]["number"] == text


def test_the_same_publications_give_the_same_bytes(
    family: Files, make_parcel: Callable[..., Parcel], make_frame: Callable[..., Frame]
) -> None:
    first, other = make_parcel(1), make_parcel(2)
    correction = make_parcel(3, on=(first,))
    withdrawal = make_parcel(4, on=(other,), act=Act.WITHDRAWAL)
    assert site_files([withdrawal, correction, other, first], make_frame()) == family


def test_an_empty_feed_is_still_a_feed(make_frame: Callable[..., Frame]) -> None:
    files = site_files([], make_frame())
    assert xml(files["tin/atom.xml"]).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"
