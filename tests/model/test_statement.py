"""A statement: its life, its variants, and the exact bytes that an approver signs."""

import unicodedata
from hashlib import sha256
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.errors import RuleBroken
from crisis.model.statement import (
    KIND_WORDS,
    LIFECYCLE_WORDS,
    MOVES,
    Lifecycle,
    StatementKind,
    Variant,
    check_lifecycle,
    frozen_bytes,
)
from crisis.model.words import Language

# One line per state: every state that a statement may go on to from there.
LEGAL = {
    "draft": "pending rejected expired",
    "pending": "draft approved rejected expired",
    "approved": "draft publishing expired",
    "publishing": "published",
    "published": "corrected withdrawn expired",
    "corrected": "",
    "withdrawn": "",
    "expired": "",
    "rejected": "",
}
texts = st.text(st.characters(exclude_categories=["Cs"]))


def test_the_table_knows_every_state_and_every_kind() -> None:
    assert set(LEGAL) == {state.value for state in Lifecycle}
    assert set(MOVES) == set(LIFECYCLE_WORDS) == set(Lifecycle)
    assert set(KIND_WORDS) == set(StatementKind)


@pytest.mark.parametrize(("here", "there"), list(product(Lifecycle, repeat=2)))
def test_a_statement_moves_only_along_the_table(here: Lifecycle, there: Lifecycle) -> None:
    legal = there.value in LEGAL[here.value].split()
    assert (there in MOVES[here]) is legal
    if legal:
        check_lifecycle(here, there)
        return
    with pytest.raises(RuleBroken) as refused:
        check_lifecycle(here, there)
    assert refused.value.rule == "lifecycle"
    assert LIFECYCLE_WORDS[here].vi in refused.value.said_in("vi")
    assert LIFECYCLE_WORDS[there].en in refused.value.said_in("en")


def test_only_what_was_approved_goes_out_and_what_is_out_never_becomes_a_draft_again() -> None:
    assert {here for here in Lifecycle if Lifecycle.PUBLISHING in MOVES[here]} == {
        Lifecycle.APPROVED
    }
    assert {here for here in Lifecycle if Lifecycle.APPROVED in MOVES[here]} == {Lifecycle.PENDING}
    assert not MOVES[Lifecycle.PUBLISHED] & {Lifecycle.DRAFT, Lifecycle.PENDING, Lifecycle.APPROVED}


@pytest.mark.parametrize(
    ("typed", "frozen"),
    [
        ("một\r\nhai\rba", "một\nhai\nba\n"),
        ("cuối dòng có khoảng trắng  \t\nxong", "cuối dòng có khoảng trắng\nxong\n"),
        ("\n\n  \nxong\n\n\n", "xong\n"),
        ("  lùi đầu dòng", "  lùi đầu dòng\n"),
        ("đoạn một\n\n\nđoạn hai", "đoạn một\n\n\nđoạn hai\n"),
        (unicodedata.normalize("NFD", "Quảng Trị"), "Quảng Trị\n"),
        ("", "\n"),
    ],
)
def test_a_text_has_one_form_of_bytes_however_it_was_typed(typed: str, frozen: str) -> None:
    assert frozen_bytes(typed) == frozen.encode()


@given(texts)
def test_freezing_twice_changes_nothing(text: str) -> None:
    once = frozen_bytes(text)
    assert frozen_bytes(once.decode()) == once
    assert once.endswith(b"\n")
    assert b"\r" not in once
    assert unicodedata.is_normalized("NFC", once.decode())


@given(texts)
def test_line_ends_and_composition_do_not_change_the_bytes(text: str) -> None:
    retyped = unicodedata.normalize("NFD", text).replace("\r\n", "\n").replace("\n", "\r\n")
    assert frozen_bytes(retyped) == frozen_bytes(text)


def test_the_approved_bytes_are_title_blank_line_and_body() -> None:
    variant = Variant(outlet="site", language=Language.VI, title="Tiêu đề", body="Nội dung.")
    assert variant.content == "Tiêu đề\n\nNội dung.\n".encode()
    assert variant.sha256 == sha256(variant.content).hexdigest()
