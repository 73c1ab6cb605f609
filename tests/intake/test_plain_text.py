"""Words without markup, scripts, entities and the outlet's opening."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.intake.charset import decode
from crisis.intake.plain_text import lead_of, plain, web_link


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Cầu <b>treo</b> xuống&nbsp;cấp", "Cầu treo xuống cấp"),
        ("&amp;quot;Nóng&amp;quot; v&amp;agrave; &lt;i&gt;lạnh&lt;/i&gt;", '"Nóng" và lạnh'),
        ("&amp;amp;lt;b&amp;amp;gt;x", "x"),
        ("Tin<script>alert('x')</script> mới", "Tin mới"),
        ("Một<br/>hai</p><p>ba", "Một hai ba"),
        ('<img alt="a>b" src=x onerror=alert(1)>Ảnh', "Ảnh"),
        ("Bấm javascript:alert(1) ngay", "Bấm ngay"),
        ("5 < 6 và 7 > 2", "5 < 6 và 7 > 2"),
        ("Cắt ngang <a href='http", "Cắt ngang"),
        ("a\u200bb\u00ad \x00c", "ab c"),
        ("Hòa", "Hòa"),
        (" nhiều \n\t dòng ", "nhiều dòng"),
    ],
)
def test_only_what_a_reader_sees_is_left(raw: str, words: str) -> None:
    assert plain(unicodedata.normalize("NFD", raw)) == words


@pytest.mark.parametrize(
    "opening",
    [
        "(Dân trí) - ",
        "VOV.VN - ",
        "(PLVN) - ",
        "(PLO)- ",
        "TTO - ",
        "(NLĐO) – ",
        "[VTV] ",
        "(Chinhphu.vn) - ",
    ],
)
def test_the_outlets_own_opening_is_taken_off_the_lead(opening: str) -> None:
    assert lead_of(f"{opening}Sáng 5-8, cầu treo bị đứt.") == "Sáng 5-8, cầu treo bị đứt."


@pytest.mark.parametrize(
    "lead", ["TP HCM - Sáng 5-8", "(Ảnh: tư liệu)", "Hà Nội - Huế", "Ông A - chủ tịch xã"]
)
def test_a_lead_that_only_looks_like_it_is_kept(lead: str) -> None:
    assert lead_of(lead) == lead


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("/tin-1.html?a=1&amp;b=2", "https://bao.example/tin-1.html?a=1&b=2"),
        ("https://khac.example/x", "https://khac.example/x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("http://[bad", ""),
    ],
)
def test_links_are_absolute_and_of_the_web(link: str, whole: str) -> None:
    assert web_link(link, "https://bao.example/rss") == whole


@given(st.text(alphabet="<>&;'\"=/!-aBlt gmp#x:javscript\x00", max_size=300))
def test_no_tag_survives_and_cleaning_twice_changes_nothing(raw: str) -> None:
    found = plain(raw)
    assert not re.search(r"<[a-z][^<>]*>", found, re.IGNORECASE)
    assert plain(found) == found


TEXT = '<?xml version="1.0" encoding="{}"?><title>Người dân Đồng Hới phản ánh ở đường ngập</title>'


def windows_1258(text: str) -> bytes:
    """Bytes as a Vietnamese Windows writes them: base letters with combining tone marks."""
    out = b""
    for char in unicodedata.normalize("NFC", text):
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            whole = unicodedata.normalize("NFD", char)
            tone = next(mark for mark in whole if mark in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", whole.replace(tone, ""))
            out += base.encode("cp1258") + tone.encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (TEXT.format("utf-8").encode(), "text/xml"),
        (TEXT.format("utf-8").encode("utf-8-sig"), ""),
        (TEXT.format("windows-1258").encode(), "text/xml; charset=windows-1258"),
        (TEXT.format("utf-16").encode("utf-16"), ""),
        (TEXT.format("utf-8").encode("utf-16-le"), "text/xml; charset=utf-8"),
        (TEXT.format("utf-8").encode("utf-16-be"), ""),
        (windows_1258(TEXT.format("windows-1258")), ""),
        (windows_1258(TEXT.format("utf-8")), "text/xml; charset=utf-8"),
        (windows_1258(TEXT.format("iso-8859-1")), "text/xml; charset=iso-8859-1"),
        (windows_1258(TEXT.format("rot13")), "text/xml; charset=zip"),
        (TEXT.format("utf-8").encode().replace(b"<title>", b"<title>\0"), ""),
    ],
)
def test_bytes_become_text_whatever_was_declared(data: bytes, content_type: str) -> None:
    assert "Người dân Đồng Hới phản ánh ở đường ngập" in plain(decode(data, content_type))


def test_text_cut_inside_a_letter_stays_utf_8() -> None:
    assert decode("Đồng Hới ở".encode()[:-1]).startswith("Đồng Hới")


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_become_text_without_nul(data: bytes, name: str) -> None:
    assert "\0" not in decode(data, f"text/xml; charset={name}")
