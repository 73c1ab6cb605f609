"""`phatngon watch scan` and `watch sources`: saved papers into the records, sources on and off."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from tests.office.press.conftest import Told, rss

FLOOD = Told(
    title="Quảng Trị: Sân trường Tiểu học Hải Lăng ngập nước, phụ huynh bức xúc",
    lead="Phụ huynh phản ánh UBND xã Hải Lăng chậm xử lý, sân trường ngập sâu suốt 3 tháng.",
    link="https://a.example/san-truong-1.htm",
)
OPML = (
    '<opml version="2.0"><body><outline text="Báo X" xmlUrl="https://x.example/rss"/>'
    '<outline text="Y" xmlUrl="javascript:1"/></body></opml>'
)


def test_a_folder_is_scanned_into_the_records_once(shell: Any, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "bao-a.xml").write_bytes(rss(FLOOD))
    (folder / "trang.xml").write_bytes(b"<html></html>")
    first = shell("watch", "scan", "--folder", str(folder), "--json").data
    assert [(one["source"], one["state"], one["new"]) for one in first["sources"]] == [
        ("bao-a", "ok", 1),
        ("trang.xml", "not_a_feed", 0),
    ]
    assert "trang" not in {one["source"] for one in shell("watch", "sources", "--json").data}
    assert shell("watch", "scan", "--folder", str(folder), "--json").data["new"] == 0
    assert "Answers with a page" in shell("watch", "scan", "--folder", str(folder)).out


def test_shipped_sources_are_listed_but_not_read(shell: Any) -> None:
    told = shell("watch", "sources", "--json").data
    assert len(told) > 30
    assert not any(one["read"] for one in told)


def test_shipped_sources_that_are_missing_are_added_once(shell: Any) -> None:
    assert "Addresses added: 0" not in shell("watch", "shipped").out
    shell("watch", "sources", "--on", "plo", "--json")
    assert "Addresses added: 0" in shell("watch", "shipped").out
    rows = shell("watch", "sources", "--json").data
    assert {one["source"] for one in rows if one["read"]} == {"plo"}


def test_sources_are_turned_on_and_off_by_their_id(shell: Any) -> None:
    on = shell("watch", "sources", "--on", "plo", "--json").data
    assert {one["source"] for one in on if one["read"]} == {"plo"}
    off = shell("watch", "sources", "--off", "all", "--json").data
    assert not any(one["read"] for one in off)


def test_opml_is_taken_and_printed(shell: Any, tmp_path: Path) -> None:
    file = tmp_path / "x.opml"
    file.write_text(OPML, encoding="utf8")
    taken = shell("watch", "sources", "--opml", str(file), "--json")
    assert "https://x.example/rss" in {one["url"] for one in taken.data}
    assert "1 added, 0 known before, 1 refused" in taken.err
    assert "javascript:1: Not fetched" in taken.err
    assert (
        'text="Báo X" xmlUrl="https://x.example/rss"' in shell("watch", "sources", "--export").out
    )


@pytest.mark.parametrize(
    "words",
    [
        ("scan", "--folder", "khong-co"),
        ("sources", "--on", "khong-co"),
        ("sources", "--opml", "khong-co.opml"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(shell: Any, words: tuple[str, ...]) -> None:
    said = shell("watch", *words, code=1)
    assert len(said.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("saved", "listed", "said"),
    [
        (b"<html></html>", 0, "Answers with a page"),
        (b"", 0, "Answers with nothing"),
        (rss(FLOOD)[:-8], 1, "cut"),
        (rss(FLOOD), 1, ""),
    ],
)
def test_what_is_no_whole_feed_is_said_beside_the_list(
    bare: Any, tmp_path: Path, saved: bytes, listed: int, said: str
) -> None:
    (tmp_path / "feed.xml").write_bytes(saved)
    read = bare("watch", "read", str(tmp_path / "feed.xml"))
    assert len(read.data) == listed
    assert said.lower() in read.err.lower()
    assert bool(read.err) == bool(said)


def test_a_saved_feed_is_of_the_shipped_source_it_is_named_for(shell: Any, tmp_path: Path) -> None:
    (tmp_path / "tuoitre-2.xml.gz").write_bytes(gzip.compress(rss(FLOOD)))
    (tmp_path / "Báo Lạ 7.xml").write_bytes(rss(FLOOD))
    told = shell("watch", "scan", "--folder", str(tmp_path), "--json").data
    assert [one["source"] for one in told["sources"]] == ["Báo Lạ 7", "Tuổi Trẻ"]
    ids = {one["source"] for one in shell("watch", "sources", "--json").data if one["items"]}
    assert ids == {"bao-la-7", "tuoitre"}


def test_without_labels_there_is_nothing_to_learn_and_no_version(shell: Any) -> None:
    assert "no labels to learn from" in shell("watch", "train").out
    assert shell("watch", "train", "--json").data == {
        "version": None,
        "state": "no_labels",
        "labels": 0,
    }
