"""Whatever bytes a page holds, reading it ends with a value."""

from hypothesis import given
from hypothesis import strategies as st

from crisis.intake.article import read_article
from crisis.intake.feed import read_feed
from crisis.intake.page_list import ListRule, read_page_list

RULES = (ListRule(link_pattern=r"-\d+\.htm$"), ListRule(item="li", title="a", time=".//time"))
PIECES = st.sampled_from(
    [b"<li>", b"<a href='/x-1.htm'>", b"</a>", b"<time datetime='2026'>", b"\0", b"<!--", b"&#0;",
     b"<?xml encoding='utf-16'?>", b"<script>", "ộ".encode(), b"\xff\xfe", b"<rss><item>", b"<p>"]
)  # fmt: skip
BYTES = st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=40).map(b"".join))


@given(BYTES, st.sampled_from(RULES), st.sampled_from(["", "text/html; charset=utf-7", "x"]))
def test_a_list_page_has_a_state(data: bytes, rule: ListRule, kind: str) -> None:
    found = read_page_list(data, rule, base="https://bao.example/", content_type=kind)
    assert all(item.link.startswith("http") and item.title for item in found.items)


@given(BYTES, st.sampled_from(["", "text/html; charset=utf-16", "application/pdf"]))
def test_an_article_has_a_short_quotation_at_most(data: bytes, kind: str) -> None:
    assert len(read_article(data, content_type=kind).quotation) <= 300


@given(BYTES)
def test_a_feed_has_a_state_and_no_markup(data: bytes) -> None:
    assert all("\0" not in item.title + item.summary for item in read_feed(data).items)
