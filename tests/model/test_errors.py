"""What can go wrong, classed by who must act."""

import copy
import pickle

import pytest

from crisis.model.errors import (
    BadContent,
    BadInput,
    Misconfigured,
    NotAllowed,
    NotFound,
    OutsideFailure,
    PhatngonError,
    RuleBroken,
    Stale,
)
from crisis.model.words import words

SAID = words("Không làm được.", "It cannot be done.")
# Each error with its code and the fact that it carries besides its sentence.
TREE: list[tuple[PhatngonError, str, dict[str, object]]] = [
    (BadInput(SAID, field="title"), "bad_input", {"field": "title"}),
    (BadInput(SAID), "bad_input", {"field": ""}),
    (NotFound(SAID), "not_found", {}),
    (NotAllowed(SAID), "not_allowed", {}),
    (RuleBroken(SAID, rule="INV1"), "rule_broken", {"rule": "INV1"}),
    (Stale(SAID), "stale", {}),
    (BadContent(SAID, place="law.yaml:3"), "bad_content", {"place": "law.yaml:3"}),
    (Misconfigured(SAID, setting="PHATNGON_X"), "misconfigured", {"setting": "PHATNGON_X"}),
    (OutsideFailure(SAID, permanent=False), "outside_failure", {"permanent": False}),
    (OutsideFailure(SAID, permanent=True), "outside_failure", {"permanent": True}),
]
IDS = [f"{error.code}-{n}" for n, (error, _, _) in enumerate(TREE)]


@pytest.mark.parametrize(("error", "code", "facts"), TREE, ids=IDS)
def test_an_error_says_who_must_act_and_carries_its_facts(
    error: PhatngonError, code: str, facts: dict[str, object]
) -> None:
    assert error.code == code
    assert {name: getattr(error, name) for name in facts} == facts
    assert (error.said_in("vi"), error.said_in("en")) == (SAID.vi, SAID.en)
    assert SAID.en in str(error)


@pytest.mark.parametrize("error", [error for error, _, _ in TREE], ids=IDS)
def test_an_error_crosses_processes_whole(error: PhatngonError) -> None:
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        assert vars(twin) == vars(error)


def test_only_a_failure_outside_may_be_worth_another_try() -> None:
    worth = {type(error) for error, _, _ in TREE if not error.permanent}
    assert worth == {OutsideFailure}


def test_a_content_error_names_its_place_first() -> None:
    assert str(BadContent(SAID, place="law.yaml:3: unit")).startswith("law.yaml:3: unit: ")


def test_further_facts_travel_along() -> None:
    assert NotFound(SAID, code="QT-2026-0012").facts == {"code": "QT-2026-0012"}


def test_every_error_of_the_tree_is_caught_by_its_root() -> None:
    kinds = {type(error) for error, _, _ in TREE}
    assert kinds <= set(PhatngonError.__subclasses__())
    assert len({kind.code for kind in kinds}) == len(kinds)
