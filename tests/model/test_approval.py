"""Approval: four eyes, dated authority, the bytes that were seen, and every step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.approval import (
    Authority,
    Basis,
    Decision,
    Given,
    Right,
    Subject,
    authority_for,
    check_four_eyes,
    check_reason,
    check_seen,
    complete,
)
from crisis.model.errors import NotAllowed, RuleBroken, Stale
from crisis.model.statement import StatementKind, Variant
from crisis.model.words import Language

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STEPS = ("chief", "chair")


@pytest.fixture
def subject() -> Subject:
    return Subject(
        statement="s-1",
        version=2,
        kind=StatementKind.CLARIFY,
        exercise=False,
        variants=(Variant(outlet="site", language=Language.VI, title="T", body="B"),),
        authors=frozenset({"hà", "minh"}),
    )


Sign = Callable[..., Given]


@pytest.fixture
def signed(subject: Subject) -> Sign:
    def given_(step: int, person: str, **changes: Any) -> Given:
        values: dict[str, Any] = {"version": subject.version, "digest": subject.digest}
        return Given(step=step, person=person, **(values | changes))

    return given_


@pytest.mark.parametrize("author", ["hà", "minh"])
def test_no_author_of_this_version_or_its_ancestors_approves(subject: Subject, author: str) -> None:
    with pytest.raises(NotAllowed):
        check_four_eyes(subject, author, [])


def test_whoever_approved_one_step_does_not_approve_the_next(
    subject: Subject, signed: Sign
) -> None:
    with pytest.raises(NotAllowed):
        check_four_eyes(subject, "lan", [signed(1, "lan")])


def test_another_person_approves_and_so_does_one_who_approved_an_earlier_version(
    subject: Subject, signed: Sign
) -> None:
    earlier = [signed(1, "lan", version=1), signed(1, "sơn")]
    assert check_four_eyes(subject, "lan", earlier) is None  # type: ignore[func-returns-value]


# Who signed what, and whether every step is approved.
ROUNDS: list[tuple[str, list[tuple[int, str, dict[str, Any]]], bool]] = [
    ("nobody", [], False),
    ("one of two steps", [(1, "lan", {})], False),
    ("only the last step", [(2, "lan", {})], False),
    ("both steps", [(1, "lan", {}), (2, "sơn", {})], True),
    ("both steps in another order", [(2, "sơn", {}), (1, "lan", {})], True),
    ("one step for another version", [(1, "lan", {"version": 1}), (2, "sơn", {})], False),
    ("one step for other bytes", [(1, "lan", {"digest": "0" * 64}), (2, "sơn", {})], False),
    ("one person for both", [(1, "lan", {}), (2, "lan", {})], False),
    ("an author among them", [(1, "hà", {}), (2, "sơn", {})], False),
    ("a step too many", [(1, "lan", {}), (2, "sơn", {}), (3, "an", {})], True),
]


@pytest.mark.parametrize(
    ("signatures", "done"), [r[1:] for r in ROUNDS], ids=[r[0] for r in ROUNDS]
)
def test_every_step_is_approved_by_somebody_else_for_the_same_bytes(
    subject: Subject, signed: Sign, signatures: list[tuple[int, str, dict[str, Any]]], *, done: bool
) -> None:
    given_ = [signed(step, person, **changes) for step, person, changes in signatures]
    assert complete(subject, STEPS, given_) is done


def test_without_any_step_nothing_is_approved(subject: Subject, signed: Sign) -> None:
    assert complete(subject, (), [signed(1, "lan")]) is False


def test_an_edit_after_approval_voids_it(subject: Subject, signed: Sign) -> None:
    given_ = [signed(1, "lan"), signed(2, "sơn")]
    edited = replace(subject, variants=(replace(subject.variants[0], body="B."),))
    assert complete(subject, STEPS, given_)
    assert not complete(edited, STEPS, given_)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 3),
            st.sampled_from(["hà", "minh", "lan", "sơn", "an"]),
            st.booleans(),
            st.booleans(),
        ),
        max_size=6,
    ),
    st.integers(1, 3),
)
def test_a_complete_approval_has_as_many_foreign_pairs_of_eyes_as_steps(
    signatures: list[tuple[int, str, bool, bool]], steps: int
) -> None:
    text = Subject(
        statement="s-1",
        version=2,
        kind=StatementKind.CLARIFY,
        exercise=False,
        variants=(),
        authors=frozenset({"hà", "minh"}),
    )
    given_ = [
        Given(
            step=step,
            person=person,
            version=2 if same_version else 1,
            digest=text.digest if same_bytes else "0" * 64,
        )
        for step, person, same_version, same_bytes in signatures
    ]
    if complete(text, range(steps), given_):
        counted = [g for g in given_ if g.version == 2 and g.digest == text.digest]
        assert {g.step for g in counted} >= set(range(1, steps + 1))
        assert len({g.person for g in counted} - text.authors) >= steps


def test_only_what_was_seen_can_be_decided_about(subject: Subject) -> None:
    assert check_seen(subject, subject.digest) is None  # type: ignore[func-returns-value]
    with pytest.raises(Stale):
        check_seen(subject, "0" * 64)


@pytest.mark.parametrize("decision", [Decision.RETURN, Decision.REJECT])
@pytest.mark.parametrize("reason", ["", "  ", "\n"], ids=repr)
def test_returning_and_rejecting_need_a_reason(decision: Decision, reason: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_reason(decision, reason)
    assert refused.value.rule == "reason"
    assert check_reason(decision, "Thiếu số biên bản") is None  # type: ignore[func-returns-value]


def test_approving_needs_no_reason() -> None:
    assert check_reason(Decision.APPROVE, "") is None  # type: ignore[func-returns-value]


HELD = Authority(
    person="lan",
    right=Right.APPROVE,
    basis=Basis.ASSIGNED,
    document="12/QĐ-UBND",
    valid_from=NOON,
    valid_to=NOON + 60 * MINUTE,
)


@pytest.mark.parametrize(
    ("changes", "at", "holds"),
    [
        ({}, NOON - MINUTE, False),
        ({}, NOON, True),
        ({}, NOON + 59 * MINUTE, True),
        ({}, NOON + 60 * MINUTE, False),
        ({"valid_to": None}, NOON + timedelta(days=3650), True),
        ({"right": Right.SPEAK}, NOON, False),
        ({"incident": "i-1"}, NOON, True),
        ({"incident": "i-2"}, NOON, False),
    ],
    ids=str,
)
def test_a_right_holds_in_its_window_for_its_case(
    changes: dict[str, Any], at: datetime, *, holds: bool
) -> None:
    one = replace(HELD, **changes)
    assert one.holds(right=Right.APPROVE, at=at, incident="i-1") is holds
    found = authority_for([one], right=Right.APPROVE, at=at, incident="i-1")
    assert found == (one if holds else None)


def test_the_first_authority_that_holds_is_named() -> None:
    over = replace(HELD, document="cũ", valid_to=NOON)
    second = replace(HELD, document="13/QĐ-UBND")
    found = authority_for([over, HELD, second], right=Right.APPROVE, at=NOON, incident="i-1")
    assert found is HELD
