"""How bad it is, and the facts below which no judgement can go."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.severity import LOWEST, Floor, Severity, lowest_allowed, with_floors

# law.yaml, severity.hard_floor; the last two: Decree 244/2026, articles 7.3 and 7.4.
FLOORS = [
    ("life_safety", "S4"),
    ("public_health", "S3"),
    ("child_victim", "S3"),
    ("press_request", "S2"),
    ("several_provinces", "S4"),
    ("major_event", "S3"),
    ("divided_opinion", "S3"),
]
facts = st.frozensets(st.sampled_from(Floor))
levels = st.sampled_from(Severity)


@pytest.mark.parametrize(("fact", "lowest"), FLOORS)
def test_a_fact_forbids_a_lower_severity(fact: str, lowest: str) -> None:
    assert lowest_allowed([Floor(fact)]) is Severity(lowest)


def test_every_fact_has_its_floor() -> None:
    assert {fact for fact, _ in FLOORS} == {floor.value for floor in LOWEST} == set(Floor)


def test_without_facts_the_lowest_severity_is_allowed() -> None:
    assert lowest_allowed([]) is Severity.S1


@pytest.mark.parametrize(("one", "other"), list(product(Severity, repeat=2)))
def test_severities_are_ordered(one: Severity, other: Severity) -> None:
    assert one.at_least(other) is (int(one.value[1]) >= int(other.value[1]))


@pytest.mark.parametrize(
    ("judged", "found", "stands"),
    [
        ("S1", ["press_request"], "S2"),
        ("S1", ["press_request", "child_victim"], "S3"),
        ("S4", ["press_request"], "S4"),
        ("S2", [], "S2"),
        ("S3", ["public_health"], "S3"),
        ("S1", ["several_provinces", "divided_opinion"], "S4"),
    ],
)
def test_judgement_is_raised_to_the_floor_and_never_lowered(
    judged: str, found: list[str], stands: str
) -> None:
    assert with_floors(Severity(judged), map(Floor, found)) is Severity(stands)


@given(levels, facts, facts)
def test_more_facts_never_lower_a_severity(
    judged: Severity, some: frozenset[Floor], more: frozenset[Floor]
) -> None:
    before = with_floors(judged, some)
    after = with_floors(judged, some | more)
    assert after.at_least(before)
    assert before.at_least(judged)
