"""Tokens cannot be guessed, forged, or used past their time."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.errors import BadInput, NotFound
from crisis.writing.link import (
    new_token,
    read_signed,
    reply_token,
    sign,
    task_of_reply,
    token_hash,
)

SECRET = b"k" * 32
NOW = datetime(2027, 2, 3, 1, 15, tzinfo=UTC)
TASK = UUID("0190b2c4-5d6e-7f80-9a1b-2c3d4e5f6071")


def signed(value: str = "sxd") -> str:
    return sign(value, secret=SECRET, purpose="fresh", until=NOW + timedelta(hours=1))


def test_task_tokens_are_random_and_stored_only_as_hashes() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)
    assert token_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_signed_value_comes_back(value: str) -> None:
    assert read_signed(signed(value), secret=SECRET, purpose="fresh", now=NOW) == value


def test_a_link_past_its_time_says_so() -> None:
    late = NOW + timedelta(hours=1, seconds=1)
    with pytest.raises(BadInput) as caught:
        read_signed(signed(), secret=SECRET, purpose="fresh", now=late)
    assert caught.value.field == "link"


@given(st.integers(min_value=0), st.characters())
def test_any_change_to_a_signed_value_is_a_forgery(position: int, character: str) -> None:
    good = signed()
    at = position % len(good)
    bad = good[:at] + character + good[at + 1 :]
    if bad != good:
        with pytest.raises(NotFound):
            read_signed(bad, secret=SECRET, purpose="fresh", now=NOW)


@pytest.mark.parametrize("bad", ["", ".", "..", "a.b.c", "ă.ê.ô", signed()[:-1], signed() + "0"])
def test_broken_links_are_not_found(bad: str) -> None:
    with pytest.raises(NotFound):
        read_signed(bad, secret=SECRET, purpose="fresh", now=NOW)


def test_a_signature_is_worth_nothing_for_another_purpose_or_key() -> None:
    with pytest.raises(NotFound):
        read_signed(signed(), secret=SECRET, purpose="login", now=NOW)
    with pytest.raises(NotFound):
        read_signed(signed(), secret=b"other", purpose="fresh", now=NOW)


@given(st.uuids())
def test_a_reply_address_leads_back_to_its_task_whatever_the_case(task: UUID) -> None:
    token = reply_token(task, secret=SECRET)
    assert len("phatngon+" + token) <= 64
    assert task_of_reply(token, secret=SECRET) == task
    assert task_of_reply(token.upper(), secret=SECRET) == task


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "abc",
        "ă" * 42,
        "1" * 42,
        reply_token(TASK, secret=SECRET)[:-1],
        reply_token(TASK, secret=SECRET) + "a",
        reply_token(TASK, secret=b"other"),
        "b" + reply_token(TASK, secret=SECRET)[1:],
    ],
)
def test_a_forged_reply_address_is_not_found(bad: str) -> None:
    with pytest.raises(NotFound):
        task_of_reply(bad, secret=SECRET)
