"""List pages, sources, OPML, articles."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from crisis.intake.article import read_article
from crisis.intake.feed import FeedState
from crisis.intake.moment import as_json
from crisis.intake.page_list import ListRule, read_page_list
from crisis.intake.source import load_sources
from crisis.model.errors import BadContent

BASE = "https://bao.example/"
PAGE = """<html><body><nav><a href="/gioi-thieu">Giới thiệu</a></nav>
<article class="tin"><a href="/thoi-su/202611/cau-hong-1a2b3c4/"><img alt=""></a>
<h3><a href="/thoi-su/202611/cau-hong-1a2b3c4/">Cầu &amp; đường <b>hỏng</b></a></h3>
<p class="sapo">(Dân trí) - Người dân lo.</p>
<time datetime="2026-11-23T08:00:00+07:00">8h</time></article>
<article class="tin"><h3><a href="/thoi-su/202611/hop-dan-9f8e7d6/">Họp dân</a></h3></article>
</body></html>"""
PATTERN = r"^https://bao\.example/[\w/-]+/\d{6}/[\w-]+-[0-9a-f]{7}/?$"


@pytest.mark.parametrize("item", ["article.tin", "//article[@class='tin']"])
def test_a_page_is_read_by_css_or_xpath(item: str) -> None:
    rule = ListRule(item=item, title="h3", link="h3 a", summary=".sapo", time="time")
    found = read_page_list(PAGE.encode(), rule, base=BASE)
    first, second = found.items
    assert (first.title, first.summary) == ("Cầu & đường hỏng", "Người dân lo.")
    assert first.link == "https://bao.example/thoi-su/202611/cau-hong-1a2b3c4/"
    assert as_json(first.published_utc) == "2026-11-23T01:00:00Z"
    assert (second.title, second.published_utc) == ("Họp dân", None)


def test_a_page_is_read_by_the_form_of_its_links_alone() -> None:
    found = read_page_list(PAGE.encode(), ListRule(link_pattern=PATTERN), base=BASE)
    assert [item.title for item in found.items] == ["Cầu & đường hỏng", "Họp dân"]


def test_a_page_whose_layout_changed_says_so() -> None:
    found = read_page_list(b"<html><p>x</p></html>", ListRule(item="article"), base=BASE)
    assert found.state is FeedState.NO_ITEMS
    assert read_page_list(b"", ListRule(item="article"), base=BASE).state is FeedState.EMPTY


@pytest.mark.parametrize("fields", [{}, {"item": "::::"}, {"item": "//["}, {"link_pattern": "("}])
def test_a_rule_that_cannot_work_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        ListRule(**fields)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page(data: bytes) -> None:
    found = read_page_list(data, ListRule(link_pattern="."), base=BASE)
    assert found.state in FeedState


def test_the_shipped_sources_load() -> None:
    sources = load_sources(Path(__file__).parents[2] / "playbooks" / "press_sources.yaml")
    assert len(sources) >= 20
    assert all(source.feeds or source.list_pages for source in sources)


@pytest.mark.parametrize(
    "text",
    [
        "press_sources: 3",
        "a: b",
        "press_sources: [{id: a}]",
        "[",
        "press_sources: [{id: a, name: A, tier: trung_uong}, {id: a, name: B, tier: trung_uong}]",
    ],
)
def test_a_broken_list_of_sources_names_its_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "press_sources.yaml"
    path.write_text(text, encoding="utf8")
    with pytest.raises(BadContent) as caught:
        load_sources(path)
    assert caught.value.place == str(path)


def test_an_article_gives_text_hash_and_a_short_quotation() -> None:
    body = "".join(
        f"<p>Đoạn {n}: người dân phường Đông Hà phản ánh đường ngập sâu.</p>" for n in range(30)
    )
    page = f"<html><body><article><h1>Đường ngập</h1>{body}</article></body></html>"
    found = read_article(page.encode())
    assert "người dân phường Đông Hà" in found.text
    assert len(found.quotation) <= 300
    assert found.quotation.endswith("…")
    assert found.sha256 == read_article(page.encode()).sha256
    assert read_article(b"").text == ""
