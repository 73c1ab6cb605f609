"""Sources as OPML: what is taken, what is refused and why, and that our own comes back whole."""

import pytest

from crisis.intake.address import LOOPBACK, PUBLIC
from crisis.intake.opml import Outline, read_opml, write_opml
from crisis.intake.page_list import ListRule
from crisis.model.errors import BadInput

PAGE = Outline(
    name="Báo Quảng Trị",
    url="https://tinh.example/?a=1&b=2",
    rule=ListRule(link_pattern=r"-[0-9a-f]{7}/$").model_dump(mode="json"),
    id="baoquangtri",
    tier="dia_phuong",
    weight=2,
    user_agent="Mozilla/5.0",
    confidence="low",
    note="đọc “trang chủ” & chờ",
)


def test_what_goes_out_comes_back_whole() -> None:
    feed = Outline(name="Báo &A", url="https://a.example/rss", id="bao-a")
    told = write_opml([PAGE, feed])
    assert read_opml(told.encode(), PUBLIC).outlines == (PAGE, feed)


def test_feeds_of_other_readers_are_taken_once() -> None:
    data = b"""<opml><body><outline text="Nhom"><outline text="A" xmlUrl="https://a.example/rss"/>
    <outline title="B" xmlUrl="https://a.example/rss"/></outline></body></opml>"""
    (one,) = read_opml(data, PUBLIC).outlines
    assert (one.name, one.url, one.id, one.rule) == ("A", "https://a.example/rss", "", None)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("javascript:alert(1)", "http"),
        ("file:///etc/passwd", "http"),
        ("http://127.0.0.1:80/rss", "public"),
        ("http://localhost/rss", "public"),
        ("http://[::ffff:10.0.0.1]/rss", "public"),
        ("http://169.254.1.1/rss", "public"),
        ("https://a.example:8080/rss", "8080"),
        ("https://u:p@a.example/rss", "login"),
        ("https://a .example/rss", "malformed"),
    ],
)
def test_an_address_that_could_never_be_read_is_refused_with_the_reason(url: str, why: str) -> None:
    told = write_opml([Outline(name="A", url=url)])
    (refused,) = read_opml(told.encode(), PUBLIC).refused
    assert refused.url == url
    assert why in refused.why.en


def test_an_exercise_takes_addresses_of_its_own_machine() -> None:
    told = write_opml([Outline(name="A", url="http://127.0.0.1:8000/rss")])
    assert len(read_opml(told.encode(), LOOPBACK).outlines) == 1


def test_a_rule_that_is_none_is_refused_and_odd_weights_count_as_one() -> None:
    told = write_opml([PAGE]).replace("link_pattern", "khac").replace('weight="2"', 'weight="9"')
    assert [one.url for one in read_opml(told.encode(), PUBLIC).refused] == [PAGE.url]
    feed = write_opml([PAGE._replace(rule=None)]).replace('weight="2"', 'weight="9"')
    assert read_opml(feed.encode(), PUBLIC).outlines[0].weight == 1


def test_what_is_no_opml_is_bad_input() -> None:
    with pytest.raises(BadInput):
        read_opml(b"not xml", PUBLIC)


def test_an_opml_file_declares_no_entities() -> None:
    own = b'<!DOCTYPE opml [<!ENTITY a "x">]><opml><outline text="&a;" xmlUrl="https://a.vn/"/></opml>'
    with pytest.raises(BadInput, match="DTD"):
        read_opml(own, PUBLIC)
