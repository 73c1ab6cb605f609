"""The approved text comes out of a page exactly as it was approved, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.statement import Variant
from crisis.model.words import Language
from crisis.outlets.fragment import approved_bytes, approved_fragment, approved_sha256

ANY = st.text(max_size=300)
NASTY = st.text(
    alphabet="a \n\r\t&<>\"'/;#x0\x00\x0b\x85\u2028\ufeff\ufffe-1.)đ:https", max_size=200
)


def variant(title: str = "Tiêu đề", body: str = "Nội dung") -> Variant:
    return Variant(outlet="site", language=Language.VI, title=title, body=body)


def page(inner: str) -> bytes:
    return f"<!doctype html><p>Số 12</p>{inner}<p>&copy; <b>khung</b></p>".encode()


@given(title=ANY | NASTY, body=ANY | NASTY)
def test_any_text_comes_back_byte_for_byte(title: str, body: str) -> None:
    one = variant(title, body)
    assert approved_bytes(page(approved_fragment(one))) == one.content


@given(body=ANY | NASTY)
def test_no_text_can_bring_markup_of_its_own(body: str) -> None:
    shown = str(approved_fragment(variant("T", body)))
    for tag in ("<script", "<img", "<iframe", "<style", "<div data", "onerror=x>"):
        assert tag not in shown.removeprefix("<div ")


@given(
    junk=st.binary(max_size=200)
    | st.text(alphabet="<>![]-/?ab= \"'data", max_size=80).map(str.encode)
)
def test_no_page_can_make_the_reader_fail(junk: bytes) -> None:
    whole = page(approved_fragment(variant()))
    assert approved_bytes(junk) is None
    assert approved_bytes(whole[:60] + junk + whole[60:]) in {None, variant().content}


def test_the_hash_that_is_read_back_is_the_approved_one() -> None:
    one = variant("Thông tin", "Dòng 1\nDòng 2\n\n- mục a\n- mục b\n\nXem https://vi.du/x?a=1&b=2.")
    assert approved_sha256(page(approved_fragment(one))) == one.sha256


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Nội dung</p>", "<p>Nội dung!</p>"),
        ("<p>Nội dung</p>", "<p hidden>Nội dung</p>"),
        ("<p>Nội dung</p>", "<p><del>Nội dung</del></p>"),
        ("<p>Nội dung</p>", "<p>Nội dung</p><!-- x -->"),
        ("<p>Nội dung</p>", "<p>Nội dung<img/></p>"),
        ("<p>Nội dung</p>", "<p>Nội dung</p>thêm"),
        ("<p>Nội dung</p>", "<p>Nội dung"),
        ("<p>Nội dung</p>", "<p>Nội dung</h1>"),
        ("<p>Nội dung</p>", "<p>Nội <p>dung</p></p>"),
        ("<p>Nội dung</p>", "<span>Nội dung</span>"),
        ("<p>Nội dung</p>", '<p><span data-u="x"></span>Nội dung</p>'),
        ("<p>Nội dung</p>", "<script>x</script><p>Nội dung</p>"),
        ("data-approved", "data-other"),
        ("</div>", ""),
    ],
)
def test_a_page_that_was_tampered_with_never_reads_as_approved(before: str, after: str) -> None:
    shown = str(approved_fragment(variant()))
    assert before in shown
    assert approved_bytes(page(shown.replace(before, after))) != variant().content


def test_two_approved_texts_on_one_page_count_as_none() -> None:
    shown = str(approved_fragment(variant()))
    assert approved_bytes(page(shown + shown)) is None


def test_bytes_that_are_no_utf8_count_as_none() -> None:
    assert approved_bytes(b"\xff" + page(str(approved_fragment(variant())))) is None


def test_an_address_in_the_text_becomes_a_link_without_its_full_stop() -> None:
    shown = str(approved_fragment(variant("T", "Xem https://vi.du/a.")))
    assert '<a href="https://vi.du/a" rel="nofollow noopener">https://vi.du/a</a>.' in shown
