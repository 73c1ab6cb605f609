"""A stored line checked as text is judged as the entry that it tells is judged."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.action import Action
from crisis.model.breach import FaultKind
from crisis.model.canonical import canonical
from crisis.model.errors import BadInput
from crisis.model.ledger import Actor, Entry, check_entry, next_entry, read_entry
from crisis.model.ledger_line import check_link, read_link

NOON = datetime(2025, 10, 19, 5, tzinfo=UTC)
CHAIN = "QT-2025-0001"


def entry(data: dict[str, Any] | None = None, head: Entry | None = None) -> Entry:
    return next_entry(
        chain=CHAIN,
        head=head.head if head else None,
        at=NOON,
        actor=Actor(kind="user", id="u-1"),
        action=Action.CLAIM_ADDED,
        run=None,
        data={"claim": "c-1"} | (data or {}),
    )


def rehashed(told: dict[str, Any]) -> str:
    """`told` as a line whose hash is right, whatever else it says."""
    body = {key: value for key, value in told.items() if key != "hash"}
    return canonical(body | {"hash": sha256(canonical(body)).hexdigest()}).decode()


FIRST = entry()
SECOND = entry(head=FIRST)


def faults(line: str, before: Entry | None = None, place: int = 1) -> set[FaultKind]:
    link = read_link(line)
    assert link is not None
    earlier = read_link(before.line.decode()) if before else None
    return {fault.kind for fault in check_link(link, CHAIN, earlier, place)}


def test_lines_of_a_chain_hold() -> None:
    assert faults(FIRST.line.decode()) == set()
    assert faults(SECOND.line.decode(), FIRST, 2) == set()


def test_a_line_says_where_its_entry_stands() -> None:
    link = read_link(SECOND.line.decode())
    assert link is not None
    assert (link.head, link.prev, link.digest) == (SECOND.head, FIRST.hash, SECOND.hash)


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"chain": "QT-2025-0002"}, FaultKind.FOREIGN),
        ({"seq": 3}, FaultKind.SEQUENCE),
        ({"prev": "1" * 64}, FaultKind.LINK),
        ({"at": "2025-10-19T05:00:00Z"}, FaultKind.FORM),
        ({"at": 5}, FaultKind.FORM),
        ({"v": 2}, FaultKind.FORM),
    ],
)
def test_a_line_that_was_made_anew_is_told_by_what_it_says(
    changed: dict[str, Any], found: FaultKind
) -> None:
    assert faults(rehashed(SECOND.as_json() | changed), FIRST, 2) == {found}


def test_a_changed_line_does_not_match_its_hash() -> None:
    assert faults(FIRST.line.decode().replace("c-1", "c-2")) == {FaultKind.HASH}


@pytest.mark.parametrize(
    "data", [{"hash": "0" * 64}, {"a": {"hash": "x"}}, {"tên".encode().hex(): "Quảng"}]
)
def test_a_hash_inside_the_data_is_no_hash_of_the_entry(data: dict[str, Any]) -> None:
    assert faults(entry(data).line.decode()) == set()


def test_its_own_hash_told_twice_is_not_cut_out_twice() -> None:
    told = FIRST.as_json() | {"run": {"hash": FIRST.hash, "prev": ""}}
    assert faults(canonical(told).decode()) == {FaultKind.HASH}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "5",
        "[]",
        "[" * 100_000,
        FIRST.line.decode() + " ",
        FIRST.line.decode().replace(":1,", ":1.0,"),
        FIRST.line.decode().replace('"run":null', '"run":NaN'),
        FIRST.line.decode().replace('"run":null', '"run":9007199254740992'),
        FIRST.line.decode().replace('"run":null', '"run":"\\u0041"'),
        FIRST.line.decode().replace('"run":null', '"run":"\\ud800"'),
        FIRST.line.decode().replace('"run":null', '"run":"Qua\u0309ng"'),
        FIRST.line.decode().replace('"run":null,', '"run":null,"run":null,'),
        FIRST.line.decode().replace('"run":null,', ""),
        FIRST.line.decode().replace('"seq":1', '"seq":true'),
        FIRST.line.decode().replace('"id":"u-1"', '"ad":"u-1"'),
        FIRST.line.decode().replace('{"id":"u-1","kind":"user"}', '"u-1"'),
        FIRST.line.decode().replace('{"claim":"c-1"}', '"c-1"'),
    ],
)
def test_what_is_no_canonical_line_of_an_entry_is_not_read(line: str) -> None:
    assert read_link(line) is None


@given(st.data())
def test_text_and_entry_are_judged_alike(draw: st.DataObject) -> None:
    line = list(SECOND.line.decode())
    place = draw.draw(st.integers(0, len(line) - 1))
    line[place] = draw.draw(st.sampled_from('a0{}":,1-.e\\uả'))
    text = "".join(line)
    link, slow = read_link(text), _slowly(text)
    assert (link is None) == (slow is None)
    if link is not None and slow is not None:
        earlier = read_link(FIRST.line.decode())
        quick = {one.kind for one in check_link(link, CHAIN, earlier, 2)}
        assert quick == {one.kind for one in check_entry(slow, FIRST, 2)}


def _slowly(text: str) -> Entry | None:
    try:
        told = read_entry(json.loads(text))
        return told if told.line.decode() == text else None
    except (BadInput, ValueError):
        return None
