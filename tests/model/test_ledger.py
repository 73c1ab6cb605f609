"""The chain: how entries follow each other, and what a check sees when one was touched."""

from collections.abc import Callable, Sequence
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.action import Action
from crisis.model.action_fact import FACTS
from crisis.model.breach import FaultKind
from crisis.model.errors import BadInput
from crisis.model.ledger import (
    NOTHING,
    Actor,
    ActorKind,
    Entry,
    Fault,
    canonical,
    check_chain,
    next_entry,
    read_entry,
)

NOON = datetime(2025, 10, 19, 5, 0, 0, 1, tzinfo=UTC)
SOMEONE = Actor(kind=ActorKind.USER, id="u-1")


def chain_of(length: int, chain: str = "QT-2025-0001") -> list[Entry]:
    entries: list[Entry] = []
    for number in range(length):
        entries.append(
            next_entry(
                chain=chain,
                head=entries[-1].head if entries else None,
                at=NOON + timedelta(minutes=number),
                actor=SOMEONE,
                action=Action.CLAIM_ADDED,
                run=None,
                data={"claim": number, "of": ["a", {"b": True}]},
            )
        )
    return entries


def rehashed(entry: Entry) -> Entry:
    return replace(entry, hash=sha256(canonical(entry.body)).hexdigest())


def kinds(faults: Sequence[Fault]) -> list[tuple[int, FaultKind]]:
    return [(fault.seq, fault.kind) for fault in faults]


def test_a_chain_starts_at_one_with_nothing_before_it() -> None:
    first, second = chain_of(2)
    assert (first.seq, first.prev, first.v) == (1, NOTHING, 1)
    assert (second.seq, second.prev) == (2, first.hash)


def test_the_hash_is_that_of_the_canonical_entry_without_hash() -> None:
    entry = chain_of(1)[0]
    told = (
        b'{"action":"claim.added","actor":{"id":"u-1","kind":"user"},"at":"2025-10-19T05:00:00.000001Z",'
        b'"chain":"QT-2025-0001","data":{"claim":0,"of":["a",{"b":true}]},"prev":"'
        + NOTHING.encode()
        + b'","run":null,"seq":1,"v":1}'
    )
    assert canonical(entry.body) == told
    assert entry.hash == sha256(told).hexdigest()
    assert f'"hash":"{entry.hash}"'.encode() in entry.line


def test_an_untouched_chain_holds() -> None:
    assert check_chain(chain_of(5)) == []
    assert check_chain([]) == []


def test_an_entry_is_read_back_as_it_was_told() -> None:
    entry = chain_of(1)[0]
    assert read_entry(entry.as_json()) == entry


def test_an_entry_cannot_be_changed_in_place_nor_through_the_data_given() -> None:
    data = {"claims": [1]}
    entry = next_entry(
        chain="c", head=None, at=NOON, actor=SOMEONE, action=Action.CLAIM_ADDED, run="r", data=data
    )
    data["claims"].append(2)
    assert entry.data == {"claims": [1]}
    with pytest.raises(FrozenInstanceError):
        entry.seq = 2  # type: ignore[misc]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"actor": {"kind": "user", "id": "u", "name": "A"}},
        {**chain_of(1)[0].as_json(), "data": None},
        {**chain_of(1)[0].as_json(), "more": 1},
        {**chain_of(1)[0].as_json(), "seq": "1"},
        {**chain_of(1)[0].as_json(), "actor": "u"},
    ],
)
def test_what_is_no_entry_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        read_entry(told)


Touch = Callable[[list[Entry]], list[Entry]]

TOUCHES: list[tuple[str, Touch, list[tuple[int, FaultKind]]]] = [
    ("cut in the middle", lambda c: c[:1] + c[2:], [(2, FaultKind.SEQUENCE), (2, FaultKind.LINK)]),
    ("cut at the start", lambda c: c[1:], [(1, FaultKind.SEQUENCE), (1, FaultKind.LINK)]),
    ("data changed", lambda c: [replace(c[0], data={"claim": 9}), *c[1:]], [(1, FaultKind.HASH)]),
    ("time changed", lambda c: [*c[:2], replace(c[2], at=c[1].at)], [(3, FaultKind.HASH)]),
    ("rehashed", lambda c: [rehashed(replace(c[0], run="x")), *c[1:]], [(2, FaultKind.LINK)]),
    ("no time", lambda c: [replace(c[0], at="2025-10-19"), *c[1:]], [(1, FaultKind.FORM)]),
    ("other version", lambda c: [replace(c[0], v=2), *c[1:]], [(1, FaultKind.FORM)]),
    ("a float", lambda c: [*c[:2], replace(c[2], data={"x": 0.5})], [(3, FaultKind.FORM)]),
    (
        "other chain",
        lambda c: [*c[:2], rehashed(replace(c[2], chain="x"))],
        [(3, FaultKind.FOREIGN)],
    ),
    (
        "swapped",
        lambda c: [c[0], c[2], c[1]],
        [
            (2, FaultKind.SEQUENCE),
            (2, FaultKind.LINK),
            (3, FaultKind.SEQUENCE),
            (3, FaultKind.LINK),
        ],
    ),
]


@pytest.mark.parametrize(
    ("touch", "expected"), [t[1:] for t in TOUCHES], ids=[t[0] for t in TOUCHES]
)
def test_a_touched_chain_is_told_where_and_how(
    touch: Touch, expected: list[tuple[int, FaultKind]]
) -> None:
    assert kinds(check_chain(touch(chain_of(3)))) == expected


def test_a_cut_tail_leaves_a_chain_that_holds_so_it_takes_a_checkpoint() -> None:
    assert check_chain(chain_of(4)[:-2]) == []


def test_every_fault_has_a_sentence_in_both_languages() -> None:
    fault = check_chain([replace(chain_of(1)[0], prev="1" * 64)])[0]
    assert fault.sentence.vi
    assert fault.sentence.en
    assert fault.sentence.vi != fault.sentence.en


@pytest.mark.parametrize("action", sorted(FACTS))
def test_an_entry_without_the_facts_of_its_action_is_refused(action: Action) -> None:
    facts = FACTS[action]
    missing = min(facts)
    data = dict.fromkeys(facts - {missing}, "x")
    with pytest.raises(BadInput, match=missing):
        next_entry(chain="c", head=None, at=NOON, actor=SOMEONE, action=action, run=None, data=data)


@given(st.integers(0, 9), st.sampled_from(["chain", "at", "run", "prev", "action"]), st.text())
def test_no_field_of_any_entry_can_be_changed_unseen(place: int, field: str, text: str) -> None:
    entries = chain_of(10)
    touched = read_entry({**entries[place].as_json(), field: text})
    faults = check_chain([*entries[:place], touched, *entries[place + 1 :]])
    assert (touched == entries[place]) == (faults == [])


def test_times_of_any_zone_stand_in_utc() -> None:
    hanoi = timezone(timedelta(hours=7))
    entry = next_entry(
        chain="c",
        head=None,
        at=datetime(2025, 10, 19, 6, 30, tzinfo=hanoi),
        actor=SOMEONE,
        action=Action.CLAIM_ADDED,
        run=None,
        data={},
    )
    assert entry.at == "2025-10-18T23:30:00.000000Z"
